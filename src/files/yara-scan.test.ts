import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { auditFolder, folderRoot } from './audit-folder.js';
import { LocalTree } from './local-tree.js';
import { loadYaraRules, type YaraRules } from './yara-rules.js';
import { type YaraLimits, YaraQueue, yaraLimits } from './yara-scan.js';

const base = mkdtempSync(join(tmpdir(), 'dosimeter-yara-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
let root = '';
let count = 0;
beforeEach(() => {
  count += 1;
  root = join(base, String(count));
  mkdirSync(root);
});

/** A rule for each word: it matches where the file holds it. Notes what it was shown. */
const wordRules = (shown: string[], ...words: readonly string[]): YaraRules => ({
  matching: (bytes) => {
    const text = Buffer.from(bytes).toString('latin1');
    shown.push(text);
    return words.filter((word) => text.includes(word));
  },
});
const { signal } = new AbortController();

async function scan(rules: YaraRules, limits: Partial<YaraLimits> = {}, stop: AbortSignal = signal) {
  const queue = new YaraQueue({ ...yaraLimits, fileBytes: 1_000, ...limits });
  const tree = new LocalTree((await folderRoot(root)).place, { crossMounts: false, signal }, (folder, files) => queue.add(folder, files));
  await tree.list(tree.root, 3);
  await tree.list(tree.root, 1_000);
  const matched: string[] = [];
  return { ...(await queue.scan(rules, stop, { onMatch: (_, rule) => matched.push(rule) })), told: matched };
}

describe('showing files to YARA', () => {
  beforeEach(() => {
    for (const [name, text] of Object.entries({
      'a.dcm': 'image',
      'b.txt': 'good',
      'c.bin': 'evil good',
      'd.bin': 'evil',
      empty: '',
      'large.bin': 'x'.repeat(2_000),
    })) {
      writeFileSync(join(root, name), text);
    }
  });

  it('each once, images last, and counts by rule', async () => {
    const shown: string[] = [];
    const found = await scan(wordRules(shown, 'evil', 'good'));
    expect(found).toEqual({ rules: { evil: 2, good: 2 }, matched: 3, scanned: 4, tooLarge: 1, leftOut: 0, told: expect.arrayContaining(['evil', 'good']) });
    expect(shown.toSorted()).toEqual(['evil', 'evil good', 'good', 'image']);
    expect(shown.at(-1)).toBe('image');
  });

  it.each<[string, Partial<YaraLimits>, number, number]>([
    ['so many files', { files: 2 }, 2, 2],
    ['so many bytes', { bytes: 17 }, 3, 1],
    ['so long', { ms: -1 }, 0, 4],
  ])('%s: the rest is left out, and said to be', async (_, limits, scanned, leftOut) => {
    expect(await scan(wordRules([]), limits)).toMatchObject({ scanned, leftOut });
  });

  it('stops when it is told to', async () => {
    expect(await scan(wordRules([]), {}, AbortSignal.abort())).toMatchObject({ scanned: 0, leftOut: 4 });
  });
});

const library: string = '@litko/yara-x';
const hasYara = await import(library).then(
  () => true,
  () => false,
);

describe('YARA-X', () => {
  it.skipIf(!hasYara)('matches by what is in a file, and tells the rule alone', async () => {
    const rules = join(root, 'rules.yar');
    writeFileSync(rules, 'rule dropper { strings: $a = "drop me" condition: $a }\nrule never { condition: false }');
    mkdirSync(join(root, 'in'));
    writeFileSync(join(root, 'in', 'innocent.txt'), 'please drop me here');
    writeFileSync(join(root, 'in', 'other.txt'), 'nothing');
    const yara = await loadYaraRules(rules);
    const found = await auditFolder(await folderRoot(join(root, 'in')), { entries: 100, seed: 1, firstBytes: 0, crossMounts: false, yara, signal });
    expect(found.yara).toEqual({ rules: { dropper: 1 }, matched: 1, scanned: 2, tooLarge: 0, leftOut: 0 });
  });

  it.skipIf(!hasYara)('says what is wrong with rules', async () => {
    const rules = join(root, 'rules.yar');
    writeFileSync(rules, 'rule wrong { condition: ');
    await expect(loadYaraRules(rules)).rejects.toThrow(/the YARA rules in .* cannot be used: /);
  });

  it.skipIf(hasYara)('is optional: where it is missing, the message says how to get it', async () => {
    await expect(loadYaraRules('rules.yar')).rejects.toThrow(/npm install @litko\/yara-x/);
  });
});
