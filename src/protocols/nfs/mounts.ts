/** MOUNT: which exports there are, for whom, and the first file handle of each. What was mounted is unmounted before anything else is asked: handles stay good. */
import type { Dial } from '../../model/connection.js';
import type { NfsEvidence } from './evidence.js';
import { nobody, noCredential } from './identities.js';
import { isPeersDoing, openRpc, type RpcConnection, RpcRefused, resultsOf } from './rpc-connection.js';
import { decodeExports, decodeMount, type ExportEntry, encodePath, type MountAnswer, mountd } from './wire/mount.js';
import { accessDenied, notPermitted } from './wire/status.js';

export interface Mounted {
  readonly entry: ExportEntry;
  /** `null`: not asked, or no answer. */
  readonly answer: MountAnswer | null;
  readonly privileged: boolean;
}

export interface Mounts {
  readonly list: NfsEvidence['exportList'];
  readonly mounted: readonly Mounted[];
}

export const mountsNotTried: Mounts = { list: 'not-tried', mounted: [] };

/** `port` absent: that of the endpoint. `atMost`: exports that are mounted; the rest is named only. */
export async function askMounts(dial: Dial, port: number | undefined, atMost: number): Promise<Mounts> {
  const entries: ExportEntry[] = [];
  const mounted: Mounted[] = [];
  try {
    const rpc = await openRpc(dial, port);
    try {
      entries.push(...decodeExports(resultsOf(await rpc.call({ ...mountd, procedure: mountd.procedures.exports }, noCredential))));
      for (const entry of entries.slice(0, atMost)) mounted.push({ entry, answer: await mount(rpc, entry), privileged: false });
    } finally {
      rpc.close();
    }
    const refused = mounted.filter(({ answer }) => isRefused(answer));
    if (refused.length > 0) replaceAll(mounted, await mountPrivileged(dial, port, refused));
  } catch (error) {
    if (!isPeersDoing(error)) throw error;
    if (entries.length === 0) return { list: error instanceof RpcRefused ? 'refused' : 'no-answer', mounted: [] };
  }
  const rest = entries.slice(mounted.length).map((entry) => ({ entry, answer: null, privileged: false }));
  return { list: 'answered', mounted: [...mounted, ...rest] };
}

const isRefused = (answer: MountAnswer | null): boolean => answer?.status === accessDenied || answer?.status === notPermitted;

function replaceAll(mounted: Mounted[], better: readonly Mounted[]): void {
  for (const each of better) mounted[mounted.findIndex(({ entry }) => entry === each.entry)] = each;
}

async function mount(rpc: RpcConnection, entry: ExportEntry): Promise<MountAnswer> {
  const path = encodePath(entry.path);
  const { answer } = await rpc.call({ ...mountd, procedure: mountd.procedures.mount }, nobody, path);
  if (answer.answer === 'authentication-refused') return { status: accessDenied };
  if (answer.answer !== 'success') throw new RpcRefused(answer);
  const mounted = decodeMount(answer.results);
  if (mounted.status === 0) await rpc.call({ ...mountd, procedure: mountd.procedures.unmount }, nobody, path);
  return mounted;
}

/** Linux's mountd refuses source ports of 1024 and above unless told otherwise. Empty where this computer may not take a lower one. */
async function mountPrivileged(dial: Dial, port: number | undefined, refused: readonly Mounted[]): Promise<readonly Mounted[]> {
  const again: Mounted[] = [];
  try {
    const rpc = await openRpc(dial, port, 'privileged');
    try {
      for (const { entry } of refused) again.push({ entry, answer: await mount(rpc, entry), privileged: true });
    } finally {
      rpc.close();
    }
  } catch (error) {
    if (!isPeersDoing(error)) throw error;
  }
  return again;
}
