/** What a scan says of real FTP servers, started here from Debian's packages on 127.0.0.1, and that it changes nothing there. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as remedies from '../../src/checks/ftp-remedies.js';
import type { Rights } from '../../src/model/rights.js';
import type { FtpEvidence } from '../../src/protocols/ftp/evidence.js';
import { ftpCommandsAsked, ftpState, ftpTruth, isUnpacked, mayRunFtp, proftpd, pureFtpd, vsftpd, withTestCertificate } from './ftp-servers.js';
import { missingPackages, skipLive } from './packages.js';
import { type LiveLab, type LiveServer, openLab, type Start } from './processes.js';
import { scanPort } from './scan.js';
import { liveCanary } from './synthetic-instance.js';

const exact = (value: number) => ({ value, basis: 'exact', low: value, high: value });
const counted = { files: exact(ftpTruth.files), folders: exact(ftpTruth.folders), images: exact(ftpTruth.images), ended: 'whole' };
const untold: Rights = { read: 'yes', create: 'unknown', edit: 'unknown', delete: 'unknown' };
const readOnly: Rights = { read: 'yes', create: 'no', edit: 'no', delete: 'no' };

/** All that a scan may say (`src/protocols/ftp/wire/command.ts`). */
const allowed = [
  'AUTH',
  'CWD',
  'EPSV',
  'FEAT',
  'HELP',
  'LIST',
  'MLSD',
  'PASS',
  'PASV',
  'PBSZ',
  'PROT',
  'PWD',
  'QUIT',
  'RANG',
  'RETR',
  'STAT',
  'SYST',
  'TYPE',
  'USER',
];

const isRequired = process.env['DOSIMETER_REQUIRE_LIVE'] === '1';
const skip = skipLive || (!(mayRunFtp && isUnpacked()) && !isRequired);

describe.skipIf(skip)('real FTP servers', { timeout: 120_000 }, () => {
  let lab: LiveLab;
  /** What each server was sent by a scan. */
  const asked: (readonly string[])[] = [];
  beforeAll(() => {
    if (missingPackages().length > 0) throw new Error(`live tests are required and need: apt-get install -y ${missingPackages().join(' ')}`);
    if (!isUnpacked()) throw new Error('live tests of FTP are required and need: sh test/live/unpack-ftp-servers.sh');
    if (!mayRunFtp) throw new Error('live tests of FTP are required and need root: the servers become the user of anonymous callers');
    lab = openLab();
  }, 60_000);
  afterAll(() => lab?.stop(), 60_000);

  const start = (command: Start): Promise<LiveServer> => lab.start('ftp', command);

  /** Scans it and asserts what holds for every server: nothing changed, nothing kept that names anybody. */
  async function scan(server: LiveServer, more: Parameters<typeof scanPort>[1] = {}) {
    const before = ftpState(server);
    const scanned = await scanPort(server.port, more);
    expect(ftpState(server)).toEqual(before);
    asked.push(ftpCommandsAsked(server));
    expect(scanned.kept.toLowerCase()).not.toContain(liveCanary.toLowerCase());
    const evidence = scanned.evidence<FtpEvidence>('ftp');
    return { ...scanned, evidence, share: evidence?.shares[0] };
  }

  const scanOf = async (command: Start) => scan(await start(command));
  const anonymous = ['anonymous_enable=YES', 'no_anon_password=YES'];

  describe('vsftpd', () => {
    it('anonymous, read-only: counted exactly, and silent about writing', async () => {
      const server = await start(vsftpd({ lines: anonymous }));
      const { endpoint, evidence, share, verdicts } = await scan(server);
      expect(evidence).toMatchObject({
        product: { id: 'vsftpd', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) },
        tls: { offer: 'refused' },
        clearLogin: 'anonymous-only',
        anonymous: { direct: 'accepted', overTls: 'not-tried' },
        listing: 'unix',
        permFacts: false,
      });
      expect(share).toMatchObject({ access: 'open', rights: untold, content: { ...counted, sampled: { asked: 0 } } });
      expect(endpoint).toMatchObject({ service: 'ftp', product: { id: 'vsftpd' }, exposure: { images: exact(ftpTruth.images) } });
      expect(verdicts).toMatchObject({
        'anonymous-ftp-login': 'fail',
        'anonymous-ftp-write': 'unknown',
        'cleartext-ftp': 'fail',
        'known-vulnerable-version': 'pass',
      });
      expect(namesSeenByCurl(server)).toBe(4);
      expect(entriesSeenByLftp(server)).toBe(ftpTruth.files + ftpTruth.folders);
    });

    it('at touch handshake nobody logs in', async () => {
      const server = await start(vsftpd({ lines: anonymous }));
      const { evidence, verdicts } = await scan(server, { touch: 'handshake' });
      expect(evidence).toMatchObject({ anonymous: { direct: 'not-tried' }, clearLogin: 'not-tried', shares: [] });
      expect(verdicts).toMatchObject({ 'anonymous-ftp-login': 'unknown', 'anonymous-ftp-write': 'unknown', 'cleartext-ftp': 'fail' });
      expect(ftpCommandsAsked(server)).toEqual(['AUTH', 'FEAT', 'QUIT']);
    });

    it('anonymous, writable: it answers not otherwise, so that is unknown and not "no"', async () => {
      const write = ['write_enable=YES', 'anon_upload_enable=YES', 'anon_mkdir_write_enable=YES', 'anon_other_write_enable=YES'];
      const { share, verdicts } = await scanOf(vsftpd({ lines: [...anonymous, ...write], writable: true }));
      expect(share).toMatchObject({ rights: untold, content: counted });
      expect(verdicts).toMatchObject({ 'anonymous-ftp-login': 'fail', 'anonymous-ftp-write': 'unknown' });
    });

    it('closed to anonymous callers, as the remedy has it', async () => {
      const { endpoint, evidence, verdicts } = await scanOf(vsftpd({ lines: [...anonymous, ...remedies.vsftpdNoAnonymous.lines] }));
      expect(evidence).toMatchObject({ product: { id: 'vsftpd' }, clearLogin: 'taken', anonymous: { direct: 'refused' }, shares: [] });
      expect(endpoint.exposure).toBeNull();
      expect(verdicts).toMatchObject({ 'anonymous-ftp-login': 'pass', 'anonymous-ftp-write': 'pass', 'cleartext-ftp': 'fail' });
    });

    it('with TLS demanded, as the remedy has it', async () => {
      const lines = [...remedies.vsftpdNoAnonymous.lines, ...withTestCertificate(remedies.vsftpdTls.lines)];
      const { evidence, verdicts } = await scanOf(vsftpd({ lines }));
      expect(evidence).toMatchObject({
        tls: { offer: 'offered', version: expect.stringMatching(/^TLSv1\.[23]$/), certificate: { selfSigned: false, key: { type: 'rsa', bits: 2048 } } },
        clearLogin: 'tls-first',
        anonymous: { direct: 'refused', overTls: 'not-tried' },
        dataProtection: 'accepted',
      });
      expect(verdicts).toMatchObject({
        'anonymous-ftp-login': 'pass',
        'anonymous-ftp-write': 'pass',
        'cleartext-ftp': 'pass',
        'expired-certificate': 'pass',
        'weak-certificate': 'pass',
      });
    });

    const ssl = ['ssl_enable=YES', 'rsa_cert_file=CERTIFICATES/server.crt', 'rsa_private_key_file=HOME/server.key'];

    it('anonymous over TLS, data connections that have to resume the session', async () => {
      const demanded = ['allow_anon_ssl=YES', 'force_anon_logins_ssl=YES', 'force_anon_data_ssl=YES'];
      const { evidence, share, verdicts } = await scanOf(vsftpd({ lines: [...anonymous, ...ssl, ...demanded] }));
      expect(evidence).toMatchObject({ anonymous: { direct: 'tls-first', overTls: 'accepted' }, dataProtection: 'works', listing: 'unix' });
      expect(share).toMatchObject({ access: 'open', content: counted });
      expect(verdicts).toMatchObject({ 'anonymous-ftp-login': 'fail' });
    });

    it('implicit TLS', async () => {
      const { endpoint, evidence, share, verdicts } = await scanOf(vsftpd({ lines: [...anonymous, ...ssl, 'allow_anon_ssl=YES', 'implicit_ssl=YES'] }));
      expect(endpoint.service).toBe('ftps');
      expect(evidence).toMatchObject({ transport: 'tls', tls: { offer: 'implicit' }, anonymous: { direct: 'accepted' }, dataProtection: 'works' });
      expect(share).toMatchObject({ content: counted });
      expect(verdicts).toMatchObject({ 'cleartext-ftp': 'pass', 'anonymous-ftp-login': 'fail', 'expired-certificate': 'pass' });
    });

    it('PASV that names another host: it is not dialled', async () => {
      const { evidence, share } = await scanOf(vsftpd({ lines: [...anonymous, 'cmds_denied=EPSV', 'pasv_address=192.0.2.1'] }));
      expect(evidence).toMatchObject({ pasvElsewhere: true, listing: 'unix' });
      expect(share).toMatchObject({ content: counted });
    });
  });

  describe('ProFTPD', () => {
    const maybe = { verdict: 'unknown', reason: expect.stringMatching(/<Limit>/) };

    it('anonymous, read-only: rights by its facts, and no more than 132 bytes of a file', async () => {
      const server = await start(proftpd({ lines: remedies.proftpdReadOnly.lines }));
      const { evidence, share, verdicts } = await scan(server);
      expect(evidence).toMatchObject({ product: { id: 'proftpd' }, clearLogin: 'taken', anonymous: { direct: 'accepted' }, listing: 'mlsd', permFacts: true });
      expect(share).toMatchObject({ rights: readOnly, content: { ...counted, sampled: { asked: 13, dicom: 13 } } });
      expect(verdicts).toMatchObject({ 'anonymous-ftp-login': 'fail', 'anonymous-ftp-write': 'pass', 'cleartext-ftp': 'fail' });
      const fetched = readFileSync(join(server.home, 'ftp.log'), 'utf8').match(/^RETR \d+/gm) ?? [];
      expect(new Set(fetched)).toEqual(new Set(['RETR 132']));
      expect(entriesSeenByLftp(server)).toBe(ftpTruth.files + ftpTruth.folders);
    });

    it('anonymous, writable: by permissions, which a <Limit> may overrule', async () => {
      const { endpoint, share } = await scanOf(proftpd({ lines: [], writable: true }));
      expect(share).toMatchObject({ rights: { read: 'yes', create: 'negotiated', delete: 'negotiated' }, content: counted });
      expect(endpoint.findings.find(({ check }) => check === 'anonymous-ftp-write')).toMatchObject(maybe);
    });

    it('a <Limit> does not show in its facts, though it refuses: no "fail" comes of that', async () => {
      const server = await start(proftpd({ lines: remedies.proftpdReadOnly.lines, writable: true }));
      const { endpoint, share } = await scan(server);
      expect(share?.rights).toMatchObject({ create: 'negotiated', delete: 'negotiated' });
      expect(endpoint.findings.find(({ check }) => check === 'anonymous-ftp-write')).toMatchObject(maybe);
      expect(uploadByCurl(server)).toMatch(/^550 /m);
    });

    it('closed to anonymous callers, as the remedy has it', async () => {
      const { evidence, verdicts } = await scanOf(proftpd({ lines: remedies.proftpdNoAnonymous.lines }));
      expect(evidence).toMatchObject({ anonymous: { direct: 'refused' }, shares: [] });
      expect(verdicts).toMatchObject({ 'anonymous-ftp-login': 'pass', 'anonymous-ftp-write': 'pass' });
    });

    it('with TLS demanded, as the remedy has it', async () => {
      const { evidence, verdicts } = await scanOf(proftpd({ outside: withTestCertificate(remedies.proftpdTls.lines) }));
      expect(evidence).toMatchObject({ tls: { offer: 'offered' }, clearLogin: 'tls-first', anonymous: { direct: 'tls-first', overTls: 'refused' } });
      expect(verdicts).toMatchObject({ 'anonymous-ftp-login': 'pass', 'anonymous-ftp-write': 'pass', 'cleartext-ftp': 'pass' });
    });

    it('anonymous over TLS', async () => {
      const { evidence, share } = await scanOf(proftpd({ lines: [], outside: withTestCertificate(remedies.proftpdTls.lines) }));
      expect(evidence).toMatchObject({ anonymous: { direct: 'tls-first', overTls: 'accepted' }, dataProtection: 'works' });
      expect(share).toMatchObject({ content: { ...counted, sampled: { asked: 13, dicom: 13 } } });
    });
  });

  describe('Pure-FTPd', () => {
    it.each([
      ['anonymous, read-only (AnonymousCantUpload)', ['-e', '-i', '-M'], false],
      ['anonymous, writable', ['-e', '-M'], true],
    ])('%s', async (_, options, writable) => {
      const { evidence, share, verdicts } = await scanOf(pureFtpd(options, writable));
      expect(evidence).toMatchObject({
        product: { id: 'pure-ftpd' },
        clearLogin: 'anonymous-only',
        anonymous: { direct: 'accepted' },
        listing: 'mlsd',
        permFacts: false,
      });
      expect(share).toMatchObject({ rights: untold, content: { ...counted, sampled: { asked: 0 } } });
      expect(verdicts).toMatchObject({ 'anonymous-ftp-login': 'fail', 'anonymous-ftp-write': 'unknown', 'cleartext-ftp': 'fail' });
    });

    it('closed to anonymous callers (NoAnonymous)', async () => {
      const { evidence, verdicts } = await scanOf(pureFtpd(['-E']));
      expect(evidence).toMatchObject({ clearLogin: 'taken', anonymous: { direct: 'announced-refused' }, shares: [] });
      expect(verdicts).toMatchObject({ 'anonymous-ftp-login': 'pass', 'anonymous-ftp-write': 'pass', 'cleartext-ftp': 'fail' });
    });

    it('with TLS demanded (TLS 3)', async () => {
      const { evidence, verdicts } = await scanOf(pureFtpd(['-E', '-Y', '3']));
      expect(evidence).toMatchObject({ tls: { offer: 'offered' }, clearLogin: 'tls-first', dataProtection: 'accepted' });
      expect(verdicts).toMatchObject({ 'anonymous-ftp-login': 'pass', 'cleartext-ftp': 'pass' });
    });

    it('anonymous over TLS', async () => {
      const { evidence, share } = await scanOf(pureFtpd(['-e', '-M', '-Y', '2']));
      expect(evidence).toMatchObject({ anonymous: { direct: 'tls-first', overTls: 'accepted' }, dataProtection: 'works' });
      expect(share).toMatchObject({ content: counted });
    });
  });

  it('no server was sent a command that could change anything', () => {
    expect(asked.flat().filter((command) => !allowed.includes(command))).toEqual([]);
    expect(asked.filter((commands) => commands.length > 0).length).toBeGreaterThan(10);
  });
});

/** What the server says where curl, not we, would put a file into the folder that its facts call writable. */
function uploadByCurl({ port }: LiveServer): string {
  const { stderr } = spawnSync('curl', ['-v', '-s', '-T', '-', `ftp://127.0.0.1:${port}/incoming/left-by-the-test`], { input: 'x', encoding: 'utf8' });
  return stderr.replace(/^< /gm, '');
}

/** Lines of the top folder, as curl prints them. */
function namesSeenByCurl({ port }: LiveServer): number {
  const { stdout } = spawnSync('curl', ['-s', `ftp://127.0.0.1:${port}/`], { encoding: 'utf8' });
  return stdout.trim().split('\n').length;
}

/** Everything below the top folder, as lftp finds it. */
function entriesSeenByLftp({ port }: LiveServer): number {
  const { stdout } = spawnSync('lftp', ['-c', `set ftp:ssl-allow no; open -p ${port} 127.0.0.1; find .`], { encoding: 'utf8' });
  return stdout.trim().split('\n').length - 1;
}
