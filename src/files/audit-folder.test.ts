/** Generated folders on disk whose truth is known, counted as the command does. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { leaksIn } from '../../test/fixtures/leaks.js';
import { exactly } from '../model/exposure.js';
import type { LocalFolder, OthersMay } from '../model/local-folder.js';
import { auditFolder, type FolderAudit, folderRoot } from './audit-folder.js';

/** As an automount does: until somebody goes into it, the folder of this name is another one. */
function waitForEntry(): void {
  const { stat } = fs;
  const waiting = async (path: Buffer) => {
    const stats = await stat(path);
    return path.toString().endsWith('/automount') ? Object.assign(stats, { ino: 1, mode: 0o040555 }) : stats;
  };
  vi.spyOn(fs, 'stat').mockImplementation(waiting as typeof stat);
}
afterEach(() => vi.restoreAllMocks());

const base = mkdtempSync(join(tmpdir(), 'dosimeter-audit-'));
chmodSync(base, 0o755);
afterAll(() => rmSync(base, { recursive: true, force: true }));
let count = 0;
const newRoot = (): string => {
  count += 1;
  const root = join(base, `imaging-${count}`);
  mkdirSync(root);
  chmodSync(root, 0o755);
  return root;
};

const audit: FolderAudit = { entries: 100_000, seed: 1, firstBytes: 2_000, crossMounts: false, yara: null, signal: new AbortController().signal };
const look = async (root: string, change: Partial<FolderAudit> = {}): Promise<LocalFolder> => auditFolder(await folderRoot(root), { ...audit, ...change });
const image = (preamble = ''): Buffer => Buffer.concat([Buffer.from(preamble.padEnd(128, '\0'), 'latin1'), Buffer.from('DICM'), Buffer.alloc(40)]);

interface FileSpec {
  readonly kind: 'file';
  readonly name: string;
  readonly isImage: boolean;
  readonly mode: number;
}
interface FolderSpec {
  readonly kind: 'folder';
  readonly mode: number;
  readonly children: readonly (FileSpec | FolderSpec)[];
}

const fileSpec: fc.Arbitrary<FileSpec> = fc.record({
  kind: fc.constant('file' as const),
  name: fc.constantFrom('scan.dcm', 'notes.txt', 'export.zip', 'dump.sql', 'name.pdf'),
  isImage: fc.boolean(),
  mode: fc.constantFrom(0o600, 0o640, 0o644, 0o666, 0o602),
});
const { folder: folderSpec } = fc.letrec<{ folder: FolderSpec; child: FileSpec | FolderSpec }>((tie) => ({
  folder: fc.record({
    kind: fc.constant('folder' as const),
    mode: fc.constantFrom(0o755, 0o700, 0o777, 0o1777, 0o754, 0o711),
    children: fc.array(tie('child'), { maxLength: 8 }),
  }),
  child: fc.oneof({ maxDepth: 4, withCrossShrink: true }, fileSpec, tie('folder')),
}));

type Truth = { -readonly [Key in keyof OthersMay]: number } & { images: number };

/** Written once more, in other words than the code under test: what is there, as it is made. */
function make(path: string, { children, mode }: FolderSpec, isReached: boolean, truth: Truth): void {
  truth.folders += 1;
  const others = isReached ? mode & 0o7 : 0;
  if (others & 4) truth.listFolders += 1;
  if ((others & 3) === 3) truth.writeFolders += 1;
  if ((others & 3) === 3 && !(mode & 0o1000)) truth.emptyFolders += 1;
  for (const [at, child] of children.entries()) {
    if (child.kind === 'folder') {
      mkdirSync(join(path, `d${at}`));
      make(join(path, `d${at}`), child, (others & 1) === 1, truth);
      continue;
    }
    const name = `${at}-${child.name}`;
    writeFileSync(join(path, name), child.isImage ? image() : Buffer.alloc(200, 0x41));
    chmodSync(join(path, name), child.mode);
    truth.files += 1;
    const isNamed = name.endsWith('.dcm');
    if (isNamed && child.isImage) truth.images += 1;
    if (!(others & 1)) continue;
    if (child.mode & 4) truth.readFiles += 1;
    if (child.mode & 4 && isNamed) truth.readImages += 1;
    if (child.mode & 2) truth.writeFiles += 1;
  }
  chmodSync(path, mode);
}

describe('a folder on disk', () => {
  it.skipIf(process.platform === 'win32')('is counted exactly, whatever it looks like', async () => {
    await fc.assert(
      fc.asyncProperty(folderSpec, async (spec) => {
        const root = newRoot();
        const truth: Truth = { files: 0, folders: 0, readFiles: 0, readImages: 0, writeFiles: 0, listFolders: 0, writeFolders: 0, emptyFolders: 0, images: 0 };
        make(root, spec, true, truth);
        const { content, othersMay } = await look(root);
        const { images, ...others } = truth;
        expect(othersMay).toEqual(others);
        expect(content).toMatchObject({ ended: 'whole', files: exactly(truth.files), folders: exactly(truth.folders - 1), images: exactly(images) });
        rmSync(root, { recursive: true });
      }),
      { numRuns: 60 },
    );
  });

  it('beyond the budget is estimated, and the interval nearly always holds', async () => {
    const root = newRoot();
    let images = 0;
    for (let patient = 0; patient < 60; patient += 1) {
      const series = join(root, `P${patient}`, 'CT');
      mkdirSync(series, { recursive: true });
      for (let at = 0; at < 20 + ((patient * 7) % 40); at += 1) {
        writeFileSync(join(series, `IM${at}.dcm`), image());
        images += 1;
      }
    }
    const found = await Promise.all([1, 2, 3, 4, 5].map((seed) => look(root, { entries: 700, seed })));
    const holding = found.filter(({ content: { images: estimate } }) => estimate.low <= images && images <= (estimate.high ?? 0));
    expect(found.map(({ content }) => content.images.basis)).toEqual(Array.from({ length: 5 }, () => 'estimate'));
    expect(found.every(({ content }) => content.cost.entries <= 700)).toBe(true);
    expect(holding.length).toBeGreaterThanOrEqual(4);
    expect((await look(root)).content.images).toEqual(exactly(images));
  });

  it('leaves its evidence without a name, but tells the person who asks where the files are', async () => {
    const root = join(newRoot(), 'CANARY^ROOT');
    mkdirSync(join(root, 'CANARY^PATIENT'), { recursive: true });
    writeFileSync(join(root, 'CANARY^PATIENT', 'CANARY^NAME.pdf.exe'), 'MZ');
    writeFileSync(join(root, 'CANARY^PATIENT', 'CANARY^SCAN.dcm'), image('MZ\x90\0\x03'));
    symlinkSync('CANARY^TARGET', join(root, 'CANARY^LINK'));
    const told: string[] = [];
    const found = await look(root, { onSuspicious: (path, rule) => told.push(`${rule} ${path.toString()}`) });
    expect(leaksIn(JSON.stringify(found), ['CANARY', base])).toEqual([]);
    expect(found.content).toMatchObject({ suspiciousCount: 1, preambles: { pe: 1 } });
    expect(told.map((line) => line.replace(root, ''))).toEqual([
      'double-extension /CANARY^PATIENT/CANARY^NAME.pdf.exe',
      'executable-preamble /CANARY^PATIENT/CANARY^SCAN.dcm',
    ]);
  });

  it('is counted as far as it was listed when somebody stops it', async () => {
    const root = newRoot();
    for (let at = 0; at < 5; at += 1) {
      mkdirSync(join(root, `${at}`));
      writeFileSync(join(root, `${at}`, 'a.dcm'), image());
    }
    const stop = new AbortController();
    const { content } = await look(root, { signal: stop.signal, onListed: (entries) => entries === 1 && stop.abort() });
    expect(content).toMatchObject({ ended: 'cut-off', images: { value: 1, basis: 'at-least' } });
  });
});

describe('a path that is no folder', () => {
  it.each<[string, string, RegExp]>([
    ['a file', 'file', /is not a folder: name the folder/],
    ['nothing', 'missing', /cannot look at .*\(ENOENT\): check the name/],
  ])('%s', async (_, name, message) => {
    const root = newRoot();
    writeFileSync(join(root, 'file'), 'x');
    await expect(folderRoot(join(root, name))).rejects.toThrow(message);
  });

  it('a symbolic link that the user named is followed', async () => {
    const root = newRoot();
    writeFileSync(join(root, 'a.dcm'), image());
    symlinkSync(root, `${root}-link`);
    expect((await look(`${root}-link`)).content.images).toEqual(exactly(1));
  });
});

describe('a folder on which a file system is mounted when somebody goes into it', () => {
  it('is looked at as it is then', async () => {
    waitForEntry();
    const root = join(newRoot(), 'automount');
    mkdirSync(root);
    chmodSync(root, 0o700);
    writeFileSync(join(root, 'a.dcm'), image());
    expect(await look(root)).toMatchObject({ content: { images: exactly(1) }, othersMay: { listFolders: 0 } });
  });
});
