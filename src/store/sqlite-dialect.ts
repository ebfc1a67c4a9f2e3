/** Kysely's SQLite dialect, with the one thing that it gets wrong on a full disk. */
import { type DatabaseConnection, type Driver, SqliteDialect, SqliteDriver, type SqliteStatement } from 'kysely';
import type { SqliteHandle } from './sqlite-handle.js';

/**
 * On SQLITE_FULL and SQLITE_IOERR SQLite may roll back by itself, https://www.sqlite.org/lang_transaction.html section 3
 * (seen with 3.51 and 3.53 on a full tmpfs). Kysely's own rollback then fails, and its error would hide the first one.
 */
class ForgivingDriver extends SqliteDriver {
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection);
    } catch (error) {
      if (!(error instanceof Error && error.message.includes('no transaction is active'))) throw error;
    }
  }
}

export class StoreDialect extends SqliteDialect {
  readonly #database: SqliteHandle;

  constructor(database: SqliteHandle) {
    super({ database });
    this.#database = preparingOnce(database);
  }

  override createDriver(): Driver {
    return new ForgivingDriver({ database: this.#database });
  }
}

/** The store asks few different questions, some of them a million times. None is read row by row, so that no statement is asked again in the middle. */
function preparingOnce(database: SqliteHandle): SqliteHandle {
  const prepared = new Map<string, SqliteStatement>();
  return {
    exec: (sql) => database.exec(sql),
    close: () => database.close(),
    prepare(sql) {
      const statement = prepared.get(sql) ?? database.prepare(sql);
      prepared.set(sql, statement);
      return statement;
    },
  };
}
