import { describe, expect, it } from 'vitest';
import { betterSqlite } from './better-sqlite.js';
import { nodeSqlite } from './node-sqlite.js';
import type { SqliteLibrary } from './sqlite-handle.js';
import { loadSqlite } from './sqlite-library.js';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const hasOwnSqlite = major > 22 || (major === 22 && minor >= 13);
const library = (name: SqliteLibrary['name']): SqliteLibrary => ({
  name,
  open: () => {
    throw new Error('not asked for');
  },
});
// Node warns once in a process: listen before the first load.
const warnings: string[] = [];
const { emitWarning } = process;
process.on('warning', (warning) => warnings.push(warning.message));
const available = [nodeSqlite(), await betterSqlite()].filter((found) => found !== undefined);

describe('which SQLite', () => {
  it("is Node's own from 22.13 on, and only there", () => {
    expect(nodeSqlite()?.name).toBe(hasOwnSqlite ? 'node:sqlite' : undefined);
  });

  it("is Node's own before the package, the package before none", async () => {
    expect((await loadSqlite([() => library('node:sqlite'), () => library('better-sqlite3')])).name).toBe('node:sqlite');
    expect((await loadSqlite([() => undefined, async () => library('better-sqlite3')])).name).toBe('better-sqlite3');
  });

  it('says what to do when there is none', async () => {
    const message = expect.stringMatching(/use Node 22\.13 or newer, or install a compiler and run `npm rebuild better-sqlite3`/);
    await expect(loadSqlite([() => undefined, async () => undefined])).rejects.toMatchObject({ name: 'StoreError', message });
  });

  it('is loaded without a word on stderr, and other warnings are heard again', async () => {
    await new Promise((resume) => setImmediate(resume));
    expect(warnings).toEqual([]);
    expect(process.emitWarning).toBe(emitWarning);
  });

  it.each(available)('$name tells rows from changes', ({ name, open }) => {
    const handle = open(name === 'node:sqlite' ? ':memory:' : '');
    handle.exec('create table t (a integer, b text)');
    const insert = handle.prepare('insert into t values (?, ?), (?, ?)');
    expect([insert.reader, Number(insert.run([1, 'x', 2, 'y']).changes)]).toEqual([false, 2]);
    const select = handle.prepare('select a, b from t where a > ? order by a');
    expect([select.reader, select.all([0]).map((row) => ({ ...(row as object) }))]).toEqual([
      true,
      [
        { a: 1, b: 'x' },
        { a: 2, b: 'y' },
      ],
    ]);
    expect([...select.iterate([1])].length).toBe(1);
    const returning = handle.prepare('update t set a = a + 1 returning a');
    expect([returning.reader, returning.all([]).length]).toEqual([true, 2]);
    handle.close();
  });
});
