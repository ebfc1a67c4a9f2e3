/** Real archives full of values that can be searched for, scanned as a user does: nothing that is said, written or left by a killed scan holds one. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leaksIn, leaksInFiles } from '../fixtures/leaks.js';
import { missingPackages, skipLive } from './packages.js';
import { type LiveLab, type LiveServer, openLab } from './processes.js';
import { fillOrthanc, variants } from './servers.js';
import { liveBirthDate, liveCanary, liveUidRoot } from './synthetic-instance.js';
import { fill, orthancWeb } from './web-servers.js';

const program = fileURLToPath(new URL('../../bin/dosimeter.js', import.meta.url));
const canaries = [liveCanary, liveBirthDate, liveUidRoot, '20190305', '20210711', '20241230'];

describe.skipIf(skipLive)('canaries in real archives', { timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'dosimeter-live-canary-'));
  let lab: LiveLab;
  let servers: readonly LiveServer[] = [];

  beforeAll(async () => {
    if (missingPackages().length > 0) throw new Error(`live tests are required and need: apt-get install -y ${missingPackages().join(' ')}`);
    lab = openLab();
    const [archive, web, dcmqrscp] = await Promise.all([
      lab.start('orthanc-open', variants['orthanc-open']),
      lab.start('orthanc-web', orthancWeb({})),
      lab.start('dcmqrscp-open', variants['dcmqrscp-open']),
    ]);
    await Promise.all([fillOrthanc(archive), fill(web)]);
    servers = [archive, web, dcmqrscp];
  }, 120_000);
  afterAll(async () => {
    await lab?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  /** dcmqrscp answers to its own title only; the others to any. */
  const start = (command: string, ...args: readonly string[]) => {
    const ports = servers.map(({ port }) => port).join(',');
    return spawn(process.execPath, [program, command, '127.0.0.1', ...args, '--ports', ports, '--called-ae', 'LIVEQR'], {
      cwd: folder,
      env: { ...process.env, NODE_DEBUG: 'net,tls,stream' },
    });
  };

  async function said(child: ReturnType<typeof start>): Promise<string> {
    let text = '';
    child.stdout.on('data', (part) => (text += part));
    child.stderr.on('data', (part) => (text += part));
    await once(child, 'close');
    return text;
  }

  it.each(['terminal', 'json', 'html'])('are in no report as %s, no log and no page of the store', async (format) => {
    const store = join(folder, `${format}.sqlite`);
    const output = await said(start('scan', '--store', store, '--format', format, '--fail-on', 'none'));
    expect(output).toContain('patient-identifiers-exposed');
    expect(leaksIn(output, canaries)).toEqual([]);
    expect(readFileSync(store, 'latin1')).toContain('"PatientComments":"real-looking"');
    expect(leaksInFiles(folder, canaries)).toEqual({});
  });

  it('are in no evidence', async () => {
    const observed = await said(start('observe'));
    expect(observed.split('"sample":"taken"').length).toBe(3); // both DICOM archives gave a record
    expect(observed).toContain('"kind":"dicomweb"');
    expect(leaksIn(observed, canaries)).toEqual([]);
  });

  it('are in no file of a scan that was killed when it had seen them', async () => {
    const crashed = join(folder, 'crashed');
    mkdirSync(crashed);
    const store = join(crashed, 'store.sqlite');
    // A slow range beside the archives: the scan goes on long after these were asked.
    const child = start('scan', '127.98.0.0/24', '--store', store, '--rate', '12');
    const ended = said(child);
    const holds = (file: string) => existsSync(file) && readFileSync(file, 'latin1').includes('real-looking');
    while (child.exitCode === null && !holds(store) && !holds(`${store}-wal`)) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGKILL');
    expect(leaksIn(await ended, canaries)).toEqual([]);
    expect(child.signalCode).toBe('SIGKILL'); // in the middle: it had not come to its end
    expect(leaksInFiles(crashed, canaries)).toEqual({});
  });
});
