/**
 * Recorded conversations with synthetic FTP servers (`cassettes/`), played back in pieces of every size. `DOSIMETER_CASSETTE=record`
 * writes them anew. Names of files in them are invented and name nobody.
 */
import tls from 'node:tls';
import { expect } from 'vitest';
import { type RecordedScenario, testRecordedConversations } from '../../../test/fixtures/recorded-conversations.js';
import { type FtpScript, ftpPeer, ordinary } from '../../../test/hostile/ftp-peer.js';
import { strangerSettings } from '../../../test/hostile/probing.js';
import { issueCertificate } from '../../estate/certificate.js';
import type { FtpEvidence } from './evidence.js';
import { ftpProbe } from './probe.js';

interface Scenario extends RecordedScenario {
  readonly greeting: string;
  readonly script: FtpScript;
}

const image = new Uint8Array(132);
image.set([0x44, 0x49, 0x43, 0x4d], 128);

const scenarios: Readonly<Record<string, Scenario>> = {
  'perm-facts': {
    legend:
      'In the manner of ProFTPD: MLSD with the facts of RFC 3659, a folder that anybody may write to, and the first 132 bytes of two images through RANG.',
    greeting: '220 ProFTPD 1.3.8 Server (NAS) [127.0.0.1]\r\n',
    script: ordinary(async (command, session) => {
      const listings: Readonly<Record<string, string>> = {
        'MLSD /':
          'perm=fle;type=cdir; .\r\nperm=flcdmpe;type=dir; incoming\r\nperm=adfr;size=140;type=file; IM0001\r\nperm=adfr;size=140;type=file; IM0002\r\n',
        'MLSD /incoming': 'perm=flcdmpe;type=cdir; .\r\nperm=fle;type=pdir; ..\r\n',
      };
      if (command === 'FEAT') return '211-Features:\r\n MLST modify*;perm*;size*;type*;\r\n RANG STREAM\r\n UTF8\r\n211 End\r\n';
      if (command === 'RANG 0 131') return '350 Transferring byte range of 132 bytes starting from 0\r\n';
      const data = command.startsWith('RETR ') ? image : listings[command];
      if (data === undefined) return undefined;
      await session.transfer(data);
      return 'done';
    }),
    shows: {
      product: { id: 'proftpd', version: '1.3.8' },
      listing: 'mlsd',
      shares: [{ rights: { read: 'yes', create: 'negotiated', edit: 'no' }, content: { images: { value: 2 }, sampled: { asked: 2, dicom: 2 } } }],
    },
  },
  'list-only': {
    legend:
      'In the manner of vsftpd behind another greeting: anonymous callers only, LIST, its name in the answer to STAT, and nothing that tells who may write.',
    greeting: '220 Welcome\r\n',
    script: ordinary(async (command, session) => {
      if (command === 'USER dosimeter') return '530 This FTP server is anonymous only.\r\n';
      if (command === 'USER anonymous') return '230 Login successful.\r\n';
      if (command === 'STAT') return '211-FTP server status:\r\n     Logged in as ftp\r\n     vsFTPd 3.0.3 - secure, fast, stable\r\n211 End of status\r\n';
      if (command !== 'LIST') return undefined;
      await session.transfer(
        '-rw-r--r--    1 0        0             140 Nov 25 2019 IM0001\r\nlrwxrwxrwx    1 0        0               4 Nov 25 2019 up -> ..\r\n',
      );
      return 'done';
    }),
    shows: {
      product: { id: 'vsftpd', version: '3.0.3' },
      clearLogin: 'anonymous-only',
      listing: 'unix',
      shares: [{ rights: { read: 'yes', create: 'unknown' }, content: { images: { value: 1 }, files: { value: 2 } } }],
    },
  },
  'tls-first': {
    legend: 'Demands TLS of everybody, and inside TLS refuses anonymous callers. The certificate is synthetic.',
    greeting: '220 ProFTPD Server ready\r\n',
    script: async (command, session) => {
      const isSecure = session.socket instanceof tls.TLSSocket;
      if (command === 'AUTH TLS') {
        session.secure(await context, '234 AUTH TLS successful\r\n');
        return undefined;
      }
      if (command.startsWith('P')) return command.startsWith('PASS') ? '530 Login incorrect.\r\n' : '200 so be it\r\n';
      if (command.startsWith('USER')) return isSecure ? '331 Password required\r\n' : '550 SSL/TLS required on the control channel\r\n';
      return command === 'QUIT' ? '221 Goodbye\r\n' : '211-Features:\r\n AUTH TLS\r\n PBSZ\r\n PROT\r\n211 End\r\n';
    },
    shows: {
      tls: { offer: 'offered', version: 'TLSv1.3', certificate: { selfSigned: true, key: { type: 'ec', bits: 256 } } },
      clearLogin: 'tls-first',
      anonymous: { direct: 'tls-first', overTls: 'refused' },
      dataProtection: 'accepted',
      shares: [],
    },
  },
  'ms-dos-and-pasv': {
    legend: 'In the manner of an old IIS: no FEAT, no EPSV, PASV that names an address behind a router, folders as MS-DOS lists them.',
    greeting: '220 Microsoft FTP Service\r\n',
    script: ordinary(async (command, session) => {
      if (command === 'FEAT' || command === 'EPSV') return '500 Invalid command.\r\n';
      if (command === 'PASV') {
        const port = await session.listen();
        return `227 Entering Passive Mode (192,0,2,10,${port >> 8},${port & 255}).\r\n`;
      }
      if (command !== 'LIST') return undefined;
      await session.transfer('11-25-19  10:11AM                  140 IM0001.dcm\r\n11-25-19  10:11AM                  900 backup.zip\r\n');
      return 'done';
    }),
    shows: { product: { id: 'iis' }, pasvElsewhere: true, listing: 'ms-dos', shares: [{ content: { images: { value: 1 }, files: { value: 2 } } }] },
  },
  'private-system': {
    legend: 'In the manner of Pure-FTPd without anonymous callers, which says so in its greeting: it is not asked.',
    greeting: '220---------- Welcome to Pure-FTPd [privsep] ----------\r\n220-This is a private system - No anonymous login\r\n220 Bye\r\n',
    script: ordinary(),
    shows: { product: { id: 'pure-ftpd' }, anonymous: { direct: 'announced-refused' }, clearLogin: 'taken', shares: [] },
  },
};

const context = (async () => {
  const issued = await issueCertificate({
    subject: 'synthetic',
    key: 'ec256',
    digest: 'sha256',
    notBefore: new Date('2026-01-01'),
    notAfter: new Date('2046-01-01'),
  });
  return tls.createSecureContext({ cert: issued.certificatePem, key: issued.privateKeyPem });
})();

const settings = { ...strangerSettings, nonce: 'TAPE00' };

testRecordedConversations<Scenario, FtpEvidence>({
  folder: new URL('cassettes/', import.meta.url),
  scenarios,
  probe: (dial) => ftpProbe.run({ endpoint: { host: '127.0.0.1', address: '127.0.0.1', port: 21 }, transport: 'plain', settings }, dial),
  async withPeer({ script, greeting }, talk) {
    const peer = await ftpPeer(script, greeting);
    await talk(peer.dial()).finally(() => peer.stop());
  },
  isRepeatable: false,
  /** A certificate is made anew with each run. */
  common: ({ tls: { certificate: _, ...rest }, ...evidence }) => ({ ...evidence, tls: rest }),
  check(_text, sent) {
    for (const command of sent)
      expect(String.fromCharCode(...command)).toMatch(
        /^(?:USER (?:dosimeter|anonymous)|PASS dosimeter@|AUTH TLS|PBSZ 0|PROT P|FEAT|SYST|HELP|STAT|PWD|TYPE I|EPSV|PASV|LIST|RANG 0 131|QUIT|(?:CWD|MLSD|RETR) \/[^\r\n]*)\r\n$/,
      );
  },
});
