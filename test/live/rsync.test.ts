/** What a scan says of real rsync daemons, started here from Debian's package on 127.0.0.1, and that it changes nothing there. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rsyncLogin, rsyncReadOnly } from '../../src/checks/rsync-remedies.js';
import type { RsyncEvidence } from '../../src/protocols/rsync/evidence.js';
import { ftpState, ftpTruth } from './ftp-servers.js';
import { missingPackages, skipLive } from './packages.js';
import { type LiveLab, type LiveServer, openLab, type Start } from './processes.js';
import { rsyncDaemon, rsyncLog, uploadsAnnounced } from './rsync-servers.js';
import { scanPort } from './scan.js';
import { liveCanary } from './synthetic-instance.js';

const exact = (value: number) => ({ value, basis: 'exact', low: value, high: value });
const counted = { files: exact(ftpTruth.files), folders: exact(ftpTruth.folders), images: exact(ftpTruth.images), ended: 'whole' };
const noRights = { read: 'no', create: 'no', edit: 'no', delete: 'no' };

describe.skipIf(skipLive)('real rsync daemons', { timeout: 120_000 }, () => {
  let lab: LiveLab;
  beforeAll(() => {
    if (missingPackages().length > 0) throw new Error(`live tests are required and need: apt-get install -y ${missingPackages().join(' ')}`);
    lab = openLab();
  }, 60_000);
  afterAll(() => lab?.stop(), 60_000);
  const start = (command: Start): Promise<LiveServer> => lab.start('rsync', command);

  /** Scans it and asserts what holds for every daemon: nothing changed, nothing kept that names anybody, leave taken in order. */
  async function scan(server: LiveServer, more: Parameters<typeof scanPort>[1] = {}) {
    const before = ftpState(server);
    const scanned = await scanPort(server.port, more);
    expect(ftpState(server)).toEqual(before);
    expect(scanned.kept.toLowerCase()).not.toContain(liveCanary.toLowerCase());
    const log = readFileSync(rsyncLog(server), 'utf8');
    expect(log).not.toMatch(/connection unexpectedly closed.*\[sender\]/);
    const evidence = scanned.evidence<RsyncEvidence>('rsync');
    return { ...scanned, evidence, module: evidence?.modules[0], log };
  }

  it('open, read-only as by default: counted exactly', async () => {
    const server = await start(rsyncDaemon([]));
    const { endpoint, evidence, module, verdicts, log } = await scan(server);
    expect(evidence).toMatchObject({ protocol: expect.any(Number), listing: 'listed', moduleCount: 1 });
    expect(module).toMatchObject({ label: 'imaging', access: 'open', rights: { ...noRights, read: 'yes' }, content: { ...counted, sampled: { asked: 0 } } });
    expect(endpoint).toMatchObject({ service: 'rsync', product: { id: 'rsync' }, exposure: { images: exact(ftpTruth.images) } });
    expect(verdicts).toMatchObject({ 'open-rsync-module': 'fail', 'open-rsync-write': 'pass' });
    expect(uploadsAnnounced(log)).toBe(1);
    expect(entriesSeenByRsync(server)).toBe(ftpTruth.files + ftpTruth.folders);
  });

  it('open and writable: it waits for files, and none comes', async () => {
    const { module, verdicts, log } = await scan(await start(rsyncDaemon(['read only = no'])));
    expect(module).toMatchObject({ rights: { read: 'yes', create: 'negotiated', edit: 'negotiated', delete: 'negotiated' }, content: counted });
    expect(verdicts).toMatchObject({ 'open-rsync-module': 'fail', 'open-rsync-write': 'fail' });
    expect(log).toMatch(/receiving file list/);
    expect(log).not.toMatch(/ recv /);
  });

  it('read-only, as the remedy has it', async () => {
    const { verdicts } = await scan(await start(rsyncDaemon(['read only = no', ...rsyncReadOnly.lines])));
    expect(verdicts).toMatchObject({ 'open-rsync-write': 'pass' });
  });

  it('with a password, as the remedy has it but for hiding', async () => {
    const lines = rsyncLogin.lines.slice(0, 2).map((line) => line.replace('/etc/rsyncd.secrets', 'HOME/secrets'));
    const { endpoint, module, verdicts } = await scan(await start(rsyncDaemon(lines)));
    expect(module).toMatchObject({ access: 'login', rights: noRights, content: null });
    expect(endpoint.exposure).toBeNull();
    expect(verdicts).toMatchObject({ 'open-rsync-module': 'pass', 'open-rsync-write': 'pass' });
  });

  it('for other hosts only', async () => {
    const { module, verdicts } = await scan(await start(rsyncDaemon(['hosts allow = 192.0.2.10'])));
    expect(module).toMatchObject({ access: 'forbidden', rights: noRights });
    expect(verdicts).toMatchObject({ 'open-rsync-module': 'pass', 'open-rsync-write': 'pass' });
  });

  it('hidden: neither open nor closed', async () => {
    const { evidence, verdicts } = await scan(await start(rsyncDaemon(['list = no'])));
    expect(evidence).toMatchObject({ listing: 'listed', moduleCount: 0 });
    expect(verdicts).toMatchObject({ 'open-rsync-module': 'unknown', 'open-rsync-write': 'unknown' });
  });

  it('write-only, and one named after a person beside it', async () => {
    const { module, evidence } = await scan(await start(rsyncDaemon(['write only = yes', 'read only = no'], [`[${liveCanary} home]`, 'path = HOME/share'])));
    // rsync 3.5 hangs up without a word where somebody wants to read; older ones say that it is write-only
    expect(module).toMatchObject({ access: 'open', rights: { read: expect.stringMatching(/^(?:no|unknown)$/), create: 'negotiated' }, content: null });
    expect(evidence?.modules[1]).toMatchObject({ label: expect.stringMatching(/^A[Aa]+ home$/), access: 'open', content: counted });
  });

  it('at touch handshake only greets', async () => {
    const server = await start(rsyncDaemon([]));
    const { evidence, verdicts } = await scan(server, { touch: 'handshake' });
    expect(evidence).toMatchObject({ listing: 'not-tried', modules: [] });
    expect(verdicts).toMatchObject({ 'open-rsync-module': 'unknown', 'open-rsync-write': 'unknown' });
  });
});

/** Everything below the module's folder, as rsync itself lists it. */
function entriesSeenByRsync({ port }: LiveServer): number {
  const { stdout } = spawnSync('rsync', ['-r', '--no-motd', `rsync://127.0.0.1:${port}/imaging/`], { encoding: 'utf8' });
  return stdout.trim().split('\n').length - 1;
}
