/** A store that forgets: for the demo where no SQLite loads, and for `--store memory:`. Touches no file. */
import { findingOf, findingRow, observationOf, observationRow, scanRecord, scanRow, type Unplaced } from './rows.js';
import type { FindingTable, ObservationTable, ScanTable } from './schema.js';
import { type ScanRecord, type Store, unknownScan } from './store-interface.js';

interface Kept {
  row: ScanTable;
  readonly observations: Unplaced<ObservationTable>[];
  readonly findings: Unplaced<FindingTable>[];
}

/** Keeps the same rows as the file would, so that both give back the same. */
export function memoryStore(): Store {
  const scans = new Map<string, Kept>();
  const kept = (scanId: string): Kept => scans.get(scanId) ?? raise(unknownScan(scanId));
  const newestFirst = (): readonly ScanRecord[] => [...scans.values()].map(({ row }) => scanRecord(row)).sort(startedLater);
  return {
    async startScan(scan) {
      if (scans.has(scan.id)) throw new Error(`scan ${scan.id} was started before`);
      scans.set(scan.id, { row: scanRow(scan), observations: [], findings: [] });
    },
    record: async (scanId, observations, findings) => add(kept(scanId), observations.map(observationRow), findings.map(findingRow)),
    async finishScan(scanId, finishedAt, complete) {
      const scan = kept(scanId);
      scan.row = { ...scan.row, finished_at: finishedAt, complete: complete ? 1 : 0 };
    },
    async scan(id) {
      const found = scans.get(id);
      return found && scanRecord(found.row);
    },
    latestScan: async () => newestFirst()[0],
    scans: async () => newestFirst(),
    observations: (scanId) => each(scans.get(scanId)?.observations ?? [], observationOf),
    findings: (scanId) => each(scans.get(scanId)?.findings ?? [], findingOf),
    observedEndpoints: (scanId) => each(scans.get(scanId)?.observations ?? [], ({ host, address, port }) => ({ host, address, port })),
    close: async () => undefined,
  };
}

/** One by one: a spread of a very long list would overflow the stack. */
function add(scan: Kept, observations: readonly Unplaced<ObservationTable>[], findings: readonly Unplaced<FindingTable>[]): void {
  for (const row of observations) scan.observations.push(row);
  for (const row of findings) scan.findings.push(row);
}

async function* each<Row, Item>(rows: readonly Row[], read: (row: Row) => Item): AsyncGenerator<Item> {
  for (const row of rows) yield read(row);
}

/** The same order as SQLite's: by time, then by the bytes of the id. */
const startedLater = (a: ScanRecord, b: ScanRecord): number => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1);

function raise(error: Error): never {
  throw error;
}
