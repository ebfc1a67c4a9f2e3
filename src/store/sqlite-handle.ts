/** The little of SQLite that the store stands on. Two drivers offer it; neither is imported here. */
import type { SqliteDatabase } from 'kysely';

export interface SqliteHandle extends SqliteDatabase {
  /** Runs statements without parameters and without rows. */
  exec(sql: string): void;
}

export interface SqliteLibrary {
  readonly name: 'node:sqlite' | 'better-sqlite3';
  /** `path` exists; SQLite opens it for reading and writing. Throws the library's own errors. */
  open(path: string): SqliteHandle;
}
