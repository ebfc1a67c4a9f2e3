/** Which SQLite: the one that comes with Node, else the optional package. */
import { betterSqlite } from './better-sqlite.js';
import { nodeSqlite } from './node-sqlite.js';
import type { SqliteLibrary } from './sqlite-handle.js';
import { StoreError } from './store-error.js';

type Candidate = () => SqliteLibrary | undefined | Promise<SqliteLibrary | undefined>;

/** The first that loads. Throws `StoreError` when none does. */
export async function loadSqlite(candidates: readonly Candidate[] = [nodeSqlite, betterSqlite]): Promise<SqliteLibrary> {
  for (const candidate of candidates) {
    const library = await candidate();
    if (library) return library;
  }
  throw new StoreError(
    'no SQLite for this Node: use Node 22.13 or newer, or install a compiler and run `npm rebuild better-sqlite3` (--store memory: keeps nothing)',
  );
}
