import { afterEach, describe, expect, it } from 'vitest';
import { type FtpPeer, type FtpScript, ftpPeer, ordinary } from '../../../test/hostile/ftp-peer.js';
import { strangerSettings } from '../../../test/hostile/probing.js';
import { NotThisProtocol, type Transport } from '../../model/connection.js';
import type { ProbeSettings } from '../../model/probe.js';
import type { FtpEvidence } from './evidence.js';
import { ftpProbe } from './probe.js';

let peer: FtpPeer;
afterEach(() => peer.stop());

async function probe(
  script: FtpScript,
  settings: Partial<ProbeSettings> = {},
  greeting?: string,
  transport: Transport = 'plain',
  totalMs = 10_000,
): Promise<FtpEvidence> {
  peer = await ftpPeer(script, greeting);
  const target = { endpoint: peer.endpoint, transport, settings: { ...strangerSettings, ...settings } };
  const evidence = await ftpProbe.run(target, peer.dial({ answerMs: 1_000, totalMs }));
  await peer.allClosed();
  return evidence;
}

const mlstFeatures = '211-Features:\r\n MLST type*;size*;perm*;\r\n RANG STREAM\r\n211 End\r\n';
const image = new Uint8Array(132);
image.set([0x44, 0x49, 0x43, 0x4d], 128);

/** Path → lines of MLSD. */
const folders = (tree: Readonly<Record<string, readonly string[]>>, file: Uint8Array = image): FtpScript =>
  ordinary(async (command, session) => {
    if (command === 'FEAT') return mlstFeatures;
    if (command === 'RANG 0 131') return '350 range of 132 bytes\r\n';
    const [verb, path = ''] = command.split(' ');
    if (verb === 'RETR') await session.transfer(file);
    else if (verb === 'MLSD' && tree[path]) await session.transfer(tree[path].map((line) => `${line}\r\n`).join(''));
    else return verb === 'MLSD' ? '550 no\r\n' : undefined;
    return 'done';
  });

describe('an open server', () => {
  it('is counted, and its facts tell who may write', async () => {
    const tree = {
      '/': ['perm=fle;type=cdir; .', 'perm=fle;type=dir; images', 'perm=flcdmpe;type=dir; incoming', 'perm=r;type=file;size=3; DICOMDIR'],
      '/images': ['perm=r;type=file;size=140; a.dcm', 'perm=r;type=file;size=140; b.dcm'],
      '/incoming': ['perm=flcdmpe;type=cdir; .'],
    };
    const evidence = await probe(folders(tree));
    expect(evidence).toMatchObject({ listing: 'mlsd', permFacts: true, anonymous: { direct: 'accepted' }, clearLogin: 'taken', tls: { offer: 'refused' } });
    expect(evidence.shares).toMatchObject([
      {
        label: '/',
        access: 'open',
        rights: { read: 'yes', create: 'negotiated', edit: 'no', delete: 'negotiated' },
        content: { images: { value: 2, basis: 'exact' }, folders: { value: 2 }, sampled: { asked: 2, dicom: 2 }, ended: 'whole' },
      },
    ]);
    expect(peer.heard.filter((command) => command.startsWith('RETR'))).toEqual(['RETR /images/a.dcm', 'RETR /images/b.dcm']);
    expect(peer.heard.filter((command) => command.startsWith('RANG'))).toHaveLength(2);
    expect(peer.heard.at(-1)).toBe('QUIT');
    expect(peer.connections).toBe(1);
    expect(evidence.commands).toBe(peer.heard.length);
  });

  it('without facts about writing says nothing of it', async () => {
    const evidence = await probe(
      ordinary(async (command, session) => {
        if (command !== 'LIST') return undefined;
        await session.transfer('drwxrwxrwx 2 a b 0 Jan 1 2020 .\r\n-rw-rw-rw- 1 a b 140 Jan 1 2020 IM0001\r\n');
        return 'done';
      }),
    );
    expect(evidence).toMatchObject({ listing: 'unix', permFacts: false });
    expect(evidence.shares[0]?.rights).toEqual({ read: 'yes', create: 'unknown', edit: 'unknown', delete: 'unknown' });
    expect(evidence.shares[0]?.content?.sampled).toEqual({ asked: 0, dicom: 0 });
    expect(peer.heard.some((command) => /^RETR|^RANG|^TYPE/.test(command))).toBe(false);
  });

  it('is not sampled where that was not wanted', async () => {
    const evidence = await probe(folders({ '/': ['type=file; a.dcm'] }), { sample: false });
    expect(evidence.shares[0]?.content).toMatchObject({ images: { value: 1 }, sampled: { asked: 0 } });
    expect(peer.heard.join('\n')).not.toMatch(/RETR|RANG/);
  });

  it('is left at touch handshake, after its greeting and its TLS', async () => {
    const evidence = await probe(folders({ '/': [] }), { touch: 'handshake' });
    expect(peer.heard).toEqual(['FEAT', 'AUTH TLS', 'QUIT']);
    expect(evidence).toMatchObject({ anonymous: { direct: 'not-tried' }, clearLogin: 'not-tried', shares: [] });
  });

  it('is asked for LIST where MLSD was offered and is not known', async () => {
    const evidence = await probe(
      ordinary(async (command, session) => {
        if (command === 'FEAT') return mlstFeatures;
        if (command.startsWith('MLSD')) return '500 what?\r\n';
        if (command !== 'LIST') return undefined;
        await session.transfer('01-23-20  10:15AM  132 IM0001.dcm\r\n');
        return 'done';
      }),
    );
    expect(evidence).toMatchObject({ listing: 'ms-dos', shares: [{ access: 'open', content: { images: { value: 1 } } }] });
  });

  it('that sends more than the range is cut off, and not asked again', async () => {
    const evidence = await probe(folders({ '/': ['type=file; a.dcm', 'type=file; b.dcm'] }, new Uint8Array(100_000)));
    expect(peer.heard.filter((command) => command.startsWith('RETR'))).toHaveLength(1);
    expect(evidence.shares[0]?.content?.images).toMatchObject({ value: 0, basis: 'estimate', high: 2 });
  });

  it('leads to the folder of the login', async () => {
    const script = folders({ '/pub/nas': ['type=file; a.dcm'] });
    const evidence = await probe((command, session) => (command === 'PWD' ? '257 "/pub/nas" here\r\n' : script(command, session)));
    expect(evidence.shares[0]?.content?.images.value).toBe(1);
  });
});

describe('a server that keeps people out', () => {
  it.each<[string, FtpScript, object, string?]>([
    ['by refusing the name', ordinary((command) => (command.startsWith('USER a') ? '530 no\r\n' : undefined)), { anonymous: { direct: 'refused' } }],
    [
      'by refusing the password',
      ordinary((command) => (command.startsWith('PASS') ? '530 Login incorrect.\r\n' : undefined)),
      { anonymous: { direct: 'refused' } },
    ],
    [
      'until TLS runs, which it cannot',
      ordinary((command) => (command.startsWith('USER') ? '550 SSL/TLS required on the control channel\r\n' : undefined)),
      { clearLogin: 'tls-first', anonymous: { direct: 'tls-first', overTls: 'not-tried' }, tls: { offer: 'refused' } },
    ],
    ['as IIS does', ordinary((command) => (command.startsWith('USER') ? '534 Policy requires SSL.\r\n' : undefined)), { clearLogin: 'tls-first' }],
    [
      'as FileZilla does',
      ordinary((command) => (command.startsWith('USER') ? '503 Use AUTH first.\r\n' : undefined)),
      { clearLogin: 'tls-first', anonymous: { direct: 'tls-first' } },
    ],
    [
      'as vsftpd does, and hangs up',
      ordinary((command, { socket }) => {
        if (command !== 'USER dosimeter') return command.startsWith('PASS') ? '530 Login incorrect.\r\n' : undefined;
        socket.end('530 Non-anonymous sessions must use encryption.\r\n');
        return 'done';
      }),
      { clearLogin: 'tls-first', anonymous: { direct: 'refused' }, product: { id: 'vsftpd' } },
    ],
    [
      'and says so first',
      ordinary(),
      { anonymous: { direct: 'announced-refused' } },
      '220-Pure-FTPd\r\n220-This is a private system - No anonymous login\r\n220 x\r\n',
    ],
    ['because it is full', ordinary(), { greeting: 'busy', anonymous: { direct: 'not-tried' } }, '421 FTP: too many users\r\n'],
    ['for now', ordinary((command) => (command.startsWith('USER') ? '421 later\r\n' : undefined)), { anonymous: { direct: 'busy' } }],
  ])('%s', async (_, script, expected, greeting) => {
    const evidence = await probe(script, {}, greeting);
    expect(evidence).toMatchObject({ ...expected, shares: [], listing: 'not-tried' });
    expect(peer.heard.filter((command) => command.startsWith('PASS')).length).toBeLessThanOrEqual(1);
  });

  it('by silence, which is waited for as long as a slow refusal takes', async () => {
    const silent = ordinary((command) => (command.startsWith('USER') ? 'done' : undefined));
    expect(await probe(silent, {}, undefined, 'plain', 2_500)).toMatchObject({ anonymous: { direct: 'no-answer' }, clearLogin: 'no-answer', shares: [] });
  });

  it('but not from listing its refusal', async () => {
    const evidence = await probe(ordinary((command) => (command === 'LIST' ? '550 Permission denied.\r\n' : undefined)));
    expect(evidence).toMatchObject({ listing: 'refused', shares: [{ access: 'forbidden', rights: { read: 'no', create: 'unknown' }, content: null }] });
  });

  it('lets any name in as anonymous', async () => {
    await probe(ordinary((command) => (command.startsWith('USER') ? '230 Anonymous user logged in\r\n' : undefined)));
    expect(peer.heard.filter((command) => command.startsWith('USER'))).toEqual(['USER dosimeter']);
  });
});

describe('data connections', () => {
  it('go to the address that is examined, whatever PASV names', async () => {
    const evidence = await probe(
      ordinary(async (command, session) => {
        if (command === 'EPSV') return '500 no\r\n';
        if (command === 'PASV') {
          const port = await session.listen();
          return `227 Entering Passive Mode (192,0,2,1,${port >> 8},${port & 255})\r\n`;
        }
        if (command !== 'LIST') return undefined;
        await session.transfer('-rw-r--r-- 1 a b 140 Jan 1 2020 IM0001\r\n');
        return 'done';
      }),
    );
    expect(evidence).toMatchObject({ pasvElsewhere: true, listing: 'unix' });
  });

  it('that cannot be had leave the listing unknown', async () => {
    const evidence = await probe(ordinary((command) => (command === 'EPSV' || command === 'PASV' ? '425 cannot\r\n' : undefined)));
    expect(evidence).toMatchObject({ listing: 'no-data-connection', shares: [{ access: 'unclear', rights: { read: 'unknown' }, content: null }] });
  });
});

it.each([
  ['SSH', 'SSH-2.0-x\r\n', 'ssh'],
  ['a mail server', '220 mail ESMTP\r\n', 'smtp'],
  ['a web server that speaks first', 'HTTP/1.1 400 Bad Request\r\n', 'http'],
  ['news', '200 news\r\n', 'unknown'],
])('%s is left alone', async (_, greeting, heard) => {
  const error = await probe(ordinary(), {}, greeting).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(NotThisProtocol);
  expect(error).toMatchObject({ heard });
  expect(peer.heard).toEqual([]);
});
