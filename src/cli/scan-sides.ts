/** The two scans that are compared, from a store or from memory. Compares nothing itself. */
import { measure } from '../audit/measure.js';
import type { EndpointRecord } from '../model/endpoint-record.js';
import type { ProbeSettings } from '../model/probe.js';
import { evidenceKinds } from '../protocols/index.js';
import type { ScanRecord, Store } from '../store/store.js';
import type { ScanSide, SideHead } from '../watch/compare-scans.js';
import { type Snapshot, snapshotOfRecord } from '../watch/snapshot.js';

/** Reads from the store what is asked for, a few hundred endpoints at a time. */
export function storedSide(store: Store, scan: ScanRecord): ScanSide {
  return {
    head: { ...scan, caller: callerOf(scan.settings) },
    openNames: () => store.openNames(scan.id),
    openAmong: (names) => store.openAmong(scan.id, names),
    named: async (names) => byName((await store.endpointsNamed(scan.id, names)).map(snapshot)),
  };
}

export function sideInMemory(head: SideHead, snapshots: readonly Snapshot[]): ScanSide {
  const all = byName(snapshots);
  const found = (names: readonly string[]): readonly Snapshot[] => names.flatMap((name) => all.get(name) ?? []);
  return {
    head,
    async *openNames() {
      for (const { name, isOpen } of all.values()) if (isOpen) yield name;
    },
    openAmong: async (names) => new Set(found(names).flatMap(({ name, isOpen }) => (isOpen ? [name] : []))),
    named: async (names) => byName(found(names)),
  };
}

export const snapshot = (record: EndpointRecord): Snapshot => snapshotOfRecord(record, measure(evidenceKinds, record.observations));

const byName = (snapshots: readonly Snapshot[]): ReadonlyMap<string, Snapshot> => new Map(snapshots.map((each) => [each.name, each]));

/** As whom archives were asked. A stranger's AE titles differ with every scan and mean the same. */
function callerOf(settings: unknown): string | null {
  const probe = (settings as { readonly probe?: Partial<ProbeSettings> } | null)?.probe;
  return probe ? JSON.stringify([probe.callingAeTitle ?? null, probe.calledAeTitle ?? null]) : null;
}
