/** The store in an SQLite file: all its queries. Opens no file and chooses no driver. */
import type { Kysely, Transaction } from 'kysely';
import { findingOf, findingRow, observationOf, observationRow, scanRecord, scanRow, type Unplaced } from './rows.js';
import type { FindingTable, ObservationTable, Tables } from './schema.js';
import { explaining } from './store-error.js';
import { type ScanRecord, type Store, unknownScan } from './store-interface.js';

type Database = Kysely<Tables>;

/** `db` has its tables; the store closes it. `path` is for errors. */
export function sqliteStore(db: Database, path: string): Store {
  const asked = <Result>(work: () => Promise<Result>) => explaining(path, work);
  return {
    startScan: (scan) => asked(() => startScan(db, scan)),
    record: (scanId, observations, findings) => asked(async () => record(db, scanId, observations.map(observationRow), findings.map(findingRow))),
    finishScan: (scanId, finishedAt, complete) => asked(() => finishScan(db, scanId, finishedAt, complete)),
    scan: (id) => asked(() => scanById(db, id)),
    latestScan: () => asked(async () => (await newestFirst(db).limit(1).execute()).map(scanRecord)[0]),
    scans: () => asked(async () => (await newestFirst(db).execute()).map(scanRecord)),
    observations: (scanId) => inPages((after) => asked(() => observationsAfter(db, scanId, after)), observationOf),
    findings: (scanId) => inPages((after) => asked(() => findingsAfter(db, scanId, after)), findingOf),
    observedEndpoints: (scanId) =>
      inPages(
        (after) => asked(() => endpointsAfter(db, scanId, after)),
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

async function record(
  db: Database,
  scanId: string,
  observations: readonly Unplaced<ObservationTable>[],
  findings: readonly Unplaced<FindingTable>[],
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const first = await takePositions(transaction, scanId, observations.length + findings.length);
    for (const rows of batches(placed(observations, scanId, first))) await transaction.insertInto('observation').values(rows).execute();
    for (const rows of batches(placed(findings, scanId, first + observations.length))) await transaction.insertInto('finding').values(rows).execute();
  });
}

/** The transaction begins by writing: it waits for its turn here, and never has to give up a turn that it began by reading. */
async function takePositions(transaction: Transaction<Tables>, scanId: string, count: number): Promise<number> {
  const scan = await transaction
    .updateTable('scan')
    .set((now) => ({ recorded: now('recorded', '+', count) }))
    .where('id', '=', scanId)
    .returning('recorded')
    .executeTakeFirst();
  if (!scan) throw unknownScan(scanId);
  return scan.recorded - count + 1;
}

const placed = <Row>(rows: readonly Row[], scanId: string, first: number) => rows.map((row, index) => ({ ...row, scan_id: scanId, position: first + index }));

/** Nine columns a row: 500 rows stay far below SQLite's 32,766 parameters in a statement and Postgres' 65,535. */
const rowsPerStatement = 500;

function* batches<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += rowsPerStatement) yield rows.slice(start, start + rowsPerStatement);
}

const rowsPerPage = 500;

function observationsAfter(db: Database, scanId: string, after: number) {
  return db.selectFrom('observation').selectAll().where('scan_id', '=', scanId).where('position', '>', after).orderBy('position').limit(rowsPerPage).execute();
}

function findingsAfter(db: Database, scanId: string, after: number) {
  const columns = ['position', 'finding'] as const;
  return db.selectFrom('finding').select(columns).where('scan_id', '=', scanId).where('position', '>', after).orderBy('position').limit(rowsPerPage).execute();
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

function endpointsAfter(db: Database, scanId: string, after: number) {
  const columns = ['position', 'host', 'address', 'port'] as const;
  return db
    .selectFrom('observation')
    .select(columns)
    .where('scan_id', '=', scanId)
    .where('position', '>', after)
    .orderBy('position')
    .limit(rowsPerPage)
    .execute();
}
