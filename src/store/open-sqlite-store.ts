/** From a path to a store that is ready: file, rights, settings of SQLite, tables. Holds no query of the store. */
import { setTimeout } from 'node:timers/promises';
import { Kysely } from 'kysely';
import { migrate, stepsTaken } from './migrate.js';
import { createPrivately, tighten } from './private-file.js';
import type { Tables } from './schema.js';
import { StoreDialect } from './sqlite-dialect.js';
import type { SqliteHandle, SqliteLibrary } from './sqlite-handle.js';
import { sqliteStore } from './sqlite-store.js';
import { explaining, sqliteCode } from './store-error.js';
import type { Store } from './store-interface.js';

/** Milliseconds to wait for another program's write. */
const patienceMs = 5_000;

/** Creates the file where there is none. Throws `StoreError` when it is not ours, newer than us, or cannot be used. */
export async function openSqliteStore(path: string, library: SqliteLibrary): Promise<Store> {
  return explaining(path, async () => {
    createPrivately(path);
    const handle = library.open(path);
    try {
      return sqliteStore(await prepare(handle, path), path);
    } catch (error) {
      handle.close();
      throw error;
    }
  });
}

/** Looks before it touches: a file that is not a store stays as it was, its mode included. */
export async function prepare(handle: SqliteHandle, path: string): Promise<Kysely<Tables>> {
  handle.exec(`pragma busy_timeout = ${patienceMs}`);
  const db = new Kysely<Tables>({ dialect: new StoreDialect(handle) });
  await stepsTaken(db, path);
  tighten(path);
  await writeAhead(handle);
  handle.exec('pragma synchronous = normal'); // a kill loses nothing; a power cut may lose the last hosts, which --resume asks again
  handle.exec('pragma foreign_keys = on');
  await migrate(db, handle, path);
  return db;
}

/** Where two programs open a new store at once, the switch to WAL fails at once: SQLite's own busy timeout does not cover it. */
async function writeAhead(handle: SqliteHandle): Promise<void> {
  const pauseMs = 50;
  for (let left = patienceMs / pauseMs; ; left -= 1) {
    try {
      handle.exec('pragma journal_mode = wal');
      return;
    } catch (error) {
      if (left <= 0 || sqliteCode(error) !== 'SQLITE_BUSY') throw error;
      await setTimeout(pauseMs);
    }
  }
}
