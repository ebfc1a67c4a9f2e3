/** The package as npm would publish it, unpacked elsewhere with its run-time dependencies only. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string; dependencies: Record<string, string> };
const npm = process.env['npm_execpath']?.endsWith('npm-cli.js') ? [process.execPath, process.env['npm_execpath']] : ['npm'];
let elsewhere: string;
let files: readonly string[];

beforeAll(() => {
  elsewhere = mkdtempSync(join(tmpdir(), 'dosimeter-package-'));
  const args = [...npm.slice(1), 'pack', '--ignore-scripts', '--json', '--pack-destination', elsewhere];
  const [packed] = JSON.parse(execFileSync(npm[0] ?? 'npm', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  files = (packed.files as { path: string }[]).map(({ path }) => path);
  const home = join(elsewhere, 'node_modules/dosimeter');
  mkdirSync(home, { recursive: true });
  execFileSync('tar', ['-xzf', join(elsewhere, packed.filename), '-C', home, '--strip-components=1']);
  for (const name of Object.keys(manifest.dependencies)) {
    mkdirSync(dirname(join(elsewhere, 'node_modules', name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(elsewhere, 'node_modules', name), 'dir');
  }
}, 60_000);

afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

const dosimeter = (...args: string[]) => {
  const env = { ...process.env, DOSIMETER_STORE: 'memory:' };
  return spawnSync(process.execPath, [join(elsewhere, 'node_modules/dosimeter/bin/dosimeter.js'), ...args], { cwd: elsewhere, encoding: 'utf8', env });
};

describe('the package', () => {
  it('holds the licence and what runs, and neither sources nor tests', () => {
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'CHANGELOG.md', 'bin/dosimeter.js', 'dist/cli/main.js']));
    expect(files.filter((path) => /\.test\.|tsbuildinfo|^src\/|^test\/|test-support|test-types/.test(path))).toEqual([]);
  });

  it('says its version', () => {
    expect(dosimeter('--version')).toMatchObject({ status: 0, stdout: `${manifest.version}\n` });
  });

  it('lists its checks', () => {
    expect(dosimeter('checks')).toMatchObject({ status: 0, stdout: expect.stringContaining('open-query') });
  });

  it('scans', () => {
    expect(dosimeter('scan', '127.0.0.1', '--ports', '1', '--touch', 'connect')).toMatchObject({ status: 0, stderr: expect.not.stringContaining('Error') });
  });
});
