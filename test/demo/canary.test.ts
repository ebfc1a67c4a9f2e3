/**
 * The estate's people have names, numbers, dates of birth and studies that can be searched for. Whatever the commands write, in any
 * format, at any end, holds none of them. That the estate does serve them shows in the classes that truth.test.ts finds for them.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canaryBirthDate, canaryStem } from '../../src/estate/canary.js';
import { type Estate, startEstate } from '../../src/estate/estate.js';
import { leaksIn, leaksInFiles } from '../fixtures/leaks.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const program = join(root, 'bin/dosimeter.js');
const folder = mkdtempSync(join(tmpdir(), 'dosimeter-canary-'));
const store = join(folder, 'store.sqlite');
let estate: Estate;
/** Begins the study instance UIDs of the estate (src/estate/archive.ts), and not the implementation class UID of its nameless product. */
const uidStem = '2.25.77000';
const canaries: string[] = [canaryStem, canaryBirthDate, '1901-02-03', '03.02.1901', uidStem];

beforeAll(async () => {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b'], { cwd: root });
  estate = await startEstate({ addressPrefix: '127.77.213' });
  const archives = estate.devices.flatMap(({ spec: { behaviour } }) => (behaviour.speaks === 'dicom' && behaviour.archive ? [behaviour.archive] : []));
  // An identifier and a UID without the stem in front, and the day of a study: dates may be told by year only.
  for (const archive of archives.slice(0, 12)) {
    const { uid, date } = archive.study(0);
    canaries.push(uid.slice(uidStem.length), date, ...keylessHashes(uid));
  }
}, 120_000);
/** Whoever has a list of UIDs could look these up. */
const keylessHashes = (uid: string): readonly string[] =>
  ['md5', 'sha1', 'sha256', 'sha512'].map((algorithm) => createHash(algorithm).update(uid).digest('hex').slice(0, 16));

afterAll(async () => {
  await estate.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs beside the estate, in a process of its own; with all that Node can say of its sockets. */
async function dosimeter(...args: string[]): Promise<string> {
  const child = start(args);
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  child.stderr.on('data', (text) => (said += text));
  await once(child, 'close');
  return said;
}

const start = (args: readonly string[]) => spawn(process.execPath, [program, ...args], { cwd: folder, env: { ...process.env, NODE_DEBUG: 'net,tls,stream' } });
/** The files beside a database come and go while it is written. */
function holds(crashed: string, word: string): boolean {
  return readdirSync(crashed).some((file) => {
    try {
      return readFileSync(join(crashed, file), 'latin1').includes(word);
    } catch {
      return false;
    }
  });
}

const leaks = (text: string): readonly string[] => leaksIn(text, canaries);

describe('canaries', { timeout: 300_000 }, () => {
  it.each(['text', 'json'])('are in nothing that a scan prints with a log as %s, stores or renders', async (logFormat) => {
    const scanned = await dosimeter('scan', ...estate.targets, '--store', store, '--log-format', logFormat);
    expect(scanned).toContain('endpoints are open to anyone');
    expect(leaks(scanned)).toEqual([]);
    for (const format of ['terminal', 'json', 'html']) {
      const rendered = await dosimeter('report', '--store', store, '--format', format, '--output', `report.${format}`);
      expect(leaks(rendered)).toEqual([]);
      expect(readFileSync(join(folder, `report.${format}`)).length).toBeGreaterThan(10_000);
    }
    const stored = readFileSync(store, 'latin1');
    expect(stored).toContain('real-looking');
    const [key] = /(?<="archiveKey":")[0-9a-f]{32}(?=")/.exec(stored) ?? []; // with it a mark could be looked up: it stands with the scan and nowhere else
    expect(key).toBeDefined();
    expect(scanned).not.toContain(key);
    for (const format of ['terminal', 'json', 'html']) expect(readFileSync(join(folder, `report.${format}`), 'utf8')).not.toContain(key);
    expect(leaksInFiles(folder, canaries)).toEqual({});
  });

  it('are in no evidence, and in nothing that is judged from it', async () => {
    const observed = await dosimeter('observe', ...estate.targets, '--quiet');
    expect(observed.split('\n').length).toBeGreaterThan(20);
    expect(leaks(observed)).toEqual([]);
    expect(observed).not.toContain('archiveKey');
    const lines = observed.split('\n').filter((line) => line.startsWith('{'));
    writeFileSync(join(folder, 'evidence.ndjson'), lines.join('\n'));
    for (const format of ['terminal', 'json', 'html']) expect(leaks(await dosimeter('judge', 'evidence.ndjson', '--format', format))).toEqual([]);
  });

  it('are in no error: a conversation that is cut short in the middle says what broke, not what it held', async () => {
    const said = await dosimeter('scan', ...estate.targets, '--store', join(folder, 'short.sqlite'), '--timeout', '0.05', '--budget', '1', '--format', 'json');
    expect(said).toContain('dosimeter.report/1');
    expect(leaks(said)).toEqual([]);
    expect(leaksInFiles(folder, canaries)).toEqual({});
  });

  it.each([1, 2])('are in no page of a store whose scan on %i threads was killed over a record', async (threads) => {
    const crashed = join(folder, `crashed-${threads}`);
    mkdirSync(crashed);
    const child = start([
      'scan',
      ...estate.targets,
      '--store',
      join(crashed, 'store.sqlite'),
      '--threads',
      String(threads),
      '--concurrency',
      '2',
      '--rate',
      '15',
    ]);
    let said = '';
    child.stdout.on('data', (text) => (said += text));
    child.stderr.on('data', (text) => (said += text));
    while (child.exitCode === null && !holds(crashed, 'real-looking')) await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(child.signalCode).toBe('SIGKILL'); // in the middle: it had not come to its end
    expect(readdirSync(crashed)).toContain('store.sqlite-wal');
    expect(leaks(said)).toEqual([]);
    expect(leaksInFiles(crashed, canaries)).toEqual({});
  });
});
