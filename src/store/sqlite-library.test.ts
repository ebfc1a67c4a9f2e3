import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { plainModules } from '../../test/fixtures/plain-modules.js';
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
const { emitWarning } = process;
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

  it('is loaded without a word on stderr, and other warnings are heard again', () => {
    // Node warns once in a process, when it loads the first time.
    const modules = plainModules(['src/store/sqlite-library.ts']);
    const first = `
      import { loadSqlite } from ${JSON.stringify(pathToFileURL(`${modules}/src/store/sqlite-library.js`).href)};
      (await loadSqlite()).open(process.argv[1]).close();
      process.emitWarning('heard');`;
    const empty = join(modules, 'empty.sqlite');
    writeFileSync(empty, '');
    const { stderr, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', first, empty], { encoding: 'utf8' });
    rmSync(modules, { recursive: true });
    expect(stderr.replace(/^\(Use `node --trace-warnings.*\n/m, '')).toMatch(/^\(node:\d+\) Warning: heard\n$/);
    expect(status).toBe(0);
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
