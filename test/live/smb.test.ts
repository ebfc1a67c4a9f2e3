/** What a scan says of real Samba servers, started here from Debian's package on 127.0.0.1, and that it changes nothing there. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as remedies from '../../src/checks/smb-remedies.js';
import type { Rights } from '../../src/model/rights.js';
import { missingPackages, skipLive } from './packages.js';
import { type LiveLab, type LiveServer, openLab } from './processes.js';
import { scanSmb } from './smb-scan.js';
import { commandsAsked, guestsAllowed, type SambaVariant, samba, shareState, smb1CommandsAsked } from './smb-servers.js';
import { liveCanary } from './synthetic-instance.js';

const exact = (value: number) => ({ value, basis: 'exact', low: value, high: value });
const rights = (read: Rights['read'], change: Rights['read']): Rights => ({ read, create: change, edit: change, delete: change });
const readOnly = rights('yes', 'no');
const closed = rights('no', 'no');

/** The guest's user on Debian. */
const nobody = 65_534;

/** smbd becomes the guest's user, which only root may. */
const isRoot = process.getuid?.() === 0;
if (!skipLive && !isRoot) process.stderr.write('test/live/smb.test.ts is skipped: smbd needs root to become the user of its guests\n');

/** MS-SMB2 section 2.2.1.2: all that a scan may say. */
const allowed = [
  'SMB2_OP_CLOSE',
  'SMB2_OP_CREATE',
  'SMB2_OP_IOCTL',
  'SMB2_OP_LOGOFF',
  'SMB2_OP_NEGPROT',
  'SMB2_OP_QUERY_DIRECTORY',
  'SMB2_OP_READ',
  'SMB2_OP_SESSSETUP',
  'SMB2_OP_TCON',
  'SMB2_OP_TDIS',
];

/** MS-CIFS section 2.2.2.1, as Samba calls them. */
const allowedInSmb1 = [
  'SMBclose',
  'SMBfindclose',
  'SMBnegprot',
  'SMBntcreateX',
  'SMBreadX',
  'SMBsesssetupX',
  'SMBtconX',
  'SMBtdis',
  'SMBtrans',
  'SMBtrans2',
  'SMBulogoffX',
];

describe.skipIf(skipLive || !isRoot)('real Samba servers', { timeout: 120_000 }, () => {
  let lab: LiveLab;
  const servers: LiveServer[] = [];
  /** Homes of those that smbclient was set on too. */
  const askedByOthers: string[] = [];
  beforeAll(() => {
    if (missingPackages().length > 0) throw new Error(`live tests are required and need: apt-get install -y ${missingPackages().join(' ')}`);
    lab = openLab();
  }, 60_000);
  afterAll(() => lab?.stop(), 60_000);

  async function start(variant: SambaVariant): Promise<LiveServer> {
    const server = await lab.start('samba', samba(variant));
    servers.push(server);
    return server;
  }

  /** Scans it and asserts what holds for every server: nothing changed, nothing kept that names anybody. */
  async function scan(server: LiveServer, more: Parameters<typeof scanSmb>[1] = {}) {
    const before = shareState(server);
    const scanned = await scanSmb(server.port, more);
    expect(shareState(server)).toEqual(before);
    expect(scanned.kept).not.toContain(liveCanary);
    expect(scanned.kept.toLowerCase()).not.toContain(liveCanary.toLowerCase());
    const { evidence } = scanned;
    const share = (label: string) => evidence.shares.find((each) => each.label === label);
    return { ...scanned, share };
  }

  it('guests may read: sessions told apart, hidden shares listed, rights and counts exact', async () => {
    const server = await start({});
    for (const path of ['incoming', 'incoming/slice.dcm']) chownSync(join(server.home, 'share', path), nobody, nobody);
    const { endpoint, evidence, share, verdicts } = await scan(server);
    expect(evidence).toMatchObject({
      over: 'direct',
      dialect: '3.1.1',
      oldestDialect: '2.0.2',
      smb1: { answer: 'refused' },
      signing: 'enabled',
      encryption: { capable: true, cipher: expect.stringMatching(/^aes-/), required: 'no' },
      hasServerGuid: true,
      ntlm: { version: '6.1.0', computer: 'AAAAAAAAAAAA' },
      nullSession: { answer: 'granted', as: 'unmarked' },
      guestSession: { answer: 'granted', as: 'guest' },
      shareList: { answer: 'listed', by: 'anonymous' },
      farewell: 'logged-off',
    });
    expect(Math.abs((evidence.serverTime ?? 0) - Date.now())).toBeLessThan(3_600_000);
    expect(evidence.shares.map(({ label, kind, isHidden }) => [label, kind, isHidden])).toEqual([
      ['imaging', 'disk', false],
      ['backup$', 'disk', true],
      ['Aaaaaaaaaaaa_ct', 'disk', false],
      ['staff', 'disk', false],
      ['IPC$', 'ipc', true],
    ]);
    expect(share('imaging')).toMatchObject({
      access: 'open',
      rights: readOnly,
      openedBy: 'stranger',
      content: { files: exact(15), images: exact(13), folders: exact(3) },
    });
    expect(share('imaging')?.content?.sampled).toEqual({ asked: 13, dicom: 13 });
    // Folder and file belong to the guest; on a share that may not be written Samba leaves DELETE in the mask, and nmap calls it writable.
    expect(share('Aaaaaaaaaaaa_ct')).toMatchObject({ access: 'open', rights: readOnly });
    expect((share('Aaaaaaaaaaaa_ct')?.folderAccess.mask ?? 0) & 0x10000).toBe(0x10000);
    expect(share('staff')).toMatchObject({ access: 'forbidden', rights: closed, content: null });
    expect(endpoint).toMatchObject({ service: 'smb', product: { id: 'samba' }, rights: readOnly });
    expect(verdicts).toMatchObject({
      'smb1-enabled': 'pass',
      'smb-signing-not-required': 'fail',
      'smb-encryption-not-required': 'fail',
      'smb-null-session': 'fail',
      'smb-guest-share': 'fail',
      'smb-guest-write': 'pass',
      'known-vulnerable-version': 'unknown',
    });
  });

  it('guests may write: where the files let them, and only there', async () => {
    const server = await start({ share: ['read only = no', 'guest ok = yes'] });
    const { endpoint, share, verdicts } = await scan(server);
    expect(share('imaging')?.rights).toEqual(rights('yes', 'yes'));
    expect(share('backup$')?.rights).toEqual(readOnly); // the share may be written, its files may not
    expect(share('Aaaaaaaaaaaa_ct')?.rights).toEqual(rights('yes', 'yes'));
    expect(endpoint.rights).toEqual(rights('yes', 'yes'));
    expect(verdicts).toMatchObject({ 'smb-guest-share': 'fail', 'smb-guest-write': 'fail' });
  });

  it('a folder to put files in that does not list', async () => {
    const server = await start({ share: ['read only = no', 'guest ok = yes'] });
    chmodSync(join(server.home, 'share', 'incoming'), 0o733);
    const { share } = await scan(server);
    expect(share('Aaaaaaaaaaaa_ct')).toMatchObject({ access: 'forbidden', rights: { read: 'no', create: 'yes' }, content: null });
    expect(share('imaging')?.content?.ended).toBe('refused');
  });

  it('SMB 1 beside newer versions: found, and it names its version', async () => {
    const server = await start({ global: [...guestsAllowed, 'server min protocol = NT1', 'ntlm auth = yes'] });
    const { evidence, endpoint, verdicts } = await scan(server);
    expect(evidence).toMatchObject({ dialect: '3.1.1', smb1: { answer: 'accepted', signing: 'disabled' } });
    expect(endpoint.product).toMatchObject({ id: 'samba', version: expect.stringMatching(/^4\.\d+\.\d+/), basis: 'NativeLanMan of SMB 1' });
    expect(verdicts).toMatchObject({ 'smb1-enabled': 'fail', 'smb-guest-share': 'fail' });
    expect(['pass', 'fail']).toContain(verdicts['known-vulnerable-version']);
  });

  describe('SMB 1 and nothing newer', () => {
    const alone = ['server min protocol = NT1', 'server max protocol = NT1'];
    const old = (variant: SambaVariant = {}) => start({ ...variant, global: [...(variant.global ?? guestsAllowed), ...alone] });

    it('guests may read: sessions told apart, hidden shares listed, rights and counts exact', async () => {
      const server = await old();
      for (const path of ['incoming', 'incoming/slice.dcm']) chownSync(join(server.home, 'share', path), nobody, nobody);
      const { endpoint, evidence, share, verdicts } = await scan(server);
      expect(evidence).toMatchObject({
        dialect: null,
        smb1: { answer: 'accepted', session: 'granted' },
        nullSession: { answer: 'granted', as: 'unmarked' },
        guestSession: { answer: 'granted', as: 'guest' },
        shareList: { answer: 'listed', by: 'anonymous' },
        encryption: { capable: false, required: 'no' },
        farewell: 'logged-off',
      });
      expect(evidence.shares.map(({ label, kind, isHidden }) => [label, kind, isHidden])).toEqual([
        ['imaging', 'disk', false],
        ['backup$', 'disk', true],
        ['Aaaaaaaaaaaa_ct', 'disk', false],
        ['staff', 'disk', false],
        ['IPC$', 'ipc', true],
      ]);
      expect(share('imaging')).toMatchObject({
        access: 'open',
        rights: readOnly,
        openedBy: 'stranger',
        content: { files: exact(15), images: exact(13), folders: exact(3), sampled: { asked: 13, dicom: 13 } },
      });
      expect(share('Aaaaaaaaaaaa_ct')).toMatchObject({ access: 'open', rights: readOnly });
      expect(share('staff')).toMatchObject({ access: 'forbidden', rights: closed, content: null });
      expect(endpoint).toMatchObject({ service: 'smb', product: { id: 'samba', version: expect.stringMatching(/^4\./) }, rights: readOnly });
      expect(verdicts).toMatchObject({
        'smb1-enabled': 'fail',
        'smb-signing-not-required': 'fail',
        'smb-encryption-not-required': 'fail',
        'smb-null-session': 'fail',
        'smb-guest-share': 'fail',
        'smb-guest-write': 'pass',
        'images-readable': 'fail',
      });
    });

    it('guests may write: a file says so, a folder does not', async () => {
      const server = await old({ share: ['read only = no', 'guest ok = yes'] });
      const { share, verdicts } = await scan(server);
      expect(share('imaging')?.rights).toEqual({ read: 'yes', create: 'negotiated', edit: 'yes', delete: 'negotiated' });
      // The share may be written, its files may not; Samba says of every folder that all may be done in it.
      expect(share('backup$')?.rights).toEqual({ read: 'yes', create: 'negotiated', edit: 'no', delete: 'negotiated' });
      expect((share('backup$')?.folderAccess.mask ?? 0) & 0x2).toBe(0x2);
      expect(share('Aaaaaaaaaaaa_ct')?.rights.edit).toBe('yes');
      expect(verdicts).toMatchObject({ 'smb-guest-share': 'fail', 'smb-guest-write': 'fail' });
    });

    it('a share that may be written over folders that may not: unknown, and not "fail"', async () => {
      const server = await old({ share: ['read only = no', 'guest ok = yes'] });
      for (const path of ['incoming', 'incoming/slice.dcm']) chmodSync(join(server.home, 'share', path), path === 'incoming' ? 0o755 : 0o644);
      const { verdicts } = await scan(server);
      expect(verdicts).toMatchObject({ 'smb-guest-write': 'unknown' });
    });

    it('no guests: a caller without a name still lists the shares, and gets into none', async () => {
      const server = await old({ global: ['map to guest = Never'], share: ['read only = yes', 'guest ok = no'] });
      const { evidence, endpoint, verdicts } = await scan(server);
      expect(evidence).toMatchObject({
        nullSession: { answer: 'granted', as: 'unmarked' },
        guestSession: { answer: 'refused', meaning: 'login' },
        shareList: { answer: 'listed', by: 'anonymous' },
      });
      expect(evidence.shares.filter(({ kind }) => kind === 'disk').map(({ access }) => access)).toEqual(['forbidden', 'forbidden', 'forbidden', 'forbidden']);
      expect(endpoint.rights).toEqual(closed);
      expect(verdicts).toMatchObject({ 'smb-null-session': 'fail', 'smb-guest-share': 'pass', 'smb-guest-write': 'pass' });
    });

    it('callers without a name refused', async () => {
      const server = await old({ global: ['map to guest = Never', 'restrict anonymous = 2'], share: ['read only = yes', 'guest ok = no'] });
      const { evidence, verdicts } = await scan(server);
      expect(evidence).toMatchObject({ guestSession: { answer: 'refused', meaning: 'login' }, shares: [] });
      expect(verdicts).toMatchObject({ 'smb-null-session': 'pass' });
      expect(['pass', 'unknown']).toContain(verdicts['smb-guest-share']);
    });

    it('a folder that takes several answers to list', async () => {
      const server = await old();
      const folder = join(server.home, 'share', 'archive', 'series');
      mkdirSync(folder);
      for (let index = 0; index < 2_000; index += 1) writeFileSync(join(folder, `IM${String(index).padStart(6, '0')}`), '');
      const { share } = await scan(server);
      expect(share('backup$')?.content).toMatchObject({ ended: 'whole', files: exact(2_012) });
    });

    it('at touch handshake: one negotiation, no session', async () => {
      const server = await old();
      const { evidence, verdicts } = await scan(server, { touch: 'handshake' });
      expect(evidence).toMatchObject({ dialect: null, smb1: { answer: 'accepted', session: 'not-tried' }, nullSession: { answer: 'not-tried' }, shares: [] });
      expect(smb1CommandsAsked(server).filter((name) => name !== 'SMBnegprot')).toEqual([]);
      expect(verdicts).toMatchObject({ 'smb1-enabled': 'fail', 'smb-guest-share': 'unknown' });
    });

    it('Samba agrees with smbclient, set on it after the scan, on what a guest sees', async () => {
      const server = await old();
      const { evidence, share } = await scan(server);
      askedByOthers.push(server.home);
      const client = (...args: string[]) =>
        spawnSync('smbclient', [...args, '-p', String(server.port), '-m', 'NT1', '--option=client min protocol=NT1'], { encoding: 'utf8' });
      const { stdout: listed } = client('-L', '//127.0.0.1', '-N');
      expect([...listed.matchAll(/^\s+(\S+)\s+(?:Disk|IPC)\s/gm)]).toHaveLength(evidence.shares.length);
      const { stdout: seen } = client('//127.0.0.1/imaging', '-U', 'nobody-of-this-name%', '-c', 'recurse; ls');
      expect([...seen.matchAll(/^ {2}IM\d{6}/gm)]).toHaveLength(12);
      expect(share('imaging')?.content?.images).toEqual(exact(13));
    });
  });

  it.each([
    ['2.1', 'SMB2_10', '2.1', false],
    ['3.0.2', 'SMB3_02', '3.x', true],
  ])('nothing newer than %s, nothing older', async (dialect, name, oldestDialect, capable) => {
    const server = await start({ global: [...guestsAllowed, `server min protocol = ${name}`, `server max protocol = ${name}`] });
    const { evidence, share } = await scan(server);
    expect(evidence).toMatchObject({
      dialect,
      oldestDialect,
      encryption: { capable, cipher: null, required: 'no' },
      guestSession: { answer: 'granted', as: 'guest' },
    });
    expect(share('imaging')).toMatchObject({ access: 'open', content: { images: exact(13) } });
  });

  it('signing switched off: SMB 2 signs all the same where the caller asks for it', async () => {
    const server = await start({ global: [...guestsAllowed, 'server signing = disabled', 'ntlm auth = ntlmv1-permitted'] });
    const { evidence, verdicts } = await scan(server);
    expect(evidence).toMatchObject({ signing: 'enabled', ntlmV1: 'unknown' });
    expect(verdicts).toMatchObject({ 'smb-signing-not-required': 'fail' });
  });

  it('no guests: a caller without a name still lists the shares, and gets into none', async () => {
    const server = await start({ global: ['map to guest = Never'], share: ['read only = yes', 'guest ok = no'] });
    const { evidence, endpoint, verdicts } = await scan(server);
    expect(evidence).toMatchObject({
      nullSession: { answer: 'granted', as: 'unmarked' },
      guestSession: { answer: 'refused', meaning: 'login' },
      shareList: { answer: 'listed', by: 'anonymous' },
      encryption: { required: 'unknown' },
    });
    expect(evidence.shares.filter(({ kind }) => kind === 'disk').map(({ access }) => access)).toEqual(['forbidden', 'forbidden', 'forbidden', 'forbidden']);
    expect(endpoint.rights).toEqual(closed);
    expect(verdicts).toMatchObject({
      'smb-null-session': 'fail',
      'smb-guest-share': 'pass',
      'smb-guest-write': 'pass',
      'smb-encryption-not-required': 'unknown',
    });
  });

  it('hardened with the lines that the report recommends: everything that shows is closed', async () => {
    const lines = [remedies.sambaNoSmb1, remedies.sambaSigning, remedies.sambaEncryption, remedies.sambaNoNullSession].flatMap((remedy) => remedy.lines);
    const guests = remedies.sambaNoGuests.lines;
    const cut = guests.findIndex((line) => line.startsWith('#'));
    const server = await start({ global: [...new Set([...lines, ...guests.slice(0, cut)])], share: ['read only = yes', 'guest ok = no'] });
    const { evidence, verdicts } = await scan(server);
    expect(evidence).toMatchObject({
      dialect: '3.1.1',
      oldestDialect: '3.x',
      signing: 'required',
      nullSession: { answer: 'refused', meaning: 'denied' },
      guestSession: { answer: 'refused', meaning: 'login' },
      shareList: { answer: 'not-tried' },
    });
    expect(verdicts).toMatchObject({
      'smb1-enabled': 'pass',
      'smb-signing-not-required': 'pass',
      'smb-null-session': 'pass',
      'smb-guest-share': 'pass',
      'smb-guest-write': 'pass',
      'smb-encryption-not-required': 'unknown', // it shows to nobody but those who may log in
    });
  });

  it('a share closed with the lines that the report recommends, beside guests elsewhere', async () => {
    const server = await start({ share: remedies.sambaReadOnly.lines });
    const { share, verdicts } = await scan(server);
    expect(share('imaging')).toMatchObject({ access: 'forbidden', rights: closed });
    expect(verdicts).toMatchObject({ 'smb-guest-share': 'pass', 'smb-guest-write': 'pass' });
  });

  it('at touch handshake: negotiations, no session', async () => {
    const server = await start({});
    const { evidence, verdicts } = await scan(server, { touch: 'handshake' });
    expect(evidence).toMatchObject({ dialect: '3.1.1', signing: 'enabled', nullSession: { answer: 'not-tried' }, shares: [], ntlm: null });
    expect(commandsAsked(server).filter((name) => name !== 'SMB2_OP_NEGPROT')).toEqual([]);
    expect(verdicts).toMatchObject({ 'smb-guest-share': 'unknown', 'smb-signing-not-required': 'fail' });
  });

  it('Samba agrees with smbclient on what a guest may read, and delete', async () => {
    const server = await start({});
    for (const path of ['incoming', 'incoming/slice.dcm']) chownSync(join(server.home, 'share', path), nobody, nobody);
    const { share } = await scan(server);
    askedByOthers.push(server.home);
    const asGuest = (name: string, commands: string) =>
      spawnSync('smbclient', [`//127.0.0.1/${name}`, '-p', String(server.port), '-U', 'nobody-of-this-name%', '-c', commands], { encoding: 'utf8' });
    const deleting = asGuest('imaging', 'cd incoming; del slice.dcm');
    expect(deleting.stdout + deleting.stderr).toMatch(/NT_STATUS_(?:ACCESS_DENIED|MEDIA_WRITE_PROTECTED|CANNOT_DELETE)/);
    expect(existsSync(join(server.home, 'share', 'incoming', 'slice.dcm'))).toBe(true);
    const { stdout: client } = asGuest('imaging', 'recurse; ls');
    expect([...client.matchAll(/^ {2}IM\d{6}/gm)]).toHaveLength(12);
    expect(share('imaging')?.content?.images).toEqual(exact(13));
  });

  it('a folder that takes several answers to list', async () => {
    const server = await start({});
    const folder = join(server.home, 'share', 'archive', 'series');
    mkdirSync(folder);
    for (let index = 0; index < 2_000; index += 1) writeFileSync(join(folder, `IM${String(index).padStart(6, '0')}`), '');
    const { share } = await scan(server);
    expect(share('backup$')?.content).toMatchObject({ ended: 'whole', files: exact(2_012) });
  });

  it('no server was ever asked for anything that could change a file', () => {
    expect(servers.length).toBeGreaterThan(8);
    for (const server of servers.filter(({ home }) => !askedByOthers.includes(home))) {
      expect(commandsAsked(server).filter((name) => !allowed.includes(name))).toEqual([]);
      expect(smb1CommandsAsked(server).filter((name) => !allowedInSmb1.includes(name))).toEqual([]);
    }
    expect(servers.some((server) => commandsAsked(server).includes('SMB2_OP_READ'))).toBe(true);
    expect(servers.some((server) => smb1CommandsAsked(server).includes('SMBreadX'))).toBe(true);
  });
});
