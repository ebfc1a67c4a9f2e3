/** With which earlier scan a scan is compared: the one that was named, or the last complete one of the same targets. */
import { existsSync } from 'node:fs';
import type { ScanRecord, Store } from '../store/store.js';
import type { ScanSide } from '../watch/compare-scans.js';
import { sideOfFile } from './baseline-file.js';
import { UsageError } from './exit-codes.js';
import { remark } from './output.js';
import { storedSide } from './scan-sides.js';

/** Open endpoints up to which scans are compared unasked. Each is read again, and once more in the earlier scan: a minute or so for fifty thousand. */
export const mostUnasked = 20_000;

/** `wanted`: the id of a stored scan, the path of a file, `none`, or `undefined` for the last one of the same targets. `open`: endpoints of the scan that were open. */
export async function earlierSide(store: Store, scan: ScanRecord, wanted: string | undefined, open = 0): Promise<ScanSide | undefined> {
  if (wanted === 'none') return undefined;
  if (wanted === scan.id) throw new UsageError(`--since ${wanted} is the scan itself: name an earlier one`);
  if (wanted !== undefined) return namedSide(store, wanted);
  for await (const earlier of store.earlierScans(scan.id))
    if (hasSameTargets(earlier, scan)) return open > mostUnasked ? leftAlone(earlier) : storedSide(store, earlier);
  return undefined;
}

function leftAlone({ id }: ScanRecord): undefined {
  remark(`Not compared with scan ${id}, which would take a while with so many endpoints: "dosimeter report --since ${id}" does`);
}

/** Before a scan begins: hours later is too late to learn that --since was mistyped. Throws `UsageError`. */
export async function checkEarlier(store: Store, wanted: string | undefined): Promise<void> {
  if (wanted !== undefined && wanted !== 'none') await namedSide(store, wanted);
}

async function namedSide(store: Store, wanted: string): Promise<ScanSide> {
  const earlier = await store.scan(wanted);
  if (earlier) return storedSide(store, earlier);
  if (existsSync(wanted)) return sideOfFile(wanted);
  throw new UsageError(`--since "${wanted}" is neither a stored scan nor a file: "dosimeter report --list" shows which are stored`);
}

/** In any order. Lists of addresses stand in the settings. */
function hasSameTargets(a: ScanRecord, b: ScanRecord): boolean {
  return a.targets.toSorted().join(' ') === b.targets.toSorted().join(' ') && listsIn(a) === listsIn(b);
}

const listsIn = ({ settings }: ScanRecord): string => JSON.stringify((settings as { readonly lists?: unknown } | null)?.lists ?? null);
