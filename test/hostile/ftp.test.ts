/** FTP servers that are broken or mean it: each conversation ends in bounded time and memory, with what was learnt, and goes nowhere else. */
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { observe } from '../../src/audit/observe.js';
import type { Observation } from '../../src/model/observation.js';
import type { ProbeSettings } from '../../src/model/probe.js';
import { createDial, StopSwitch } from '../../src/net/dial.js';
import type { FtpEvidence } from '../../src/protocols/ftp/evidence.js';
import { ftpProbe } from '../../src/protocols/ftp/probe.js';
import { type FtpPeer, type FtpScript, type FtpSession, ftpPeer, ordinary } from './ftp-peer.js';
import { strangerSettings } from './probing.js';

const limits = { connectMs: 1_000, answerMs: 300, totalMs: 2_000, receiveBytes: 2 * 1024 * 1024 };
const canary = 'Quimbly^Hortensia';

let peer: FtpPeer;
afterEach(() => peer.stop());

async function look(script: FtpScript, settings: Partial<ProbeSettings> = {}, greeting?: string): Promise<Observation> {
  peer = await ftpPeer(script, greeting);
  const observation = await observe(
    ftpProbe,
    { endpoint: peer.endpoint, transport: 'plain', settings: { ...strangerSettings, entryBudget: 200, ...settings } },
    { dial: (target, traffic) => createDial(target.endpoint, { permit: () => undefined, limits, stop: new StopSwitch() }, traffic), now: () => Date.now() },
  );
  expect(observation.outcome).not.toBe('crashed');
  expect(JSON.stringify(observation)).not.toMatch(/Quimbly|Hortensia/);
  for (const command of peer.heard) expect(command).not.toMatch(/^(?:STOR|STOU|APPE|DELE|MKD|RMD|RNFR|RNTO|SITE|PORT|EPRT)/);
  return observation;
}

const evidenceOf = (observation: Observation): FtpEvidence => {
  if (observation.outcome !== 'observed') throw new Error(`nothing was observed: ${observation.outcome}, ${observation.detail}`);
  return observation.evidence as FtpEvidence;
};

const never = (): Promise<undefined> => new Promise(() => undefined);

/** Writes without end until the caller leaves. */
function forEver(session: FtpSession['socket'], bytes: string): void {
  const more = () => {
    while (session.writable && session.write(bytes));
  };
  session.on('drain', more);
  more();
}

const listing = (lines: string | ((socket: FtpSession['socket']) => void), replies = {}): FtpScript =>
  ordinary(async (command, session) => {
    if (command !== 'LIST') return undefined;
    await session.transfer(lines, replies);
    return 'done';
  });

const mlsd = (answer: (path: string) => string | undefined): FtpScript =>
  ordinary(async (command, session) => {
    if (command === 'FEAT') return '211-\r\n MLST type*;perm*;\r\n211 End\r\n';
    if (!command.startsWith('MLSD ')) return undefined;
    const lines = answer(command.slice(5));
    if (lines === undefined) return '550 no\r\n';
    await session.transfer(lines);
    return 'done';
  });

const file = (name: string): string => `-rw-r--r-- 1 a b 140 Jan 1 2020 ${name}\r\n`;

describe('the control connection', () => {
  const everything = (socket: FtpSession['socket']) => forEver(socket, '220-more and more\r\n');
  it.each<[string, FtpScript, string, object]>([
    ['silence', ordinary(), '', { outcome: 'timed-out' }],
    ['half a greeting', ordinary(), '220 FTP', { outcome: 'timed-out' }],
    ['a greeting of one endless line', ordinary(), `220 ftp ${'x'.repeat(100_000)}`, { outcome: 'not-this-protocol' }],
    ['a greeting of endless lines', ordinary(), `220-ftp\r\n${'x\r\n'.repeat(5_000)}`, { outcome: 'not-this-protocol' }],
    ['bytes of no protocol', ordinary(), '\x00\x01\x02\x03\r\n', { outcome: 'not-this-protocol' }],
    ['a greeting that names somebody', ordinary(), `220 FTP of ${canary}\r\n`, { outcome: 'observed' }],
    ['silence after the greeting', never, '220 FTP\r\n', { outcome: 'observed' }],
    ['hanging up at the first command', (_, { socket }) => void socket.end(), '220 FTP\r\n', { outcome: 'observed' }],
    ['a reset at the first command', (_, { socket }) => void socket.resetAndDestroy(), '220 FTP\r\n', { outcome: 'observed' }],
    ['replies without end', (_, { socket }) => void everything(socket), '220 FTP\r\n', { outcome: 'observed' }],
    ['rubbish for replies', () => `${canary}\r\n`, '220 FTP\r\n', { outcome: 'observed' }],
    ['yes to everything', () => '200 yes\r\n', '220 FTP\r\n', { outcome: 'observed' }],
    ['331 to everything', () => '331 more\r\n', '220 FTP\r\n', { outcome: 'observed' }],
    ['"wait" to everything', () => '150 wait\r\n'.repeat(10), '220 FTP\r\n', { outcome: 'observed' }],
    [
      '234 to AUTH TLS and then no TLS',
      ordinary((command) => (command === 'AUTH TLS' ? `234 go\r\n${canary}\r\n` : undefined)),
      '220 FTP\r\n',
      { outcome: 'observed' },
    ],
    [
      'replies that come unasked',
      ordinary((command) => (command === 'FEAT' ? '211 a\r\n230 in\r\n230 in\r\n230 in\r\n' : undefined)),
      '220 FTP\r\n',
      { outcome: 'observed' },
    ],
  ])('%s', async (_, script, greeting, expected) => {
    expect(await look(script, {}, greeting)).toMatchObject(expected);
  });

  it('one byte at a time, for ever', async () => {
    const drip = ordinary((command, { socket }) => {
      if (command !== 'FEAT') return undefined;
      const timer = setInterval(() => socket.writable && socket.write('2'), 20);
      socket.once('close', () => clearInterval(timer));
      return 'done';
    });
    expect(await look(drip)).toMatchObject({ outcome: 'observed', evidence: { tls: { offer: 'not-tried' }, shares: [] } });
  });
});

describe('listings', () => {
  it.each<[string, FtpScript, object]>([
    [
      'that never end',
      listing((socket) => forEver(socket, file('IM0001').repeat(50))),
      { listing: 'unix', shares: [{ content: { files: { basis: 'at-least' } } }] },
    ],
    ['of one endless line', listing((socket) => forEver(socket, 'x'.repeat(65_536))), { listing: 'unreadable' }],
    ['of lines that are none', listing((socket) => forEver(socket, 'x\r\n'.repeat(1_000))), { listing: 'unreadable' }],
    ['that stop in the middle', listing((socket) => void socket.write(file('IM0001'))), {}],
    ['that break off', listing((socket) => void socket.write(file('IM0001'), () => socket.resetAndDestroy())), {}],
    ['whose end is never told', listing(file('IM0001'), { after: '' }), {}],
    ['whose beginning is never told', listing(file('IM0001'), { before: '' }), {}],
    ['with control characters', listing(`${file('\x1b[2J\x07')}${file('a\0b')}${file('\x7f')}`), { shares: [{ content: { files: { value: 3 } } }] }],
    ['in no encoding', listing(`${file('\xff\xfe\xc3(')}${file('\xe9.dcm')}`), { shares: [{ content: { files: { value: 2 } } }] }],
    ['that break their own line', listing(file('a\rDELE b')), { shares: [{ content: { files: { value: 1 } } }] }],
    ['with sizes beyond counting', listing('-rw-r--r-- 1 a b 99999999999999999999 Jan 1 2020 x\r\n'), {}],
    ['named after people', listing(file(`${canary}.dcm`)), { shares: [{ content: { images: { value: 1 } } }] }],
  ])('%s', async (_, script, expected) => {
    expect(evidenceOf(await look(script))).toMatchObject({ anonymous: { direct: 'accepted' }, ...expected });
  });

  it('that lead elsewhere are counted and not followed', async () => {
    const ways = ['..', '../etc', '/etc', '..\\etc', 'a/../../b', '.'].map((name) => `type=dir; ${name}\r\n`).join('');
    const evidence = evidenceOf(await look(mlsd((path) => (path === '/' ? `${ways}type=OS.unix=slink:/etc; link\r\n` : undefined))));
    expect(peer.heard.filter((command) => command.startsWith('MLSD'))).toEqual(['MLSD /']);
    expect(evidence.shares[0]?.content?.folders.value).toBe(4);
  });

  it('with folders within folders without end', async () => {
    const evidence = evidenceOf(await look(mlsd((path) => `type=dir;perm=cmp; again\r\ntype=file; IM${String(path.length).padStart(4, '0')}\r\n`)));
    const asked = peer.heard.filter((command) => command.startsWith('MLSD'));
    expect(asked.length).toBeLessThan(200);
    expect(Math.max(...asked.map((command) => command.length))).toBeLessThan(1_100);
    expect(evidence.shares[0]?.content?.files.basis).not.toBe('exact');
  });

  it('take their time each, and the survey its own', async () => {
    const slow = mlsd((path) => ['a', 'b', 'c'].map((name) => `type=dir; ${name}${path.length}${path.at(-2) ?? ''}\r\n`).join(''));
    const evidence = evidenceOf(
      await look(async (command, session) => {
        if (command.startsWith('MLSD')) await new Promise((resolve) => setTimeout(resolve, 60));
        return slow(command, session);
      }),
    );
    expect(evidence.shares[0]?.content?.ended ?? 'cut-off').toMatch(/cut-off|refused|budget/);
  });
});

describe('data connections', () => {
  it('are never opened to another host, nor to a port that scope forbids', async () => {
    const dialled: number[] = [];
    const trap = createServer().listen(0, '127.0.0.2');
    await new Promise((resolve) => trap.once('listening', resolve));
    trap.on('connection', (socket) => dialled.push(socket.destroy().bytesRead));
    const address = trap.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const evidence = evidenceOf(
      await look(
        ordinary((command) => {
          if (command === 'EPSV') return '229 (|1|127.0.0.2|99|)\r\n';
          return command === 'PASV' ? `227 (127,0,0,2,${port >> 8},${port & 255})\r\n` : undefined;
        }),
      ),
    );
    await new Promise((resolve) => trap.close(resolve));
    expect(dialled).toEqual([]);
    expect(evidence).toMatchObject({ pasvElsewhere: true, listing: 'no-data-connection' });
  });

  it.each([
    ['a port that is closed', '229 (|||1|)\r\n'],
    ['a port of 0', '229 (|||0|)\r\n'],
    ['a port beyond all', '229 (|||70000|)\r\n'],
    ['no port', '229 somewhere\r\n'],
  ])('to %s', async (_, answer) => {
    const evidence = evidenceOf(await look(ordinary((command) => (command === 'EPSV' ? answer : command === 'PASV' ? '500 no\r\n' : undefined))));
    expect(evidence).toMatchObject({ listing: 'no-data-connection', shares: [{ access: 'unclear', content: null }] });
  });

  it('that nobody takes end it', async () => {
    const evidence = evidenceOf(await look(ordinary((command) => (command === 'LIST' ? 'done' : undefined))));
    expect(evidence).toMatchObject({ anonymous: { direct: 'accepted' }, shares: [{ access: 'unclear' }] });
  });
});

it('a file that is longer than the range is cut off at once', async () => {
  const script = ordinary(async (command, session) => {
    if (command === 'FEAT') return '211-\r\n MLST type*;\r\n RANG STREAM\r\n211 End\r\n';
    if (command.startsWith('RANG')) return '350 sure\r\n';
    if (command.startsWith('MLSD')) await session.transfer('type=file; a.dcm\r\ntype=file; b.dcm\r\n');
    else if (command.startsWith('RETR')) await session.transfer((socket) => forEver(socket, 'x'.repeat(1_000)));
    else return undefined;
    return 'done';
  });
  const evidence = evidenceOf(await look(script));
  expect(peer.heard.filter((command) => command.startsWith('RETR'))).toHaveLength(1);
  expect(evidence.shares[0]?.content?.files.value).toBe(2);
});
