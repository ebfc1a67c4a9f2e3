import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readScopeFile, ScopeError, scopeFromAuthority } from './scope.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dosimeter-scope-'));
});
afterAll(() => rm(folder, { recursive: true }));

const good = 'authority: x\ncontact: y\nranges: [10.0.0.0/8]\n';
async function written(content: string | Uint8Array): Promise<string> {
  const path = join(folder, 'scope.yaml');
  await writeFile(path, content);
  return path;
}

describe('reading a scope file', () => {
  it('gives the scope', async () => {
    const path = await written(good);
    expect(await readScopeFile(path)).toMatchObject({ name: path, authority: 'x', contact: 'y' });
  });

  it('takes a byte order mark and Windows line ends', async () => {
    const scope = await readScopeFile(await written(`\ufeff${good.replaceAll('\n', '\r\n')}`));
    expect([scope.authority, scope.ranges.length]).toEqual(['x', 1]);
  });

  it('takes the example', async () => {
    const scope = await readScopeFile(fileURLToPath(new URL('../../examples/scope.yaml', import.meta.url)));
    expect([scope.ranges.length > 1, scope.exclude.length > 0, scope.windows.length > 0]).toEqual([true, true, true]);
  });

  it('names the line of a mistake', async () => {
    const path = await written('authority: x\ncontact: y\nranges:\n  - 10.0.0.0/99\n');
    await expect(readScopeFile(path)).rejects.toThrow(`${path}:4: "10.0.0.0/99"`);
  });

  it('says what to do about a file that cannot be read', async () => {
    await expect(readScopeFile(join(folder, 'none.yaml'))).rejects.toThrow(/there is no such file: check the path/);
    await expect(readScopeFile(folder)).rejects.toThrow(/it is a folder/);
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('says so where permissions are missing', async () => {
    const path = await written(good);
    await chmod(path, 0);
    await expect(readScopeFile(path)).rejects.toThrow(/check its permissions/);
    await chmod(path, 0o600);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0]), /not UTF-8 text: save it as UTF-8/],
    ['a program', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0xff]), /not UTF-8/],
    ['too much', new Uint8Array(1024 * 1024 + 1).fill(0x20), /larger than 1 MiB/],
  ])('refuses %s', async (_, bytes, reason) => {
    const attempt = readScopeFile(await written(bytes));
    await expect(attempt).rejects.toBeInstanceOf(ScopeError);
    await expect(attempt).rejects.toThrow(reason);
  });
});

describe('--authorised-by', () => {
  it('covers private networks, without credentials', () => {
    const scope = scopeFromAuthority('  J. Weber, ticket 4711 ');
    expect(scope.authority).toBe('J. Weber, ticket 4711');
    expect(new Set(scope.ranges.map((range) => range.touch))).toEqual(new Set(['anonymous']));
    expect(scope.ranges.map((range) => range.text)).toEqual([
      '10.0.0.0/8',
      '172.16.0.0/12',
      '192.168.0.0/16',
      '169.254.0.0/16',
      '100.64.0.0/10',
      'fc00::/7',
      'fe80::/10',
    ]);
  });

  it.each(['', ' \t', 'two\nlines', '\u001b[2J', 'x'.repeat(301)])('%j is no authority', (text) => {
    expect(() => scopeFromAuthority(text)).toThrow(ScopeError);
  });
});
