/** Observations, endpoint by endpoint → a judged scan in a store, from which a report is written. Holds one endpoint at a time, however many there are. */
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judge } from '../audit/judge.js';
import { recordEndpoint } from '../audit/record-endpoint.js';
import { mergeTotals, tally } from '../audit/totals.js';
import { checks } from '../checks/index.js';
import type { Observation } from '../model/observation.js';
import { noTotals } from '../model/totals.js';
import { evidenceKinds } from '../protocols/index.js';
import { endpointRow } from '../store/rows.js';
import type { EndpointRow } from '../store/schema.js';
import { memoryStore, openStore, type Store } from '../store/store.js';
import { StoreError } from '../store/store-error.js';

/** Endpoints that are written together. */
const batchSize = 200;

/**
 * `scanId` was started in this store. Each item of `endpoints` is everything that was observed of one endpoint, and at least one observation.
 * `targets`: how many addresses were asked, where that is known already.
 */
export async function judgeInto(store: Store, scanId: string, endpoints: AsyncIterable<readonly Observation[]>, targets?: number): Promise<void> {
  const hosts = new Set<string>();
  let totals = { ...noTotals, targets: targets ?? 0 };
  let rows: EndpointRow[] = [];
  const write = async () => {
    if (rows.length > 0) await store.record(scanId, rows, totals);
    rows = [];
  };
  for await (const observations of endpoints) {
    const recorded = recordEndpoint(evidenceKinds, observations, judge(checks, observations));
    const { address } = recorded.record.endpoint;
    totals = mergeTotals(totals, tally([recorded], targets !== undefined || hosts.has(address) ? 0 : 1));
    if (targets === undefined) hosts.add(address);
    rows.push(endpointRow(recorded.record));
    if (rows.length >= batchSize) await write();
  }
  await write();
}

/** A store that is gone when the work is done: in a file, so that its size does not matter; in memory where there is no SQLite. */
export async function withTemporaryStore<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'dosimeter-judge-'));
  const store = await openStore(join(folder, 'judged.sqlite')).catch((error: unknown) => {
    if (error instanceof StoreError) return memoryStore();
    throw error;
  });
  const leave = (signal: NodeJS.Signals) => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('SIGINT', leave).once('SIGTERM', leave);
  try {
    return await work(store);
  } finally {
    process.off('SIGINT', leave).off('SIGTERM', leave);
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}
