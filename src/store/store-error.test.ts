import { describe, expect, it } from 'vitest';
import { explain, explaining, StoreError } from './store-error.js';

const withFields = (fields: object) => Object.assign(new Error('as the library says it'), fields);

/** What better-sqlite3 throws, what node:sqlite throws for the same, and what the user is told. */
const sqlite = [
  ['SQLITE_BUSY', 5, 'locked by another program'],
  ['SQLITE_BUSY_RECOVERY', 261, 'locked by another program'],
  ['SQLITE_BUSY_SNAPSHOT', 517, 'locked by another program'],
  ['SQLITE_LOCKED', 6, 'locked by another program'],
  ['SQLITE_READONLY', 8, 'may not be written'],
  ['SQLITE_READONLY_DIRECTORY', 1544, 'may not be written'],
  ['SQLITE_PERM', 3, 'may not be written'],
  ['SQLITE_IOERR_WRITE', 778, 'check that its disk is sound and has room'],
  ['SQLITE_CORRUPT', 11, 'is damaged'],
  ['SQLITE_FULL', 13, 'the disk is full'],
  ['SQLITE_CANTOPEN', 14, 'cannot be opened'],
  ['SQLITE_NOTADB', 26, 'is not a Dosimeter store'],
] as const;

const system = [
  ['EACCES', 'may not be opened'],
  ['EPERM', 'belongs to somebody else'],
  ['EROFS', 'cannot be written'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'your share of the disk is full'],
  ['EISDIR', 'is a folder'],
  ['EIO', 'check that its disk is sound'],
  ['ELOOP', 'leads back to itself'],
  ['ENOENT', 'cannot be created'],
  ['EEXIST', 'lies below a file'],
  ['ENOTDIR', 'lies below a file'],
  ['ENAMETOOLONG', 'too long a name'],
] as const;

const errors = [
  ...sqlite.flatMap(([code, errcode, says]) => [
    { name: code, error: withFields({ code }), says },
    { name: `${errcode}`, error: withFields({ code: 'ERR_SQLITE_ERROR', errcode }), says },
  ]),
  ...system.map(([code, says]) => ({ name: code, error: withFields({ code, syscall: 'open' }), says })),
];

describe('errors of a store', () => {
  it.each(errors)('$name: "$says"', ({ error, says }) => {
    const explained = explain(error, '/var/scans.sqlite') as StoreError;
    expect(explained).toBeInstanceOf(StoreError);
    expect(explained.name).toBe('StoreError');
    expect(explained.message).toContain(says);
    expect(explained.message).toContain('/var/scans.sqlite');
    expect(explained.message).toContain('give another --store');
    expect(explained.message).not.toContain('\n');
    expect(explained.cause).toBe(error);
  });

  it.each([
    ['a constraint', withFields({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' })],
    ['wrong SQL', withFields({ code: 'ERR_SQLITE_ERROR', errcode: 1 })],
    ['a code without a system call', withFields({ code: 'EACCES' })],
    ['another error', new TypeError('x')],
    ['no error at all', 'EACCES'],
    ['nothing', undefined],
  ])('%s is not one of them', (_name, error) => {
    expect(explain(error, '/x')).toBe(error);
  });

  it('pass through explaining once', async () => {
    const first = new StoreError('said already');
    await expect(explaining('/x', () => Promise.reject(first))).rejects.toBe(first);
    await expect(explaining('/x', () => Promise.reject(withFields({ code: 'SQLITE_FULL' })))).rejects.toBeInstanceOf(StoreError);
    expect(await explaining('/x', async () => 7)).toBe(7);
  });
});
