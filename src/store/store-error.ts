/** What can go wrong with a store and is not our defect, in one line that says what to do. Decides nothing else. */

/** The message is written for the user; `cause` is what SQLite or the file system said. */
export class StoreError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StoreError';
  }
}

const elsewhere = 'give another --store';

/** By SQLite's primary result code, https://www.sqlite.org/rescode.html */
const sqliteProblems: Readonly<Record<string, (path: string) => string>> = {
  SQLITE_BUSY: (path) => `${path} is locked by another program: wait until it is done, or ${elsewhere}`,
  SQLITE_LOCKED: (path) => `${path} is locked by another program: wait until it is done, or ${elsewhere}`,
  SQLITE_READONLY: (path) => `${path} may not be written: allow yourself to write the file and its folder, or ${elsewhere}`,
  SQLITE_PERM: (path) => `${path} may not be written: allow yourself to write the file and its folder, or ${elsewhere}`,
  SQLITE_IOERR: (path) => `${path} could not be read or written: check that its disk is sound and has room, or ${elsewhere}`,
  SQLITE_CORRUPT: (path) => `${path} is damaged: put a copy in its place, or ${elsewhere}`,
  SQLITE_FULL: (path) => `${path} could not be written, the disk is full: make room, or ${elsewhere}`,
  SQLITE_CANTOPEN: (path) => `${path} cannot be opened: allow yourself to read and write the file and its folder, or ${elsewhere}`,
  SQLITE_NOTADB: (path) => `${path} is not a Dosimeter store: ${elsewhere}`,
};

/** node:sqlite gives numbers where better-sqlite3 gives names. */
const primaryCodes: Readonly<Record<number, string>> = {
  3: 'SQLITE_PERM',
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  26: 'SQLITE_NOTADB',
};

/** By the code of the system call that failed. */
const systemProblems: Readonly<Record<string, (path: string) => string>> = {
  EACCES: (path) => `${path} may not be opened: allow yourself to read and write the file and its folder, or ${elsewhere}`,
  EPERM: (path) => `${path} belongs to somebody else: ${elsewhere}`,
  EROFS: (path) => `${path} is on a disk that cannot be written: ${elsewhere}`,
  ENOSPC: (path) => `${path} could not be written, the disk is full: make room, or ${elsewhere}`,
  EDQUOT: (path) => `${path} could not be written, your share of the disk is full: make room, or ${elsewhere}`,
  EISDIR: (path) => `${path} is a folder, not a file: ${elsewhere}`,
  ENOTDIR: (path) => `${path} lies below a file, not a folder: ${elsewhere}`,
  EEXIST: (path) => `${path} lies below a file, not a folder: ${elsewhere}`,
  EIO: (path) => `${path} could not be read or written: check that its disk is sound, or ${elsewhere}`,
  ENOENT: (path) => `${path} cannot be created: ${elsewhere}`,
  ELOOP: (path) => `${path} is a link that leads back to itself: ${elsewhere}`,
  ENAMETOOLONG: (path) => `${path.slice(0, 60)}... is too long a name for a file: ${elsewhere}`,
};

/** The error to throw in place of `error`: a `StoreError` where it is one of the above, else the same error. */
export function explain(error: unknown, path: string): unknown {
  const problem = sqliteProblems[sqliteCode(error) ?? ''] ?? systemProblems[systemCode(error) ?? ''];
  return problem ? new StoreError(problem(path), error) : error;
}

/** Runs `work` and lets its errors speak to the user. */
export async function explaining<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw explain(error, path);
  }
}

/** Extended codes carry their primary one: in the low 8 bits of the number, in the first two words of the name. */
export function sqliteCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  if (code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number') return primaryCodes[errcode & 0xff];
  return typeof code === 'string' ? /^SQLITE_[A-Z]+/.exec(code)?.[0] : undefined;
}

/** Only of system calls: other errors carry such codes too, but no `syscall`. */
function systemCode(error: unknown): string | undefined {
  const { code, syscall } = error instanceof Error ? (error as { code?: unknown; syscall?: unknown }) : {};
  return typeof code === 'string' && typeof syscall === 'string' ? code : undefined;
}
