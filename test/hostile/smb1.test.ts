/**
 * Servers that speak SMB 1 alone and misbehave, on loopback. Whatever they do, the probe ends within its limits with what it learnt, takes no more bytes than it
 * may, asks for nothing that changes a file, and leaves no socket behind.
 */
import type net from 'node:net';
import { describe, expect, it } from 'vitest';
import { newDeviceLog } from '../../src/estate/device-log.js';
import { hostileFolder } from '../../src/estate/nas-trees.js';
import { Smb1Session } from '../../src/estate/smb1-session.js';
import { numberedFolder, virtualFile, virtualTree } from '../../src/estate/virtual-tree.js';
import type { DialLimits } from '../../src/net/limits.js';
import type { SmbEvidence } from '../../src/protocols/smb/evidence.js';
import { smbProbe } from '../../src/protocols/smb/probe.js';
import { decodeFrame, encodeFrame } from '../../src/protocols/smb/wire/frame.js';
import { type Smb1Command, smb1Commands } from '../../src/protocols/smb/wire/smb1-message.js';
import { oldNas, smbPeer, smbSettings } from '../fixtures/smb-peer.js';

const limits: DialLimits = { connectMs: 2_000, answerMs: 300, totalMs: 1_500, receiveBytes: 2_000_000 };
const oneChunk = 65_536;
const mostConnections = 24;

/** What is done to the messages that answer one; `undefined`: nothing is sent. */
type Twist = (answers: readonly Uint8Array[], socket: net.Socket) => readonly Uint8Array[] | undefined;

/** The estate's old NAS, whose answers to one command are twisted from the `from`th on. */
async function survive(command: Smb1Command | 'none', twist: Twist, behaviour = oldNas, from = 0, entryBudget = 2_000): Promise<SmbEvidence> {
  const log = newDeviceLog();
  let met = 0;
  const peer = await smbPeer((socket) => {
    const session = new Smb1Session(behaviour, log);
    let waiting = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      waiting = Buffer.concat([waiting, chunk]);
      for (let decoded = decodeFrame(waiting); decoded?.message.type === 'message'; decoded = decodeFrame(waiting)) {
        waiting = waiting.subarray(decoded.consumed);
        const { payload } = decoded.message;
        if (payload[0] !== 0xff) return void socket.end();
        const isMeant = command !== 'none' && payload[4] === smb1Commands[command];
        if (isMeant) met += 1;
        const answers = session.answer(payload.slice());
        for (const answer of (isMeant && met > from ? twist(answers, socket) : answers) ?? []) socket.write(encodeFrame(answer));
      }
      return undefined;
    });
  });
  const traffic = { connections: 0, messagesSent: 0, bytesSent: 0, bytesReceived: 0 };
  try {
    const target = { endpoint: peer.endpoint, transport: 'plain' as const, settings: { ...smbSettings, entryBudget } };
    const evidence = await smbProbe.run(target, peer.dial(limits, traffic));
    await peer.allClosed();
    expect(traffic.bytesReceived).toBeLessThanOrEqual(traffic.connections * (limits.receiveBytes + oneChunk));
    expect(traffic.connections).toBeLessThanOrEqual(mostConnections);
    expect(log.violations).toEqual([]);
    return evidence;
  } finally {
    await peer.stop();
  }
}

/** Changes 16 bits in each answer, from the first word. */
const withWord =
  (at: number, value: number): Twist =>
  (answers) =>
    answers.map((answer) => {
      const copy = answer.slice();
      new DataView(copy.buffer).setUint16(33 + at, value, true);
      return copy;
    });
const forEver: Twist = (answers, socket) => {
  const go = () => {
    if (socket.writable) for (const answer of answers) socket.write(encodeFrame(answer), (error) => void (error ?? setImmediate(go)));
  };
  go();
  return undefined;
};
const cutTo =
  (length: number): Twist =>
  (answers) =>
    answers.map((answer) => answer.subarray(0, length));

const unclear = { shares: [{ label: 'imaging', access: 'unclear' }] };
const one = { ...oldNas, shares: oldNas.shares.slice(0, 1) };

describe('an answer that lies', () => {
  it.each<[string, Smb1Command, Twist, object]>([
    ['a session that is cut off in its header', 'sessionSetup', cutTo(20), { nullSession: { answer: 'wrong-answer' } }],
    ['a word count beyond the message', 'treeConnect', (answers) => answers.map((answer) => answer.slice().fill(0xff, 32, 33)), { shares: [] }],
    ['a listing outside the message', 'transaction2', withWord(14, 0xfff0), unclear],
    ['parameters outside the message', 'transaction2', withWord(8, 0xfff0), unclear],
    ['a part that leaves a gap', 'transaction2', withWord(16, 7), unclear],
    ['a total that never comes', 'transaction2', withWord(2, 0xffff), unclear],
    ['the same part for ever', 'transaction2', (answers, socket) => forEver(withWord(2, 0xffff)(answers, socket) ?? [], socket), unclear],
    ['fewer entries than there are', 'transaction2', withWord(20 + 2 + 1 + 2, 0), unclear],
    ['an answer of the pipe outside the message', 'transaction', withWord(14, 0xfff0), { shareList: { answer: 'failed' }, shares: [] }],
    ['an answer of the pipe without words', 'transaction', cutTo(32 + 1), { shareList: { answer: 'failed' }, shares: [] }],
    ['first bytes outside the message', 'read', withWord(12, 0xfff0), { shares: [{ access: 'open', content: { ended: 'cut-off' } }] }],
    ['answers to another question', 'treeConnect', (answers) => answers.map((answer) => answer.slice().fill(0x77, 30, 32)), { shares: [] }],
    [
      'answers to another question, for ever',
      'treeConnect',
      (answers, socket) =>
        forEver(
          answers.map((each) => each.slice().fill(7, 30, 32)),
          socket,
        ),
      { shares: [] },
    ],
  ])('%s', async (_, command, twist, shows) => {
    expect(await survive(command, twist, one)).toMatchObject({ dialect: null, smb1: { answer: 'accepted' }, ...labelled(shows) });
  });
});

/** The shares of the table, and IPC$ behind them. */
const labelled = (shows: object): object =>
  'shares' in shows && Array.isArray(shows.shares) && shows.shares.length > 0 ? { ...shows, shares: [...shows.shares, {}] } : shows;

const steps = ['sessionSetup', 'treeConnect', 'create', 'transaction', 'transaction2', 'read', 'close', 'treeDisconnect', 'logoff'] as const;

describe('a peer that ends in the middle', () => {
  it.each(steps)('a reset over %s', async (step) => {
    const evidence = await survive(step, (_, socket) => void socket.resetAndDestroy());
    expect(evidence).toMatchObject({ dialect: null, smb1: { answer: 'accepted' } });
  });

  it.each(steps)('silence over %s', async (step) => {
    const evidence = await survive(step, () => undefined, one);
    expect(evidence).toMatchObject({ dialect: null, smb1: { answer: 'accepted' } });
  });

  it('what was learnt of a share stays, and the next one is looked into', async () => {
    let reads = 0;
    const evidence = await survive('read', (answers, socket) => {
      reads += 1;
      return reads === 1 ? void socket.resetAndDestroy() : answers;
    });
    expect(evidence.shares.map(({ access }) => access)).toEqual(['open', 'open', 'forbidden', 'not-tried']);
    expect(evidence.shares[1]?.content?.images.value).toBe(3);
  });
});

describe('a share that is made to hold one up', () => {
  const withTree = (tree: (typeof oldNas.shares)[number]['tree']) => ({
    ...oldNas,
    shares: [{ name: 'imaging', remark: '', tree, letsIn: ['guest'] as const, share: 'read' as const, files: 'read' as const }],
  });
  const straight: Twist = (answers) => answers;

  it('folders within themselves, names that lead elsewhere, control characters, a folder without end', async () => {
    const [share] = (await survive('none', straight, withTree(virtualTree(hostileFolder())))).shares;
    expect(share?.access).toBe('open');
    expect(share?.content?.ended).not.toBe('whole');
    expect(share?.content?.cost.entries).toBeLessThan(4_000);
  });

  it('a listing that never ends', async () => {
    const page = numberedFolder({ count: 100_000_000, nameOf: (index) => `IM${index + 1}`, child: () => virtualFile('dicom', 1) });
    const [share] = (await survive('none', straight, withTree(virtualTree(page)), 0, 1_500)).shares;
    expect(share?.content).toMatchObject({ ended: 'budget', files: { basis: expect.stringMatching(/at-least|estimate/) } });
  });

  it('a listing that goes on and names nothing', async () => {
    const hollow: Twist = (answers) => answers.map((answer) => hollowed(answer));
    const [share] = (await survive('transaction2', hollow, one)).shares;
    expect(share?.content).toMatchObject({ files: { value: 0 } });
    expect(share?.content?.ended).not.toBe('whole');
  });

  it('a file that sends more than was asked for: no more than 132 bytes are looked at', async () => {
    const generous: Twist = (answers) => answers.map((answer) => longer(answer, 20_000));
    const [share] = (await survive('read', generous, one)).shares;
    expect(share?.content?.sampled).toEqual({ asked: 3, dicom: 3 });
  });
});

/** Says that entries came and that there are more, and brings none. */
function hollowed(answer: Uint8Array): Uint8Array {
  const copy = answer.slice();
  if (copy[32] === 0) return copy; // a refusal
  const view = new DataView(copy.buffer);
  view.setUint16(33 + 2, 0, true); // TotalDataCount
  view.setUint16(33 + 12, 0, true); // DataCount
  const parameters = view.getUint16(33 + 8, true);
  const isFirst = view.getUint16(33, true) === 10;
  view.setUint16(parameters + (isFirst ? 2 : 0), 5, true);
  view.setUint16(parameters + (isFirst ? 4 : 2), 0, true);
  return copy;
}

function longer(answer: Uint8Array, length: number): Uint8Array {
  const copy = new Uint8Array(answer.length + length);
  copy.set(answer);
  const view = new DataView(copy.buffer);
  view.setUint16(33 + 10, view.getUint16(33 + 10, true) + length, true); // DataLength
  return copy;
}
