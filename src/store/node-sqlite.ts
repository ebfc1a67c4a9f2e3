/** node:sqlite (Node 22.13 and newer) in the shape that Kysely knows from better-sqlite3. Holds no SQL of ours. */
import type { SqliteStatement } from 'kysely';
import type { SqliteHandle, SqliteLibrary } from './sqlite-handle.js';

/** The part of node:sqlite that is used; @types/node of the oldest supported Node does not have it. */
interface NodeSqlite {
  readonly DatabaseSync: new (path: string) => Database;
}

interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

interface Statement {
  all(...parameters: readonly unknown[]): unknown[];
  iterate(...parameters: readonly unknown[]): IterableIterator<unknown>;
  run(...parameters: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  /** From Node 22.16 on. */
  columns?(): readonly unknown[];
}

/** `undefined` where this Node has no SQLite. */
export function nodeSqlite(): SqliteLibrary | undefined {
  const sqlite = withoutWarning(() => process.getBuiltinModule('node:sqlite')) as NodeSqlite | undefined;
  return sqlite && { name: 'node:sqlite', open: (path) => adapt(new sqlite.DatabaseSync(path)) };
}

function adapt(database: Database): SqliteHandle {
  return {
    exec: (sql) => database.exec(sql),
    close: () => database.close(),
    prepare: (sql) => adaptStatement(database.prepare(sql), sql),
  };
}

const givesRows = /^\s*(select|with|values|pragma|explain)\b|\breturning\b/i;

const adaptStatement = (statement: Statement, sql: string): SqliteStatement => ({
  reader: statement.columns ? statement.columns().length > 0 : givesRows.test(sql),
  all: (parameters) => statement.all(...parameters),
  iterate: (parameters) => statement.iterate(...parameters),
  run: (parameters) => statement.run(...parameters),
});

/** Node calls the module experimental each time it is loaded: nothing that the user of a scan can act on. Other warnings pass. */
function withoutWarning<Result>(load: () => Result): Result {
  const { emitWarning } = process;
  process.emitWarning = ((warning: string | Error, ...rest: unknown[]) => {
    if (rest[0] !== 'ExperimentalWarning') (emitWarning as (...all: unknown[]) => void).call(process, warning, ...rest);
  }) as typeof emitWarning;
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
