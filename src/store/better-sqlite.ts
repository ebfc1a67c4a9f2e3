/** better-sqlite3, for Node 20: an optional dependency with native code that may be missing or made for another Node. */
import type { SqliteLibrary } from './sqlite-handle.js';

/** `undefined` where it is not installed, not compiled, or compiled for another Node. */
export async function betterSqlite(): Promise<SqliteLibrary | undefined> {
  try {
    const { default: Database } = await import('better-sqlite3');
    new Database(':memory:').close(); // its native part loads with the first database
    return { name: 'better-sqlite3', open: (path) => new Database(path, { fileMustExist: true }) };
  } catch {
    return undefined;
  }
}
