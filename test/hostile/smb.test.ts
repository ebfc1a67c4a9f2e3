/**
 * SMB servers that misbehave, on loopback. Whatever they do, the probe ends within its limits, with evidence or with one of its
 * errors, takes no more bytes than it may, and leaves no socket behind.
 */
import type net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newDeviceLog } from '../../src/estate/device-log.js';
import { hostileFolder } from '../../src/estate/nas-trees.js';
import { type Answer, errorBody, queryDirectoryBody, shareEnumStub, smbMessages } from '../../src/estate/smb-answers.js';
import type { SmbBehaviour } from '../../src/estate/smb-behaviour.js';
import { SmbSession } from '../../src/estate/smb-session.js';
import { smb1NegotiateAnswer } from '../../src/estate/smb1-answers.js';
import { folderOf, numberedFolder, type VirtualFolder, virtualFile, virtualTree } from '../../src/estate/virtual-tree.js';
import { ConnectionFailure, NotThisProtocol } from '../../src/model/connection.js';
import { WireError } from '../../src/model/wire.js';
import type { DialLimits } from '../../src/net/limits.js';
import type { SmbEvidence } from '../../src/protocols/smb/evidence.js';
import { smbProbe } from '../../src/protocols/smb/probe.js';
import { decodeFrame, encodeFrame } from '../../src/protocols/smb/wire/frame.js';
import { commands, decodeMessages, type Message } from '../../src/protocols/smb/wire/message.js';
import { isSmb1 } from '../../src/protocols/smb/wire/smb1-message.js';
import { statuses } from '../../src/protocols/smb/wire/status.js';
import { closedWindows, guestNas, smbPeer, smbSettings } from '../fixtures/smb-peer.js';

/** Small, so that a test ends soon; long enough for a loaded machine to answer on loopback. */
const limits: DialLimits = { connectMs: 2_000, answerMs: 300, totalMs: 1_500, receiveBytes: 2_000_000 };
const oneChunk = 65_536;
/** Connections that one probe may make: the conversation, one after each share that broke off, SMB 1 and two for old versions. */
const mostConnections = 24;

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => {
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

type Serve = SmbBehaviour | ((socket: net.Socket, index: number) => void);

/** Runs the probe against the peer and checks what holds for every peer. */
async function survive(serve: Serve, settings: Partial<typeof smbSettings> = {}): Promise<SmbEvidence | string> {
  const peer = await smbPeer(serve);
  const traffic = { connections: 0, messagesSent: 0, bytesSent: 0, bytesReceived: 0 };
  try {
    const target = { endpoint: peer.endpoint, transport: 'plain' as const, settings: { ...smbSettings, ...settings } };
    const end = await smbProbe.run(target, peer.dial(limits, traffic)).catch(expectedError);
    await peer.allClosed();
    expect(traffic.bytesReceived).toBeLessThanOrEqual(traffic.connections * (limits.receiveBytes + oneChunk));
    expect(traffic.connections).toBeLessThanOrEqual(mostConnections);
    expect(peer.log.violations).toEqual([]);
    return end;
  } finally {
    await peer.stop();
  }
}

function expectedError(error: unknown): string {
  if (error instanceof NotThisProtocol) return `speaks ${error.heard}`;
  if (error instanceof ConnectionFailure) return error.outcome;
  if (error instanceof WireError) return 'malformed';
  throw error;
}

const evidenceOf = (end: SmbEvidence | string): SmbEvidence => {
  if (typeof end === 'string') throw new Error(`no evidence: ${end}`);
  return end;
};

/** What is done to the answers of one frame: other bytes, or something with the socket. */
type Twist = (answers: readonly Answer[], asked: readonly Message[], socket: net.Socket) => Uint8Array | undefined;

/** The estate's server with its answers twisted, SMB 1 refused. */
const twisted =
  (twist: Twist, behaviour: SmbBehaviour = guestNas): Serve =>
  (socket) => {
    const session = new SmbSession(behaviour, newDeviceLog());
    let waiting = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      waiting = Buffer.concat([waiting, chunk]);
      for (let decoded = decodeFrame(waiting); decoded; decoded = decodeFrame(waiting)) {
        waiting = waiting.subarray(decoded.consumed);
        if (decoded.message.type !== 'message') return;
        const { payload } = decoded.message;
        if (isSmb1(payload)) {
          socket.write(encodeFrame(smb1NegotiateAnswer(false, 0, 0)));
          continue;
        }
        const asked = decodeMessages(payload.slice());
        const bytes = twist(
          asked.map((message) => session.answer(message)),
          asked,
          socket,
        );
        if (bytes) socket.write(bytes);
      }
    });
  };

const straight = (answers: readonly Answer[]): Uint8Array => encodeFrame(smbMessages(answers));
/** Only where this command was asked, all else straight. */
const at =
  (command: keyof typeof commands, twist: Twist): Twist =>
  (answers, asked, socket) =>
    asked.some((message) => message.command === commands[command]) ? twist(answers, asked, socket) : straight(answers);
/** Changes the first answer's body. */
const withBody =
  (change: (body: Uint8Array, view: DataView) => Uint8Array | undefined): Twist =>
  (answers) =>
    straight(
      answers.map((answer) => {
        const body = answer.body.slice();
        return { ...answer, body: change(body, new DataView(body.buffer)) ?? body };
      }),
    );

const withTree = (root: VirtualFolder): SmbBehaviour => ({
  ...guestNas,
  shares: [{ name: 'imaging', remark: '', tree: virtualTree(root), letsIn: ['guest'], share: 'read', files: 'read' }],
});

describe('a peer that is no SMB server', () => {
  it.each<[string, Serve, string]>([
    ['silence', (socket) => void socket.resume(), 'timed-out'],
    ['a hang-up', (socket) => void socket.resume().end(), 'closed'],
    ['a reset', (socket) => void socket.once('data', () => socket.resetAndDestroy()), 'closed'],
    ['a web server', (socket) => void socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')), 'speaks http'],
    ['a mail server', (socket) => void socket.resume().write('220 mail.example ESMTP\r\n'), 'speaks smtp'],
    ['a frame of something else', (socket) => void socket.once('data', () => socket.write(encodeFrame(new Uint8Array(80)))), 'speaks unknown'],
    ['a length of sixteen megabytes', (socket) => void socket.once('data', () => socket.write(Uint8Array.of(0, 0xff, 0xff, 0xff))), 'malformed'],
    ['keep-alives for ever', (socket) => void socket.once('data', () => forEver(socket, Uint8Array.of(0x85, 0, 0, 0))), 'malformed'],
    ['noise for ever', (socket) => void socket.once('data', () => forEver(socket, new Uint8Array(4_096).fill(0xf1))), 'speaks unknown'],
  ])('%s', async (_, serve, end) => {
    expect(await survive(serve)).toBe(end);
  });

  it('one byte at a time, slower than anybody waits', async () => {
    const end = await survive((socket) => {
      socket.resume();
      const timer = setInterval(() => socket.write(Uint8Array.of(0)), 100);
      socket.once('close', () => clearInterval(timer));
    });
    expect(end).toBe('timed-out');
  });
});

/** Writes the same bytes as fast as they are taken. */
function forEver(socket: net.Socket, bytes: Uint8Array): void {
  const go = () => {
    if (socket.writable) socket.write(bytes, (error) => void (error ?? setImmediate(go)));
  };
  go();
}

describe('an answer that lies', () => {
  it.each<[string, Twist, Partial<SmbEvidence> | string]>([
    [
      'a dialect that nobody offered',
      at(
        'negotiate',
        withBody((_, view) => void view.setUint16(4, 0x0999, true)),
      ),
      'malformed',
    ],
    [
      'contexts outside the message',
      at(
        'negotiate',
        withBody((_, view) => void view.setUint32(60, 0xfffffff0, true)),
      ),
      'malformed',
    ],
    [
      'contexts without end',
      at(
        'negotiate',
        withBody((_, view) => void view.setUint16(6, 0xffff, true)),
      ),
      'malformed',
    ],
    [
      'a token outside the message',
      at(
        'sessionSetup',
        withBody((_, view) => void view.setUint16(6, 0xffff, true)),
      ),
      { nullSession: { answer: 'wrong-answer' } },
    ],
    [
      'a challenge that is none',
      at(
        'sessionSetup',
        withBody((body) => body.fill(0x41, 8)),
      ),
      { ntlm: null },
    ],
    [
      'a session that is asked for again and again',
      at('sessionSetup', (answers) => straight(answers.map((answer) => ({ ...answer, status: statuses.moreProcessingRequired })))),
      { nullSession: { answer: 'wrong-answer' } },
    ],
    [
      'a pipe that gives nothing',
      at(
        'ioctl',
        withBody((_, view) => void view.setUint32(36, 0, true)),
      ),
      { shareList: { answer: 'failed', by: 'stranger' } },
    ],
    [
      'an answer outside the message',
      at(
        'ioctl',
        withBody((_, view) => void view.setUint32(32, 0xfffffff0, true)),
      ),
      { shareList: { answer: 'failed', by: 'stranger' } },
    ],
    [
      'a fragment that is longer than anything',
      at(
        'ioctl',
        withBody((_, view) => void view.setUint16(48 + 8, 0xffff, true)),
      ),
      { shareList: { answer: 'failed', by: 'stranger' } },
    ],
    [
      'a count of shares that lies',
      at(
        'ioctl',
        withBody((body, view) => (body[50] === 2 ? void view.setUint32(48 + 24 + 12, 0xffffffff, true) : undefined)),
      ),
      { shareList: { answer: 'failed', by: 'stranger' } },
    ],
    ['answers to another question', (answers) => straight(answers.map((answer) => ({ ...answer, messageId: 77n }))), 'timed-out'],
    [
      'answers that never end',
      (answers, _, socket) => void forEver(socket, straight(answers.map((answer) => ({ ...answer, status: statuses.pending })))),
      'malformed',
    ],
    [
      'a chain that leads outside',
      (answers) => {
        const frame = straight(answers);
        new DataView(frame.buffer, frame.byteOffset).setUint32(4 + 20, 0xfffffff0, true);
        return frame;
      },
      'malformed',
    ],
  ])('%s', async (_, twist, shows) => {
    const end = await survive(twisted(twist));
    if (typeof shows === 'string') expect(end).toBe(shows);
    else expect(end).toMatchObject(shows);
  });

  it('shares beyond what anybody has', async () => {
    const many = Array.from({ length: 1_500 }, (_, index) => ({ name: `s${index}`, type: 0, remark: '' }));
    expect(shareEnumStub(many).length).toBeGreaterThan(65_536);
    const shares = many
      .slice(0, 40)
      .map(({ name }) => ({ name, remark: '', tree: virtualTree(folderOf({})), letsIn: ['guest'] as const, share: 'read' as const, files: 'read' as const }));
    const evidence = evidenceOf(await survive({ ...guestNas, shares }));
    expect(evidence.shares).toHaveLength(41);
    expect(evidence.shares.filter(({ access }) => access === 'open')).toHaveLength(16);
  });
});

const steps = ['negotiate', 'sessionSetup', 'treeConnect', 'create', 'ioctl', 'queryDirectory', 'read', 'close', 'logoff'] as const;

describe('a peer that ends in the middle', () => {
  it.each(steps)('a reset over %s', async (step) => {
    const end = await survive(twisted(at(step, (_, __, socket) => void socket.resetAndDestroy())));
    if (step === 'negotiate') expect(end).toBe('closed');
    else expect(evidenceOf(end).dialect).toBe('3.1.1');
  });

  it.each(steps)('silence over %s', async (step) => {
    const end = await survive(
      twisted(
        at(step, () => undefined),
        { ...guestNas, shares: guestNas.shares.slice(0, 1) },
      ),
    );
    if (step === 'negotiate') expect(end).toBe('timed-out');
    else expect(evidenceOf(end).dialect).toBe('3.1.1');
  });

  it('what was learnt of a share stays, and the next one is looked into', async () => {
    let reads = 0;
    const evidence = evidenceOf(
      await survive(
        twisted(
          at('read', (answers, asked, socket) => {
            const isFile = asked.length > 1;
            reads += isFile ? 1 : 0;
            return isFile && reads === 1 ? void socket.resetAndDestroy() : straight(answers);
          }),
        ),
      ),
    );
    expect(evidence.shares.map(({ access }) => access)).toEqual(['open', 'open', 'forbidden', 'not-tried']);
    expect(evidence.shares[1]?.content?.images.value).toBe(3);
  });

  it('a server that takes compression and answers no second connection', async () => {
    const serve: Serve = (socket, index) => {
      if (index === 0) (twisted(straight, closedWindows) as (socket: net.Socket, index: number) => void)(socket, index);
      else socket.destroy();
    };
    const evidence = evidenceOf(await survive(serve));
    expect(evidence).toMatchObject({ dialect: '3.1.1', compression: 'offered', farewell: 'cut-off', smb1: { answer: 'closed' }, oldestDialect: 'unknown' });
  });
});

describe('a share that is made to hold one up', () => {
  it('folders within themselves, names that lead elsewhere, control characters, a folder without end', async () => {
    const evidence = evidenceOf(await survive(withTree(hostileFolder()), { entryBudget: 2_000 }));
    const [share] = evidence.shares;
    expect(share?.access).toBe('open');
    expect(share?.content?.ended).not.toBe('whole');
    expect(share?.content?.cost.entries).toBeLessThan(4_000);
  });

  it('a listing that never ends', async () => {
    const page = numberedFolder({ count: 100_000_000, nameOf: (index) => `IM${index + 1}`, child: () => virtualFile('dicom', 1) });
    const evidence = evidenceOf(await survive(withTree(page), { entryBudget: 1_500 }));
    expect(evidence.shares[0]?.content).toMatchObject({ ended: 'budget', files: { basis: expect.stringMatching(/at-least|estimate/) } });
  });

  it('a listing that goes on and names nothing', async () => {
    const empty = (answers: readonly Answer[], asked: readonly Message[]) =>
      straight(
        answers.map((answer, index) =>
          asked[index]?.command === commands.queryDirectory ? { ...answer, status: 0, body: Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0, 0) } : answer,
        ),
      );
    const evidence = evidenceOf(await survive(twisted(empty)));
    expect(evidence.shares[0]).toMatchObject({ access: 'open', content: { files: { value: 0 } } });
  });

  it('one more entry with every answer, for ever', async () => {
    const entry = queryDirectoryBody([{ name: 'IM000001', kind: 'file', size: 1, modified: 0 }], 65_536).body;
    let questions = 0;
    const dripping = (answers: readonly Answer[], asked: readonly Message[]) =>
      straight(
        answers.map((answer, index) => {
          if (asked[index]?.command !== commands.queryDirectory) return answer;
          questions += 1;
          return { ...answer, status: 0, body: entry };
        }),
      );
    const evidence = evidenceOf(await survive(twisted(dripping, { ...guestNas, shares: guestNas.shares.slice(0, 1) }), { entryBudget: 50 }));
    expect(evidence.shares[0]?.content?.ended).toBe('budget');
    expect(questions).toBeLessThan(150);
  });

  it('entries that lead outside the message', async () => {
    const lying = at('queryDirectory', (answers, asked) =>
      straight(
        answers.map((answer, index) => {
          const body = answer.body.slice();
          if (asked[index]?.command === commands.queryDirectory && body.length > 20) new DataView(body.buffer).setUint32(8, 0x7fffffff, true);
          return { ...answer, body };
        }),
      ),
    );
    const evidence = evidenceOf(await survive(twisted(lying)));
    expect(evidence.shares[0]?.content?.ended).toBe('cut-off');
  });

  it('more bytes of a file than were asked for: 132 are looked at', async () => {
    const generous = at('read', (answers, asked) =>
      straight(
        answers.map((answer, index) => {
          if (asked[index]?.command !== commands.read || asked.length === 1 || answer.status !== 0) return answer;
          const body = new Uint8Array(16 + 5_000).fill(0x44);
          body.set(answer.body);
          new DataView(body.buffer).setUint32(4, 5_000, true);
          return { ...answer, body };
        }),
      ),
    );
    const evidence = evidenceOf(await survive(twisted(generous)));
    expect(evidence.shares[0]?.content?.sampled).toEqual({ asked: 3, dicom: 3 });
  });

  it('every open is refused with an error that nobody knows', async () => {
    const odd = at('create', (answers, asked) =>
      asked.length === 1 ? straight(answers) : straight(answers.map((answer) => ({ ...answer, status: 0xc0999999, body: errorBody() }))),
    );
    expect(evidenceOf(await survive(twisted(odd))).shares[0]).toMatchObject({ access: 'unclear', content: null });
  });
});
