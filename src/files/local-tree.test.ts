import { execFileSync } from 'node:child_process';
import fs, { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionFailure } from '../model/connection.js';
import type { TreeEntry } from '../model/tree.js';
import { folderRoot } from './audit-folder.js';
import type { LocalPlace } from './local-path.js';
import { LocalTree } from './local-tree.js';

/** Root may look at everything: what another account may not look at is named so. */
function hideUnseen(): void {
  const { lstatSync } = fs;
  const refusing = (path: Buffer, options: { throwIfNoEntry: false }) => {
    if (/unseen\.dcm$/.test(path.toString())) throw Object.assign(new Error('permission denied'), { code: 'EACCES' });
    return lstatSync(path, options);
  };
  vi.spyOn(fs, 'lstatSync').mockImplementation(refusing as typeof lstatSync);
}
afterEach(() => vi.restoreAllMocks());

const isPosix = process.platform !== 'win32';
const base = mkdtempSync(join(tmpdir(), 'dosimeter-files-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

let root = '';
let count = 0;
beforeEach(() => {
  count += 1;
  root = join(base, String(count));
  mkdirSync(root);
});

const image = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), Buffer.alloc(500, 7)]);
const file = (path: string, content: string | Buffer = 'x'): string => {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), content);
  return join(root, path);
};
const options = { crossMounts: false, signal: new AbortController().signal };
const treeOf = async (): Promise<LocalTree> => new LocalTree((await folderRoot(root)).place, options);
const entriesOf = async (tree: LocalTree, folder: LocalPlace = tree.root, atMost = 1_000): Promise<readonly TreeEntry<LocalPlace>[]> =>
  (await tree.list(folder, atMost))?.entries.toSorted((a, b) => (a.name < b.name ? -1 : 1)) ?? [];
const entry = async (tree: LocalTree, name: string): Promise<TreeEntry<LocalPlace>> => {
  const found = (await entriesOf(tree)).find((each) => each.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};

describe('a listing', () => {
  it('tells kind, size and time of each', async () => {
    file('a.dcm', image);
    mkdirSync(join(root, 'b'));
    utimesSync(join(root, 'a.dcm'), 1_000, 2_000);
    const tree = await treeOf();
    expect(await entriesOf(tree)).toMatchObject([
      { name: 'a.dcm', kind: 'file', size: image.length, modified: 2_000_000 },
      { name: 'b', kind: 'folder' },
    ]);
  });

  it('ends at the limit, and says whether there is more', async () => {
    for (let at = 0; at < 10; at += 1) file(`${at}.dcm`);
    const tree = await treeOf();
    expect(await tree.list(tree.root, 9)).toMatchObject({ isWhole: false, entries: { length: 9 } });
    expect(tree.others.files).toBe(9);
    expect(await tree.list(tree.root, 10)).toMatchObject({ isWhole: true, entries: { length: 10 } });
    expect(tree.others.files).toBe(10); // and not 19
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const tree = new LocalTree((await folderRoot(root)).place, { ...options, signal: stop.signal });
    stop.abort();
    await expect(tree.list(tree.root, 10)).rejects.toThrow(ConnectionFailure);
  });

  it.skipIf(!isPosix)('finds its way by names that are no UTF-8', async () => {
    const name = Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff, 0xfe])]);
    mkdirSync(name);
    writeFileSync(Buffer.concat([name, Buffer.from('/'), Buffer.from([0xc3, 0x28])]), image);
    const tree = await treeOf();
    const [folder] = await entriesOf(tree);
    const [inside] = folder ? await entriesOf(tree, folder.handle) : [];
    expect(folder?.kind).toBe('folder');
    expect(inside && (await tree.firstBytes(inside.handle))?.length).toBe(132);
  });
});

describe.skipIf(!isPosix)('what is never opened or followed', () => {
  it('symbolic links: out of the root, in a circle, to nowhere', async () => {
    file('inside/a.dcm', image);
    symlinkSync('/etc', join(root, 'out'));
    symlinkSync('..', join(root, 'inside/circle'));
    symlinkSync('/nowhere', join(root, 'nowhere'));
    symlinkSync(join(root, 'inside/a.dcm'), join(root, 'z.dcm'));
    const tree = await treeOf();
    const links = (await entriesOf(tree)).filter(({ kind }) => kind === 'link');
    expect(links.map(({ name }) => name)).toEqual(['nowhere', 'out', 'z.dcm']);
    for (const { handle } of links) {
      expect((await tree.list(handle, 10))?.entries).toEqual([]);
      expect(await tree.firstBytes(handle)).toBeNull();
    }
  });

  it('a FIFO and a socket: no waiting for who writes', async () => {
    execFileSync('mkfifo', [join(root, 'fifo')]);
    const server = createServer().listen(join(root, 'socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    const tree = await treeOf();
    expect((await entriesOf(tree)).map(({ kind }) => kind)).toEqual(['other', 'other']);
    expect(tree.special).toBe(2);
    for (const { handle } of await entriesOf(tree)) expect(await tree.firstBytes(handle)).toBeNull();
    server.close();
  });

  it('what was exchanged since it was listed: a folder for a link, a file for another', async () => {
    file('a/secret.dcm', image);
    file('b/other.dcm', image);
    file('c.dcm', image);
    const tree = await treeOf();
    const [a, c] = [await entry(tree, 'a'), await entry(tree, 'c.dcm')];
    renameSync(join(root, 'a'), join(root, 'away'));
    symlinkSync('b', join(root, 'a'));
    expect(await tree.list(a.handle, 10)).toEqual({ entries: [], isWhole: true });
    rmSync(join(root, 'a'));
    renameSync(join(root, 'b'), join(root, 'a'));
    expect(await tree.list(a.handle, 10)).toBeNull(); // a folder is there, and what it holds was not seen
    renameSync(join(root, 'a/other.dcm'), join(root, 'c.dcm'));
    expect(await tree.firstBytes(c.handle)).toBeNull();
    expect(tree.notSeen.vanished).toBe(2);
  });

  it('a folder on which a file system came to be mounted when it was opened, as with automounts, does not count as empty', async () => {
    file('a/b.dcm');
    const tree = await treeOf();
    const a = (await entry(tree, 'a')).handle;
    const before: LocalPlace = { ...a, identity: a.identity && { ...a.identity, ino: 1 } };
    expect(await tree.list(before, 10)).toBeNull();
    expect(tree.notSeen).toMatchObject({ vanished: 1 });
  });

  it('other file systems, unless asked', async () => {
    file('a/b.dcm');
    const { place } = await folderRoot(root);
    // as if everything below lay on another one
    const elsewhere: LocalPlace = { ...place, identity: place.identity && { ...place.identity, dev: -1 } };
    const listing = async (crossMounts: boolean) => {
      const tree = new LocalTree(elsewhere, { ...options, crossMounts });
      const inside = { ...place, parent: null };
      return { entries: (await tree.list(inside, 10))?.entries.length ?? 'left out', tree };
    };
    expect((await listing(false)).entries).toBe('left out');
    const { entries, tree } = await listing(true);
    expect([entries, tree.notSeen.otherFileSystems]).toEqual([1, 0]);
  });
});

describe('the first bytes', () => {
  it('are 132 at most, and as many as there are', async () => {
    file('a.dcm', image);
    file('b.dcm', 'short');
    file('c.dcm', '');
    const tree = await treeOf();
    const read = await Promise.all((await entriesOf(tree)).map(({ handle }) => tree.firstBytes(handle)));
    expect(read.map((bytes) => bytes?.length)).toEqual([132, 5, 0]);
    expect(read[0] && Buffer.from(read[0]).subarray(128).toString()).toBe('DICM');
  });

  it.skipIf(process.platform !== 'linux')('leave the time of last access as it was', async () => {
    const path = file('a.dcm', image);
    utimesSync(path, 1_000, Date.now() / 1_000); // older than the change: relatime would set it
    const tree = await treeOf();
    await tree.firstBytes((await entry(tree, 'a.dcm')).handle);
    expect(statSync(path).atimeMs).toBe(1_000_000);
  });

  it('of what is gone: none', async () => {
    file('a.dcm', image);
    mkdirSync(join(root, 'b'));
    const tree = await treeOf();
    const entries = await entriesOf(tree);
    rmSync(join(root, 'a.dcm'));
    rmSync(join(root, 'b'), { recursive: true });
    const [a, b] = entries;
    expect(a && (await tree.firstBytes(a.handle))).toBeNull();
    expect(b && (await tree.list(b.handle, 10))).toEqual({ entries: [], isWhole: true });
    expect(tree.notSeen).toEqual({ refused: 0, failed: 0, vanished: 1, otherFileSystems: 0 });
  });
});

describe.skipIf(!isPosix)('what other accounts may do', () => {
  it('is not known of what may be listed and not looked at: its folder counts as refused, once', async () => {
    for (const name of ['a.dcm', '1unseen.dcm', '2unseen.dcm']) file(name, image);
    hideUnseen();
    const tree = await treeOf();
    await tree.list(tree.root, 2);
    expect(await tree.list(tree.root, 10)).toMatchObject({ entries: { length: 3 }, isWhole: true });
    expect(tree.others.files).toBe(1);
    expect(tree.notSeen).toMatchObject({ refused: 1, failed: 0 });
  });

  it('ends at a folder that does not let them through, however open what lies in it', async () => {
    file('open/a.dcm');
    file('closed/b.dcm');
    chmodSync(base, 0o755);
    chmodSync(join(root, 'open/a.dcm'), 0o644);
    chmodSync(join(root, 'closed/b.dcm'), 0o666);
    chmodSync(join(root, 'closed'), 0o750);
    const tree = await treeOf();
    for (const { handle } of await entriesOf(tree)) await tree.list(handle, 10);
    expect(tree.others).toMatchObject({ files: 2, folders: 2, readFiles: 1, readImages: 1, writeFiles: 0, listFolders: 1 });
  });
});
