/** Brings a store's tables up to date, or says why not. Knows no table but its own list of steps. */
import { type Kysely, Migrator, sql } from 'kysely';
import { migrations } from './migrations/index.js';
import type { SqliteHandle } from './sqlite-handle.js';
import { StoreError } from './store-error.js';

/** Named after us, so that another program's Kysely database is not taken for a store. */
const stepTable = 'dosimeter_migration';

const numberOf = (step: string): number => Number.parseInt(step, 10);
const known = Object.keys(migrations);

/**
 * Names of the steps that the file has been through; none for an empty file.
 * Throws `StoreError` for another program's database and for a store from the future.
 */
export async function stepsTaken<T>(db: Kysely<T>, path: string): Promise<readonly string[]> {
  const { rows: tables } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(db);
  if (tables.length === 0) return [];
  if (!tables.some(({ name }) => name === stepTable)) throw new StoreError(`${path} is another program's database: give another --store`);
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(stepTable)} order by name`.execute(db);
  const steps = rows.map(({ name }) => name);
  if (steps.some((step) => !known.includes(step))) throw new StoreError(newerStore(path, steps));
  return steps;
}

function newerStore(path: string, steps: readonly string[]): string {
  const theirs = Math.max(...steps.map(numberOf));
  const ours = Math.max(...known.map(numberOf));
  if (theirs <= ours) return `${path} was written by a Dosimeter from before its first release: give another --store`;
  return `${path} was written by a newer Dosimeter (schema ${theirs}; this one knows ${ours}): update Dosimeter or give another --store`;
}

/** Takes the missing steps in one transaction, so that two programs that open a new store at once do not both create it. */
export async function migrate<T>(db: Kysely<T>, handle: SqliteHandle, path: string): Promise<void> {
  if ((await stepsTaken(db, path)).length === known.length) return;
  handle.exec('begin immediate');
  try {
    await stepsTaken(db, path); // again, now that nobody else can change them
    await takeSteps(db);
    handle.exec('commit');
  } catch (error) {
    undo(handle);
    throw error;
  }
}

async function takeSteps<T>(db: Kysely<T>): Promise<void> {
  const provider = { getMigrations: async () => ({ ...migrations }) };
  const migrator = new Migrator({ db, provider, migrationTableName: stepTable, migrationLockTableName: `${stepTable}_lock` });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

/** SQLite may have rolled back by itself; the first error is the one to tell. */
function undo(handle: SqliteHandle): void {
  try {
    handle.exec('rollback');
  } catch {
    // nothing was open any more
  }
}
