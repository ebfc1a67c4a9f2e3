/** A scan that is killed at any moment is finished by --resume with every endpoint once: none lost, none twice. Closed ports of loopback are asked. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { endpointName } from '../../src/model/endpoint.js';
import { openStore } from '../../src/store/store.js';

const program = fileURLToPath(new URL('../../bin/dosimeter.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'dosimeter-kill-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** On a machine of a person a few show that it works; where everything has to hold, 200. */
const kills = process.env['DOSIMETER_REQUIRE_LIVE'] ? 200 : 16;
const killsAScan = 8;
const hosts = 4_096;

const common = (store: string) => ['--store', store, '--quiet', '--format', 'json', '--output', `${store}.json`, '--fail-on', 'none'];

/** Resolves to whether it came to its end by itself. */
async function run(args: readonly string[], killAfterMs: number | undefined): Promise<boolean> {
  const child = spawn(process.execPath, [program, ...args], { stdio: 'ignore' });
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(timer);
  if (code !== 0 && code !== null) throw new Error(`dosimeter ${args.join(' ')} ended with ${code}`);
  return code === 0;
}

async function latestScan(path: string): Promise<string | undefined> {
  const store = await openStore(path);
  try {
    return (await store.latestScan())?.id;
  } finally {
    await store.close();
  }
}

async function scanAndKill(path: string, moments: readonly number[], threads: number): Promise<void> {
  const begin = ['scan', '127.98.0.0/20', '--ports', '9', '--rate', '3000', '--threads', String(threads), ...common(path)];
  for (const moment of moments) {
    const id = await latestScan(path);
    if (await run(id === undefined ? begin : ['scan', '--resume', id, '--rate', '3000', '--threads', String(threads), ...common(path)], moment)) return;
  }
  const id = await latestScan(path);
  await run(id === undefined ? begin : ['scan', '--resume', id, '--threads', String(threads), ...common(path)], undefined);
}

async function endpointsIn(
  path: string,
): Promise<{ readonly rows: number; readonly distinct: number; readonly targets: number | undefined; readonly complete: boolean | undefined }> {
  const store = await openStore(path);
  const names = new Set<string>();
  let rows = 0;
  const scan = await store.latestScan();
  for await (const endpoint of store.observedEndpoints(scan?.id ?? '')) {
    rows += 1;
    names.add(endpointName(endpoint));
  }
  const totals = await store.totals(scan?.id ?? '');
  await store.close();
  return { rows, distinct: names.size, targets: totals?.targets, complete: scan?.complete };
}

describe('kill -9', { timeout: 20 * 60_000 }, () => {
  const moments = fc.sample(fc.integer({ min: 120, max: 1_400 }), { numRuns: kills, seed: Date.now() });
  const scans = Array.from({ length: kills / killsAScan }, (_, index) => moments.slice(index * killsAScan, (index + 1) * killsAScan));

  it.each(scans.map((own, index) => [index, own] as const))(
    'scan %i, killed after %j milliseconds, loses nothing and asks nothing twice',
    async (index, own) => {
      const path = join(folder, `${index}.sqlite`);
      await scanAndKill(path, own, (index % 2) + 1);
      expect(await endpointsIn(path)).toEqual({ rows: hosts, distinct: hosts, targets: hosts, complete: true });
    },
  );

  it('while its report was written: --resume writes it, and asks nothing again', async () => {
    const path = join(folder, 'report.sqlite');
    await run(['scan', '127.98.0.0/28', '--ports', '9', ...common(path)], undefined);
    const before = await endpointsIn(path);
    rmSync(`${path}.json`);
    await run(['scan', '--resume', 'latest', ...common(path)], undefined);
    expect(await endpointsIn(path)).toEqual(before);
    expect(JSON.parse(readFileSync(`${path}.json`, 'utf8'))).toMatchObject({ scan: { complete: true } });
  });
});
