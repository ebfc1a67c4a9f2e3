/** The store in an SQLite file: all its queries. Opens no file and chooses no driver. */
import { type CompiledQuery, type Kysely, sql } from 'kysely';
import type { PlacedDoor } from '../model/archive-door.js';
import type { EndpointRecord } from '../model/endpoint-record.js';
import type { ScanTotals } from '../model/totals.js';
import { endpointRecord, placedDoor, scanRecord, scanRow, totalsOf } from './rows.js';
import type { EndpointRow, EndpointTable, Tables } from './schema.js';
import { explaining } from './store-error.js';
import { type ScanRecord, type Store, unknownScan } from './store-interface.js';

type Database = Kysely<Tables>;

/** `db` has its tables; the store closes it. `path` is for errors. */
export function sqliteStore(db: Database, path: string): Store {
  const asked = <Result>(work: () => Promise<Result>) => explaining(path, work);
  const writer = new Writer(db);
  return {
    startScan: (scan) => asked(() => startScan(db, scan)),
    record: (scanId, rows, totals) => asked(async () => writer.write(scanId, rows, totals)),
    finishScan: (scanId, finishedAt, complete) => asked(() => finishScan(db, scanId, finishedAt, complete)),
    scan: (id) => asked(() => scanById(db, id)),
    latestScan: () => asked(async () => (await newestFirst(db).limit(1).execute()).map(scanRecord)[0]),
    scans: () => asked(async () => (await newestFirst(db).execute()).map(scanRecord)),
    earlierScans: (scanId) => oneByOne((offset) => asked(() => earlierScan(db, scanId, offset))),
    totals: (scanId) => asked(() => totals(db, scanId)),
    endpoints: (scanId) => inPages((after) => asked(() => endpointsAfter(db, scanId, after)), endpointRecord),
    worstEndpoints: (scanId, count) => inSlices((offset, limit) => asked(() => worstFrom(db, scanId, offset, limit)), count),
    openNames: (scanId) =>
      inPages(
        (after) => asked(() => openNamesAfter(db, scanId, after)),
        ({ name }) => name,
      ),
    endpointsNamed: (scanId, names) => asked(() => endpointsNamed(db, scanId, names)),
    openAmong: (scanId, names) => asked(() => openAmong(db, scanId, names)),
    archiveDoors: (scanId) => doorsByAddress((address, position) => asked(() => doorsAfter(db, scanId, address, position))),
    sharedArchives: (scanId) => asked(() => sharedArchives(db, scanId)),
    observedEndpoints: (scanId) =>
      inPages(
        (after) => asked(() => placesAfter(db, scanId, after)),
        ({ host, address, port }) => ({ host, address, port }),
      ),
    close: () => db.destroy(),
  };
}

async function startScan(db: Database, scan: ScanRecord): Promise<void> {
  await db.insertInto('scan').values(scanRow(scan)).execute();
}

async function finishScan(db: Database, scanId: string, finishedAt: number, complete: boolean): Promise<void> {
  const changes = { finished_at: finishedAt, complete: complete ? 1 : 0 };
  const changed = await db.updateTable('scan').set(changes).where('id', '=', scanId).returning('id').execute();
  if (changed.length === 0) throw unknownScan(scanId);
}

async function scanById(db: Database, id: string): Promise<ScanRecord | undefined> {
  const row = await db.selectFrom('scan').selectAll().where('id', '=', id).executeTakeFirst();
  return row && scanRecord(row);
}

const newestFirst = (db: Database) => db.selectFrom('scan').selectAll().orderBy('started_at', 'desc').orderBy('id', 'desc');

async function earlierScan(db: Database, scanId: string, offset: number): Promise<ScanRecord | undefined> {
  const itself = db.selectFrom('scan').select('started_at').where('id', '=', scanId);
  const row = await newestFirst(db).where('complete', '=', 1).where('started_at', '<', itself).offset(offset).limit(1).executeTakeFirst();
  return row && scanRecord(row);
}

async function* oneByOne<Item>(itemAt: (offset: number) => Promise<Item | undefined>): AsyncGenerator<Item> {
  for (let offset = 0; ; offset += 1) {
    const item = await itemAt(offset);
    if (item === undefined) return;
    yield item;
  }
}

async function totals(db: Database, scanId: string): Promise<ScanTotals | undefined> {
  const row = await db.selectFrom('scan').select('totals').where('id', '=', scanId).executeTakeFirst();
  return row && totalsOf(row);
}

interface Waiting {
  readonly rows: readonly EndpointRow[];
  readonly totals: string;
  readonly done: (error?: unknown) => void;
}

/** A transaction costs as much as writing some hundred endpoints: it waits for company, but not for long. */
const gatherMs = 10;
const gatherRows = 200;

/** Writes in the order of the calls, and everything that came in meanwhile in one transaction. */
class Writer {
  readonly #db: Database;
  readonly #insertion: (row: EndpointTable) => CompiledQuery;
  readonly #waiting = new Map<string, Waiting[]>();
  #running: Promise<void> | undefined;
  #rows = 0;
  #enough: (() => void) | undefined;

  constructor(db: Database) {
    this.#db = db;
    this.#insertion = insertionInto(db);
  }

  async write(scanId: string, rows: readonly EndpointRow[], totals: ScanTotals): Promise<void> {
    const written = new Promise<void>((resolve, reject) => {
      const entry = { rows, totals: JSON.stringify(totals), done: (error?: unknown) => (error === undefined ? resolve() : reject(error)) };
      const others = this.#waiting.get(scanId);
      if (others) others.push(entry);
      else this.#waiting.set(scanId, [entry]);
    });
    this.#rows += rows.length;
    if (this.#rows >= gatherRows) this.#enough?.();
    this.#running ??= this.#run();
    return written;
  }

  /** Until enough has come together, or the time is over. */
  #gather(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#enough?.(), gatherMs);
      this.#enough = () => {
        clearTimeout(timer);
        this.#enough = undefined;
        resolve();
      };
      if (this.#rows >= gatherRows) this.#enough();
    });
  }

  async #run(): Promise<void> {
    await this.#gather();
    this.#rows = 0;
    for (const [scanId, entries] of this.#waiting) {
      this.#waiting.delete(scanId);
      const error = await record(this.#db, this.#insertion, scanId, entries).then(
        () => undefined,
        (reason: unknown) => reason ?? new Error('not written'),
      );
      for (const { done } of entries) done(error);
    }
    this.#running = this.#waiting.size > 0 ? this.#run() : undefined;
  }
}

async function record(db: Database, insertion: (row: EndpointTable) => CompiledQuery, scanId: string, entries: readonly Waiting[]): Promise<void> {
  const rows = entries.flatMap((entry) => entry.rows);
  const totals = entries.at(-1)?.totals ?? '';
  await db.transaction().execute(async (transaction) => {
    // The transaction begins by writing: it waits for its turn here, and never has to give up a turn that it began by reading.
    const scan = await transaction
      .updateTable('scan')
      .set((now) => ({ recorded: now('recorded', '+', rows.length), totals }))
      .where('id', '=', scanId)
      .returning('recorded')
      .executeTakeFirst();
    if (!scan) throw unknownScan(scanId);
    const first = scan.recorded - rows.length + 1;
    for (const [index, row] of rows.entries()) await transaction.executeQuery(insertion({ ...row, scan_id: scanId, position: first + index }));
  });
}

const columns = [
  'scan_id',
  'position',
  'name',
  'host',
  'address',
  'port',
  'is_open',
  'gravest',
  'images',
  'archive',
  'door',
  'observations',
  'findings',
] as const;

/** Written out once: for Kysely that takes longer than the insertion itself, and one statement of many rows longer than many statements. */
function insertionInto(db: Database): (row: EndpointTable) => CompiledQuery {
  const anyRow = Object.fromEntries(columns.map((column) => [column, ''])) as unknown as EndpointTable;
  const compiled = db.insertInto('endpoint').values(anyRow).compile();
  return (row) => ({ ...compiled, parameters: columns.map((column) => row[column]) });
}

const rowsPerPage = 500;
const recordColumns = ['host', 'address', 'port', 'is_open', 'gravest', 'images', 'archive', 'door', 'observations', 'findings'] as const;

function endpointsAfter(db: Database, scanId: string, after: number) {
  const columns = ['position', ...recordColumns] as const;
  return db.selectFrom('endpoint').select(columns).where('scan_id', '=', scanId).where('position', '>', after).orderBy('position').limit(rowsPerPage).execute();
}

function placesAfter(db: Database, scanId: string, after: number) {
  const columns = ['position', 'host', 'address', 'port'] as const;
  return db.selectFrom('endpoint').select(columns).where('scan_id', '=', scanId).where('position', '>', after).orderBy('position').limit(rowsPerPage).execute();
}

function openNamesAfter(db: Database, scanId: string, after: number) {
  const pages = db.selectFrom('endpoint').select(['position', 'name']).where('scan_id', '=', scanId).where('is_open', '=', 1);
  return pages.where('position', '>', after).orderBy('position').limit(rowsPerPage).execute();
}

async function endpointsNamed(db: Database, scanId: string, names: readonly string[]): Promise<readonly EndpointRecord[]> {
  const columns = ['name', ...recordColumns] as const;
  const rows = await db.selectFrom('endpoint').select(columns).where('scan_id', '=', scanId).where('name', 'in', names).orderBy('position').execute();
  return [...new Map(rows.map((row) => [row.name, row])).values()].map(endpointRecord);
}

async function openAmong(db: Database, scanId: string, names: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('endpoint').select('name').where('scan_id', '=', scanId).where('is_open', '=', 1).where('name', 'in', names).execute();
  return new Set(rows.map(({ name }) => name));
}

function worstFrom(db: Database, scanId: string, offset: number, limit: number) {
  return db
    .selectFrom('endpoint')
    .select(recordColumns)
    .where('scan_id', '=', scanId)
    .where('is_open', '=', 1)
    .orderBy('gravest', 'desc')
    .orderBy('images', 'desc')
    .orderBy('name')
    .offset(offset)
    .limit(limit)
    .execute();
}

type RecordRow = Awaited<ReturnType<typeof worstFrom>>[number];

async function* inSlices(slice: (offset: number, limit: number) => Promise<readonly RecordRow[]>, count: number) {
  for (let offset = 0; offset < count; offset += rowsPerPage) {
    const limit = Math.min(rowsPerPage, count - offset);
    const rows = await slice(offset, limit);
    for (const row of rows) yield endpointRecord(row);
    if (rows.length < limit) return;
  }
}

/** No query stays open between pages, so a slow reader holds up nobody. */
async function* inPages<Row, Item>(
  pageAfter: (position: number) => Promise<readonly (Row & { position: number })[]>,
  read: (row: Row) => Item,
): AsyncGenerator<Item> {
  let after = 0;
  for (;;) {
    const rows = await pageAfter(after);
    for (const row of rows) yield read(row);
    const last = rows.at(-1);
    if (!last || rows.length < rowsPerPage) return;
    after = last.position;
  }
}

/** From the place after this one on, in the order of the index. */
function doorsAfter(db: Database, scanId: string, address: string, position: number) {
  return db
    .selectFrom('endpoint')
    .select(['position', 'name', 'address', 'archive', 'door'])
    .where('scan_id', '=', scanId)
    .where('door', 'is not', null)
    .where(sql<boolean>`(address, position) > (${address}, ${position})`) // one step along the index; with OR it would be read from its beginning
    .orderBy('address')
    .orderBy('position')
    .limit(rowsPerPage)
    .execute();
}

type DoorRow = Awaited<ReturnType<typeof doorsAfter>>[number];

async function* doorsByAddress(pageAfter: (address: string, position: number) => Promise<readonly DoorRow[]>): AsyncGenerator<PlacedDoor> {
  for (let last: Pick<DoorRow, 'address' | 'position'> | undefined = { address: '', position: 0 }; last; ) {
    const rows: readonly DoorRow[] = await pageAfter(last.address, last.position);
    for (const row of rows) yield placedDoor(row);
    last = rows.length < rowsPerPage ? undefined : rows.at(-1);
  }
}

async function sharedArchives(db: Database, scanId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('endpoint')
    .select('archive')
    .where('scan_id', '=', scanId)
    .where('archive', 'is not', null)
    .groupBy('archive')
    .having((group) => group.fn.count('address').distinct(), '>', 1)
    .execute();
  return new Set(rows.flatMap(({ archive }) => archive ?? []));
}
