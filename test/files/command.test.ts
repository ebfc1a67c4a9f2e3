/** `dosimeter files` as a user runs it: what is printed, what is stored, how it ends. The program that `tsc -b` made. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { LocalFolder } from '../../src/model/local-folder.js';
import type { Report } from '../../src/model/report.js';
import { leaksIn, leaksInFiles } from '../fixtures/leaks.js';

const program = fileURLToPath(new URL('../../bin/dosimeter.js', import.meta.url));
const base = mkdtempSync(join(tmpdir(), 'dosimeter-command-'));
chmodSync(base, 0o755);
afterAll(() => rmSync(base, { recursive: true, force: true }));

const isRoot = process.getuid?.() === 0;
/** Root may read everything: the program then runs as nobody, so that a folder can be closed to it. */
const nobody = isRoot ? { uid: 65_534, gid: 65_534 } : {};

function dosimeter(args: readonly string[], as: { readonly uid?: number; readonly gid?: number } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'files', ...args], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    ...as,
  });
  return { status, stdout, stderr };
}

/** Sends the process what Ctrl-C sends, when it lists its 100th folder. */
const interruptAtAListing = `data:text/javascript,${encodeURIComponent(`
  import fs from 'node:fs/promises';
  import { syncBuiltinESMExports } from 'node:module';
  const { opendir } = fs;
  let calls = 0;
  fs.opendir = (...args) => {
    calls += 1;
    if (calls === 100) process.kill(process.pid, 'SIGINT');
    return opendir(...args);
  };
  syncBuiltinESMExports();
`)}`;

const image = (preamble = ''): Buffer => Buffer.concat([Buffer.from(preamble.padEnd(128, '\0'), 'latin1'), Buffer.from('DICM'), Buffer.alloc(40)]);
const folder = (name: string, files: Readonly<Record<string, string | Buffer>>): string => {
  const root = join(base, name);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
};
const reportOf = (stdout: string): Report => JSON.parse(stdout) as Report;
const evidenceOf = (report: Report): LocalFolder => report.endpoints[0]?.observations[0]?.evidence as LocalFolder;

const infected = folder('export', {
  'CANARY^DOE/CT/CANARY1.dcm': image(),
  'CANARY^DOE/CT/CANARY2.dcm': image('MZ\x90\0\x03'),
  'CANARY^DOE/CT/CANARY.pdf.exe': 'MZ',
  'backup.sql.gz': 'x',
});

describe('dosimeter files', () => {
  it('reports what lies there, and exits with 1 where something grave was found', () => {
    const { status, stdout, stderr } = dosimeter([infected, '--store', 'memory:']);
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^Exactly 2 images lie in the folder\.$/m);
    expect(stdout).toMatch(/folder 1 \(export\)/);
    expect(stdout).toMatch(/Of 2 images that were looked at, 1 begin like a\s+Windows program/);
    expect(stdout).toMatch(/x\.pdf\.exe/);
    expect(stdout).not.toMatch(/open to anyone|addresses|of the ports/i);
    expect(leaksIn(stdout, ['CANARY', base])).toEqual([]);
  });

  it('prints paths only where it was asked, and keeps them nowhere', () => {
    const kept = join(base, 'kept');
    mkdirSync(kept);
    const { stdout } = dosimeter([infected, '--store', join(kept, 's.sqlite'), '--output', join(kept, 'report.html'), '--list-malicious']);
    expect(stdout).toContain(`${infected}/CANARY^DOE/CT/CANARY.pdf.exe`);
    expect(stdout).toContain(`${infected}/CANARY^DOE/CT/CANARY2.dcm`);
    expect(stdout).not.toContain('CANARY1');
    expect(leaksInFiles(kept, ['CANARY', base])).toEqual({});
    expect(readFileSync(join(kept, 'report.html'), 'utf8')).toContain('folder 1 (export)');
  });

  it('exits with 0 where nothing is wrong, and can be read again from the store', () => {
    const store = join(base, 'clean.sqlite');
    const root = folder('clean', { 'a/IM0001.dcm': image() });
    chmodSync(root, 0o700);
    const { status, stdout } = dosimeter([root, '--store', store, '--format', 'json']);
    expect(status).toBe(0);
    expect(reportOf(stdout)).toMatchObject({
      summary: { targets: 1, endpoints: 1, readableEndpoints: 0, images: { value: 1, basis: 'exact' } },
      endpoints: [{ host: 'folder 1 (aaaaa)', port: 0, service: 'local folder', rights: { read: 'no', create: 'no', edit: 'no', delete: 'no' } }],
    });
    const again = spawnSync(process.execPath, [program, 'report', '--store', store, '--format', 'json'], { encoding: 'utf8' });
    expect(reportOf(again.stdout).endpoints).toEqual(reportOf(stdout).endpoints);
  });

  it.skipIf(process.platform === 'win32')('says that it did not see what it may not read', () => {
    const root = folder('closed', { 'a/IM0001.dcm': image(), 'b/IM0002.dcm': image() });
    chmodSync(join(root, 'b'), 0o000);
    const { status, stdout, stderr } = dosimeter([root, '--store', 'memory:', '--format', 'json', '--fail-on', 'none'], nobody);
    chmodSync(join(root, 'b'), 0o755);
    expect([status, stderr]).toEqual([0, '']);
    expect(evidenceOf(reportOf(stdout))).toMatchObject({ notSeen: { refused: 1 }, content: { ended: 'refused', images: { value: 1, basis: 'at-least' } } });
  });

  it.skipIf(process.platform === 'win32')('names a folder that it may not read at all', () => {
    const root = folder('shut', { 'a.dcm': image() });
    chmodSync(root, 0o000);
    const { status, stderr } = dosimeter([root, '--store', 'memory:'], nobody);
    chmodSync(root, 0o755);
    expect(status).toBe(2);
    expect(stderr).toMatch(/cannot read the folder .*: run dosimeter as an account that may/);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['no folder', [], /missing required argument/],
    ['a path that is not there', [join(base, 'missing')], /cannot look at .*check the name/],
    ['the same twice', [infected, join(infected, 'CANARY^DOE')], /lies in .*name one of them/],
    ['paths in the way of JSON', [infected, '--list-malicious', '--format', 'json'], /add --output FILE/],
    ['YARA rules that are not there', [infected, '--yara', join(base, 'missing.yar')], /yara/i],
  ])('%s: wrong use, with what to do', (_, args, message) => {
    const { status, stderr, stdout } = dosimeter([...args, '--store', 'memory:']);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  it.skipIf(process.platform === 'win32')('stops in order, says what it saw until then, and cannot be resumed since paths are not kept', async () => {
    const root = folder('many', Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`d${at}/IM0001.dcm`, image()])));
    const store = join(base, 'stopped.sqlite');
    const child = spawn(process.execPath, ['--import', interruptAtAListing, program, 'files', root, '--store', store, '--format', 'json', '--quiet']);
    let stdout = '';
    child.stdout.on('data', (piece: Buffer) => {
      stdout += piece.toString();
    });
    const [status] = (await once(child, 'close')) as [number];
    expect(status).toBe(3);
    expect(reportOf(stdout)).toMatchObject({ scan: { complete: false }, summary: { images: { basis: 'at-least' } } });
    const again = spawnSync(process.execPath, [program, 'scan', '--resume', 'latest', '--store', store], { encoding: 'utf8' });
    expect([again.status, again.stderr]).toEqual([2, expect.stringMatching(/whose paths are not kept: run "dosimeter files" again/)]);
  });

  it('looks into no folder that is called by a link below the root', () => {
    const root = folder('links', { 'a/IM0001.dcm': image() });
    symlinkSync(infected, join(root, 'away'));
    const { stdout } = dosimeter([root, '--store', 'memory:', '--format', 'json', '--fail-on', 'none']);
    expect(evidenceOf(reportOf(stdout)).content).toMatchObject({ images: { value: 1, basis: 'exact' }, suspiciousCount: 0 });
  });
});
