/** A store that forgets: for the demo where no SQLite loads, and for `--store memory:`. Touches no file. */
import { endpointRecord, placedDoor, scanRecord, scanRow, totalsOf } from './rows.js';
import type { EndpointRow, ScanTable } from './schema.js';
import { type ScanRecord, type Store, unknownScan } from './store-interface.js';

interface Kept {
  row: ScanTable;
  readonly endpoints: EndpointRow[];
  /** As recorded last. */
  readonly byName: Map<string, EndpointRow>;
}

/** Keeps the same rows as the file would, so that both give back the same. */
export function memoryStore(): Store {
  const scans = new Map<string, Kept>();
  const kept = (scanId: string): Kept => scans.get(scanId) ?? raise(unknownScan(scanId));
  const endpointsOf = (scanId: string) => scans.get(scanId)?.endpoints ?? [];
  const rowsNamed = (scanId: string, names: readonly string[]) => [...new Set(names)].flatMap((name) => scans.get(scanId)?.byName.get(name) ?? []);
  const newestFirst = (): readonly ScanRecord[] => [...scans.values()].map(({ row }) => scanRecord(row)).sort(startedLater);
  return {
    async startScan(scan) {
      if (scans.has(scan.id)) throw new Error(`scan ${scan.id} was started before`);
      scans.set(scan.id, { row: scanRow(scan), endpoints: [], byName: new Map() });
    },
    async record(scanId, rows, totals) {
      const scan = kept(scanId);
      scan.row = { ...scan.row, totals: JSON.stringify(totals) };
      for (const row of rows) {
        scan.endpoints.push(row); // one by one: a spread of a very long list would overflow the stack
        scan.byName.set(row.name, row);
      }
    },
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
    async *earlierScans(scanId) {
      const startedAt = scans.get(scanId)?.row.started_at ?? Number.NEGATIVE_INFINITY;
      yield* newestFirst().filter((scan) => scan.complete && scan.startedAt < startedAt);
    },
    async totals(scanId) {
      const found = scans.get(scanId);
      return found && totalsOf(found.row);
    },
    endpoints: (scanId) => each(endpointsOf(scanId), endpointRecord),
    worstEndpoints: (scanId, count) =>
      each(
        endpointsOf(scanId)
          .filter((row) => row.is_open === 1)
          .sort(worstFirst)
          .slice(0, count),
        endpointRecord,
      ),
    openNames: (scanId) =>
      each(
        endpointsOf(scanId).filter((row) => row.is_open === 1),
        ({ name }) => name,
      ),
    endpointsNamed: async (scanId, names) => rowsNamed(scanId, names).map(endpointRecord),
    openAmong: async (scanId, names) => new Set(rowsNamed(scanId, names).flatMap(({ name, is_open }) => (is_open === 1 ? [name] : []))),
    archiveDoors: (scanId) =>
      each(
        endpointsOf(scanId)
          .filter((row) => row.door !== null)
          .sort(byAddress),
        placedDoor,
      ),
    async sharedArchives(scanId) {
      const addresses = new Map<string, Set<string>>();
      for (const { archive, address } of endpointsOf(scanId)) {
        if (archive !== null) addresses.set(archive, (addresses.get(archive) ?? new Set()).add(address));
      }
      return new Set([...addresses].flatMap(([archive, own]) => (own.size > 1 ? [archive] : [])));
    },
    observedEndpoints: (scanId) => each(endpointsOf(scanId), ({ host, address, port }) => ({ host, address, port })),
    close: async () => undefined,
  };
}

async function* each<Row, Item>(rows: readonly Row[], read: (row: Row) => Item): AsyncGenerator<Item> {
  for (const row of rows) yield read(row);
}

/** The same orders as SQLite's, which compares text by its bytes. */
const startedLater = (a: ScanRecord, b: ScanRecord): number => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1);
const byAddress = (a: EndpointRow, b: EndpointRow): number => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0);
const worstFirst = (a: EndpointRow, b: EndpointRow): number => b.gravest - a.gravest || b.images - a.images || (a.name < b.name ? -1 : 1);

function raise(error: Error): never {
  throw error;
}
