import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { plainModules } from '../../test/fixtures/plain-modules.js';
import { openStore, type Store } from './store.js';
import { findingsIn, observationsIn } from './test-support/records.js';

const folder = mkdtempSync(join(tmpdir(), 'dosimeter-processes-'));
const modules = plainModules(['src/store/store.ts']);
afterAll(() => {
  for (const made of [folder, modules]) rmSync(made, { recursive: true, force: true });
});

const script = fileURLToPath(new URL('./test-support/other-process.mjs', import.meta.url));

interface Other {
  readonly process: ChildProcessWithoutNullStreams;
  /** Its next line on stdout; rejects when it ends without one. */
  line(): Promise<string>;
  /** Its exit code or the signal that ended it, and what it said on stderr. */
  readonly ended: Promise<{ by: number | string | null; complaint: string }>;
}

function start(role: string, path: string, scanId: string): Other {
  const process_ = spawn(process.execPath, [script, modules, role, path, scanId]);
  const lines = createInterface(process_.stdout)[Symbol.asyncIterator]();
  let complaint = '';
  process_.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
  return {
    process: process_,
    ended: once(process_, 'close').then(([code, signal]) => ({ by: (signal ?? code) as number | string | null, complaint })),
    async line() {
      const next = await lines.next();
      if (next.done) throw new Error(`the other process ended: ${complaint}`);
      return next.value;
    },
  };
}

/** Throws unless every host that is stored is stored whole: three observations and one finding. */
async function wholeHosts(store: Store, scanId: string): Promise<number> {
  const observations = new Map<string, number>();
  const findings = new Map<string, number>();
  for await (const { endpoint } of findingsIn(store, scanId)) findings.set(endpoint.host, (findings.get(endpoint.host) ?? 0) + 1);
  for await (const { endpoint } of observationsIn(store, scanId)) observations.set(endpoint.host, (observations.get(endpoint.host) ?? 0) + 1);
  for (const [host, count] of observations) expect([host, count]).toEqual([host, 3]);
  for (const host of findings.keys()) expect([host, findings.get(host), observations.has(host)]).toEqual([host, 1, true]);
  return observations.size;
}

describe('two processes and one store', { timeout: 60_000 }, () => {
  it('one reads while the other writes', async () => {
    const path = join(folder, 'read.sqlite');
    const writer = start('write', path, 's');
    expect(await writer.line()).toBe('half');
    const store = await openStore(path);
    expect(await wholeHosts(store, 's')).toBe(20);
    writer.process.stdin.write('go on\n');
    let ended = false;
    void writer.ended.then(() => (ended = true));
    let before = 20;
    while (!ended) {
      const now = await wholeHosts(store, 's');
      expect(now).toBeGreaterThanOrEqual(before);
      before = now;
      await new Promise((resume) => setImmediate(resume));
    }
    expect(await writer.ended).toEqual({ by: 0, complaint: '' });
    expect(await wholeHosts(store, 's')).toBe(40);
    await store.close();
  });

  it('both write at once', async () => {
    const path = join(folder, 'write.sqlite');
    const writers = ['a', 'b', 'c'].map((scanId) => start('write', path, scanId));
    for (const writer of writers) expect(await writer.line()).toBe('half');
    for (const writer of writers) writer.process.stdin.write('go on\n');
    for (const writer of writers) expect(await writer.ended).toEqual({ by: 0, complaint: '' });
    const store = await openStore(path);
    for (const scanId of ['a', 'b', 'c']) expect(await wholeHosts(store, scanId)).toBe(40);
    await store.close();
  });

  it('several create it at the same moment', async () => {
    const path = join(folder, 'create.sqlite');
    const names = ['a', 'b', 'c', 'd'];
    const others = names.map((scanId) => start('open', path, scanId));
    for (const other of others) expect(await other.line()).toBe('ready');
    for (const other of others) other.process.stdin.write('go\n');
    for (const other of others) expect(await other.ended).toEqual({ by: 0, complaint: '' });
    const store = await openStore(path);
    expect((await store.scans()).map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a']);
    await store.close();
  });

  it.skipIf(process.platform === 'win32')('one is killed inside a transaction: what was stored before stays, what was not whole is gone', async () => {
    const path = join(folder, 'die.sqlite');
    const other = start('die', path, 's');
    expect(await other.ended).toEqual({ by: 'SIGKILL', complaint: '' });
    const store = await openStore(path);
    expect(await wholeHosts(store, 's')).toBe(2);
    const endpoints = new Set<string>();
    for await (const { host, port } of store.observedEndpoints('s')) endpoints.add(`${host}:${port}`);
    expect(endpoints).toEqual(new Set([0, 1].flatMap((host) => [1, 2, 3].map((port) => `10.0.0.${host}:${port}`))));
    await store.finishScan('s', 2, false);
    await store.close();
  });

  it.skipIf(process.platform === 'win32')('one is killed while it writes: what it had reported is there, whole, and more can be written', async () => {
    const path = join(folder, 'kill.sqlite');
    const other = start('forever', path, 's');
    let reported = '';
    for (let count = 0; count < 40; count += 1) reported = await other.line();
    other.process.kill('SIGKILL');
    expect((await other.ended).by).toBe('SIGKILL');
    expect(reported).toBe('recorded 39');
    const store = await openStore(path);
    expect(await wholeHosts(store, 's')).toBeGreaterThanOrEqual(40);
    await store.finishScan('s', 2, false);
    expect((await store.scan('s'))?.finishedAt).toBe(2);
    await store.close();
  });
});
