/**
 * The estate's people have names that can be searched for. Whatever the commands write, in any format, holds none of them.
 * That the estate does serve them shows in the classes that truth.test.ts finds for them.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canaryBirthDate, canaryStem } from '../../src/estate/canary.js';
import { type Estate, startEstate } from '../../src/estate/estate.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const program = join(root, 'bin/dosimeter.js');
const folder = mkdtempSync(join(tmpdir(), 'dosimeter-canary-'));
const store = join(folder, 'store.sqlite');
let estate: Estate;

beforeAll(async () => {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b'], { cwd: root });
  estate = await startEstate({ addressPrefix: '127.77.203' });
}, 120_000);
afterAll(async () => {
  await estate.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs beside the estate, in a process of its own. */
async function dosimeter(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, env: { ...process.env, NODE_DEBUG: 'net' } });
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  child.stderr.on('data', (text) => (said += text));
  await new Promise((resolve) => child.on('close', resolve));
  return said;
}

const leaks = (text: string): readonly string[] => [canaryStem, canaryStem.toUpperCase(), canaryBirthDate].filter((value) => text.includes(value));

describe('canaries', { timeout: 120_000 }, () => {
  it('are in nothing that a scan prints, stores or renders', async () => {
    const scanned = await dosimeter('scan', ...estate.targets, '--store', store);
    expect(scanned).toContain('endpoints are open to anyone');
    expect(leaks(scanned)).toEqual([]);
    for (const format of ['terminal', 'json', 'html']) {
      const rendered = await dosimeter('report', '--store', store, '--format', format);
      expect(rendered.length).toBeGreaterThan(10_000);
      expect(leaks(rendered)).toEqual([]);
    }
    for (const file of readdirSync(folder)) expect([file, leaks(readFileSync(join(folder, file), 'latin1'))]).toEqual([file, []]);
  });

  it('are in no evidence', async () => {
    const observed = await dosimeter('observe', ...estate.targets);
    expect(observed.split('\n').length).toBeGreaterThan(20);
    expect(leaks(observed)).toEqual([]);
  });
});
