/** Folders → observations that are judged and stored like those of a scan. Paths stay in this thread's memory. */

import { createHash } from 'node:crypto';
import { judge } from '../audit/judge.js';
import { recordEndpoint } from '../audit/record-endpoint.js';
import { mergeTotals, tally } from '../audit/totals.js';
import { checks } from '../checks/index.js';
import { auditFolder, type FolderAudit, type FolderRoot } from '../files/audit-folder.js';
import { files } from '../files/evidence.js';
import type { Observation } from '../model/observation.js';
import { noTotals } from '../model/totals.js';
import { evidenceKinds } from '../protocols/index.js';
import { endpointRow } from '../store/rows.js';
import type { Store } from '../store/store.js';

/** What the report calls it: its path may name a person. */
export const folderName = (root: FolderRoot, index: number): string => `folder ${index + 1} (${root.label})`;

/**
 * What is stored as the target, so that the same folder is known again in a later audit: four digits of the path's digest tell it from another folder
 * of the same label, and are too few to tell anybody the path.
 */
export const folderTarget = (root: FolderRoot, index: number): string =>
  `${folderName(root, index)} ${createHash('sha256').update(root.place.name).digest('hex').slice(0, 4)}`;

/** One after the other: they may lie on the same disk. */
export async function runFolders(store: Store, scanId: string, roots: readonly FolderRoot[], audit: FolderAudit): Promise<void> {
  let totals = noTotals;
  for (const [index, root] of roots.entries()) {
    if (audit.signal.aborted) return;
    const observation = await observeFolder(root, folderName(root, index), audit);
    const recorded = recordEndpoint(evidenceKinds, [observation], judge(checks, [observation]));
    totals = mergeTotals(totals, tally([recorded], 1));
    await store.record(scanId, [endpointRow(recorded.record)], totals);
  }
}

async function observeFolder(root: FolderRoot, name: string, audit: FolderAudit): Promise<Observation> {
  const at = Date.now();
  const evidence = await auditFolder(root, audit);
  return {
    kind: files.name,
    version: files.version,
    endpoint: { host: name, address: name, port: 0 },
    transport: 'plain',
    at,
    durationMs: Math.max(0, Date.now() - at),
    traffic: { connections: 0, messagesSent: 0, bytesSent: 0, bytesReceived: 0 },
    outcome: 'observed',
    evidence,
  };
}
