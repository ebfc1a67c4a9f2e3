/** The part of better-sqlite3 that the store uses; the package carries no types of its own. */
declare module 'better-sqlite3' {
  import type { SqliteHandle } from './sqlite-handle.js';

  const Database: new (path: string, options?: { readonly fileMustExist?: boolean }) => SqliteHandle;
  export default Database;
}
