/**
 * Peers that misbehave, on loopback. Whatever they do, the probe ends within its limits, with evidence or with one of its
 * two errors, takes no more bytes than it may, and leaves no socket behind. What the evidence says of milder oddities
 * stands beside the probe.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConnectionFailure, NotThisProtocol } from '../../src/model/connection.js';
import type { DialLimits } from '../../src/net/limits.js';
import type { DicomEvidence } from '../../src/protocols/dicom/evidence.js';
import { dicomProbe } from '../../src/protocols/dicom/probe.js';
import { ByteWriter } from '../../src/protocols/dicom/wire/byte-writer.js';
import { encodeDataSet } from '../../src/protocols/dicom/wire/data-set.js';
import { commandFields, encodeCommand, statuses } from '../../src/protocols/dicom/wire/dimse-command.js';
import { encodePdu } from '../../src/protocols/dicom/wire/encode-pdu.js';
import type { AssociateRequest, DataValue, Pdu } from '../../src/protocols/dicom/wire/pdu.js';
import { implicitVrLittleEndian } from '../../src/protocols/dicom/wire/uids.js';
import { dialTo, noTraffic, strangerSettings } from './probing.js';
import { type Archive, acceptance, archiveScript, type Exchange, study } from './scripted-archive.js';
import { type Caller, type Script, scriptedPeer } from './scripted-peer.js';

/** Small, so that a silent peer's test ends soon; long enough for a loaded machine to answer on loopback. */
const limits: DialLimits = { connectMs: 5_000, answerMs: 800, totalMs: 1_600, receiveBytes: 300_000 };
/** For peers that keep the machine busy until the limit of bytes: no deadline may end them before. */
const patience: DialLimits = { connectMs: 10_000, answerMs: 10_000, totalMs: 20_000, receiveBytes: limits.receiveBytes };
/** The largest piece that one read of a socket gives. */
const oneChunk = 65_536;

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => {
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

interface Survived {
  /** The evidence, `speaks …`, or the outcome of the failure. */
  readonly end: Partial<DicomEvidence> | string;
  readonly connections: number;
}

/** Runs the probe against the peer and checks what holds for every peer. */
async function survive(script: Script, within: DialLimits = limits): Promise<Survived> {
  const peer = await scriptedPeer(script);
  const traffic = noTraffic();
  try {
    const target = { endpoint: peer.endpoint, transport: 'plain' as const, settings: strangerSettings };
    const end = await dicomProbe.run(target, dialTo(peer, within, traffic)).catch(expectedError);
    await peer.allClosed();
    expect(traffic.bytesReceived).toBeLessThanOrEqual(traffic.connections * (within.receiveBytes + oneChunk));
    expect(traffic.connections).toBeLessThanOrEqual(4);
    return { end, connections: peer.connections };
  } finally {
    await peer.stop();
  }
}

function expectedError(error: unknown): string {
  if (error instanceof NotThisProtocol) return `speaks ${error.heard}`;
  if (error instanceof ConnectionFailure) return error.outcome;
  throw error;
}

const latin = (text: string): Uint8Array => Uint8Array.from([...text].map((character) => character.charCodeAt(0)));

async function requestOf(caller: Caller): Promise<AssociateRequest> {
  const pdu = await caller.hear();
  if (pdu.type !== 'associate-request') throw new Error(`${pdu.type} where an association request was due`);
  return pdu;
}

/** Says these bytes in answer to the association request. */
const answering =
  (bytes: (request: AssociateRequest) => Uint8Array): Script =>
  async (caller) =>
    caller.sayBytes(bytes(await requestOf(caller)));

/** Says these bytes over and over, as fast as they are taken. */
async function forEver(caller: Caller, bytes: Uint8Array): Promise<void> {
  for (;;) await caller.sayBytes(bytes);
}

/** One byte at a time, for ever; slow for a test of this size. */
async function drip(caller: Caller, bytes: Uint8Array): Promise<void> {
  for (let at = 0; ; at = (at + 1) % bytes.length) {
    await caller.sayBytes(bytes.subarray(at, at + 1));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A PDU of this type and stated length, with a body that may be shorter. */
function claimed(type: number, length: number, body: Uint8Array = new Uint8Array(0)): Uint8Array {
  return new ByteWriter().uint8(type, 0).uint32be(length).bytes(body).finish();
}

/** An acceptance whose variable items are these bytes. */
function acceptanceWith(items: Uint8Array): Uint8Array {
  return claimed(2, 68 + items.length, new ByteWriter().uint16be(1).zeros(2).ascii('A'.padEnd(16)).ascii('B'.padEnd(16)).zeros(32).bytes(items).finish());
}

const value = (part: Partial<DataValue>): Pdu => ({
  type: 'data-transfer',
  values: [{ contextId: 1, isCommand: true, isLast: false, data: new Uint8Array(0), ...part }],
});

function nestedSequences(depth: number): Uint8Array {
  const writer = new ByteWriter();
  for (let level = 0; level < depth; level += 1)
    writer.uint16le(0x0008).uint16le(0x1115).uint32le(0xffffffff).uint16le(0xfffe).uint16le(0xe000).uint32le(0xffffffff);
  return writer.finish();
}

describe('before anything was understood', () => {
  const peers: readonly (readonly [string, Script, string])[] = [
    ['silence', async () => undefined, 'timed-out'],
    ['silence after the request', async (caller) => void (await caller.hear()), 'timed-out'],
    ['one byte at a time', async (caller) => drip(caller, Uint8Array.of(2, 0, 0, 0, 0xff, 0, 0, 0)), 'timed-out'],
    ['noise', async (caller) => caller.sayBytes(latin('\xde\xad\xbe\xef\x00\x01\x02\x03\x04\x05')), 'speaks unknown'],
    ['noise for ever', async (caller) => forEver(caller, new Uint8Array(50_000).fill(0xa5)), 'speaks unknown'],
    ['a PDU of four gigabytes', answering(() => claimed(2, 0xffffffff, new Uint8Array(100))), 'speaks unknown'],
    ['an acceptance one byte over the limit', answering(() => claimed(2, 131_073, new Uint8Array(100))), 'speaks unknown'],
    [
      'an acceptance that never ends',
      async (caller) => {
        await caller.hear();
        await caller.sayBytes(claimed(2, 131_000));
        await drip(caller, new Uint8Array(1));
      },
      'timed-out',
    ],
    ['an acceptance cut in its fixed part', answering(() => claimed(2, 20, new Uint8Array(20))), 'speaks unknown'],
    ['an item longer than the acceptance', answering(() => acceptanceWith(Uint8Array.of(0x21, 0, 0xff, 0xff, 1, 0, 0, 0))), 'speaks unknown'],
    ['an item header cut short', answering(() => acceptanceWith(Uint8Array.of(0x50, 0, 0))), 'speaks unknown'],
    ['a sub-item longer than its item', answering(() => acceptanceWith(Uint8Array.of(0x50, 0, 0, 4, 0x51, 0, 0, 9))), 'speaks unknown'],
    ['60,000 items', answering(() => acceptanceWith(new Uint8Array(240_000))), 'speaks unknown'],
    ['data without end', async (caller) => forEver(caller, encodePdu(value({ data: new Uint8Array(16_000) }))), 'speaks unknown'],
    ['a release request', answering(() => encodePdu({ type: 'release-request' })), 'speaks unknown'],
    ['its own request', answering((request) => encodePdu(request)), 'speaks unknown'],
    ['a web server', async (caller) => caller.sayBytes(latin('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')), 'speaks http'],
    ['a web page', async (caller) => caller.sayBytes(latin('<!DOCTYPE html><title>x</title>')), 'speaks http'],
    ['a file server', async (caller) => caller.sayBytes(latin('220 ready\r\n')), 'speaks ftp'],
    ['a mail server', async (caller) => caller.sayBytes(latin('220 host.example ESMTP\r\n')), 'speaks smtp'],
    ['a greeting without an end', async (caller) => drip(caller, latin('220 ')), 'timed-out'],
    ['a shell', async (caller) => caller.sayBytes(latin('SSH-2.0-x\r\n')), 'speaks ssh'],
    ['a TLS alert', async (caller) => caller.sayBytes(Uint8Array.of(0x15, 3, 1, 0, 2, 2, 10)), 'speaks tls'],
    ['TLS that asks to start', async (caller) => caller.sayBytes(Uint8Array.of(0x16, 3, 3, 0, 90, 1, 0, 0, 86)), 'speaks tls'],
    ['hanging up at once', async (caller) => caller.hangUp(), 'closed'],
    ['hanging up after the request', (caller) => caller.hear().then(() => caller.hangUp()), 'closed'],
    [
      'hanging up in the middle of an acceptance',
      async (caller) => {
        await caller.hear();
        await caller.sayBytes(claimed(2, 200, new Uint8Array(90)));
        caller.hangUp();
      },
      'closed',
    ],
    ['a reset at once', async (caller) => caller.reset(), 'closed'],
    ['a reset after the request', (caller) => caller.hear().then(() => caller.reset()), 'closed'],
  ];

  it.concurrent.each(peers)('%s', async (_, script, end) => {
    expect((await survive(script)).end).toBe(end);
  });

  it('a peer that spoke is not called again, one that hung up without a word is, without user identity', async () => {
    const spoke: Script = async (caller) => {
      await caller.hear();
      await caller.sayBytes(claimed(2, 200, new Uint8Array(90)));
      caller.hangUp();
    };
    expect(await survive(spoke)).toEqual({ end: 'closed', connections: 1 });
    expect(await survive(async (caller) => caller.hangUp())).toEqual({ end: 'closed', connections: 2 });
  });
});

/** What a peer can do at any step, in place of the answer that is due. */
const disruptions: readonly (readonly [string, (caller: Caller) => Promise<void> | void])[] = [
  ['is silent', () => undefined],
  ['sends one byte at a time', (caller) => drip(caller, claimed(4, 100_000, new Uint8Array(20)))],
  ['sends noise', (caller) => caller.sayBytes(latin('\xde\xad\xbe\xef\x00\x01\x02\x03'))],
  ['sends a PDU of four gigabytes', (caller) => caller.sayBytes(claimed(4, 0xffffffff))],
  ['sends a PDU of two bytes', (caller) => caller.sayBytes(claimed(4, 2, new Uint8Array(2)))],
  ['sends a value longer than its PDU', (caller) => caller.sayBytes(claimed(4, 10, Uint8Array.of(0, 0, 0xff, 0xff, 1, 3, 0, 0, 0, 0)))],
  ['sends a value without room for its header', (caller) => caller.sayBytes(claimed(4, 6, Uint8Array.of(0, 0, 0, 1, 1, 3)))],
  ['sends data where a command is due', (caller) => caller.say(value({ isCommand: false, isLast: true, data: new Uint8Array(40) }))],
  ['sends a command without its field', (caller) => caller.say(value({ isLast: true, data: Uint8Array.of(0, 0, 0, 9, 2, 0, 0, 0, 0, 0) }))],
  [
    'sends a command of another group',
    (caller) => caller.say(value({ isLast: true, data: encodeDataSet([{ tag: 0x00080052, vr: 'CS', value: 'STUDY' }], implicitVrLittleEndian) })),
  ],
  [
    'accepts the association once more',
    (caller) =>
      caller.say({
        ...acceptance({
          type: 'associate-request',
          calledAeTitle: 'A',
          callingAeTitle: 'B',
          contexts: [],
          userInformation: {
            maximumLength: null,
            implementationClassUid: null,
            implementationVersionName: null,
            userIdentity: null,
            userIdentityAnswered: false,
          },
        }),
      }),
  ],
  ['rejects the association', (caller) => caller.say({ type: 'associate-reject', result: 1, source: 1, reason: 1 })],
  ['aborts', (caller) => caller.say({ type: 'abort', source: 2, reason: 0 })],
  ['asks to release', (caller) => caller.say({ type: 'release-request' })],
  ['answers a release that nobody asked for', (caller) => caller.say({ type: 'release-response' })],
  ['hangs up', (caller) => caller.hangUp()],
  [
    'hangs up in the middle of a PDU',
    async (caller) => {
      await caller.sayBytes(claimed(4, 60, new Uint8Array(20)));
      caller.hangUp();
    },
  ],
  ['resets', (caller) => caller.reset()],
];

/** The same without end, as fast as the probe reads. */
const floods: typeof disruptions = [
  ['sends fragments of a command for ever', (caller) => forEver(caller, encodePdu(value({ data: new Uint8Array(10_000) })))],
  [
    'sends empty fragments for ever',
    (caller) =>
      forEver(
        caller,
        encodePdu({
          type: 'data-transfer',
          values: Array.from({ length: 2_000 }, () => ({ contextId: 1, isCommand: true, isLast: false, data: new Uint8Array(0) })),
        }),
      ),
  ],
  [
    'sends empty PDUs for ever',
    (caller) =>
      forEver(
        caller,
        new Uint8Array(6 * 5_000).map((_, at) => (at % 6 === 0 ? 4 : 0)),
      ),
  ],
];

/** Steps of a conversation that gets further each time, and what is known by then. */
const steps: readonly (readonly [string, (disrupt: (caller: Caller) => Promise<void> | void) => Archive, object])[] = [
  ['at C-ECHO', (disrupt) => ({ on: { echo: ({ caller }) => disrupt(caller) } }), { association: { answer: 'accepted' } }],
  [
    'at the query for nothing',
    (disrupt) => ({ on: { nothing: ({ caller }) => disrupt(caller) } }),
    { echo: { answer: 'success', status: 0 }, archive: null, sample: 'not-tried' },
  ],
  [
    'at the first row',
    (disrupt) => ({ on: { studies: ({ caller }) => disrupt(caller) } }),
    { query: { answer: 'success' }, archive: { studies: { value: 0, basis: 'at-least' }, patients: null } },
  ],
  [
    'after three rows',
    (disrupt) => ({
      on: {
        studies: async ({ caller, respond }) => {
          for (let number = 0; number < 3; number += 1) await respond(statuses.pending, study(number));
          await disrupt(caller);
        },
      },
    }),
    { query: { answer: 'success' }, archive: { studies: { value: 3, basis: 'at-least' }, images: { value: 30, basis: 'at-least' } } },
  ],
  [
    'at the patients',
    (disrupt) => ({ rows: { studies: [study(1)] }, on: { patients: ({ caller }) => disrupt(caller) } }),
    { archive: { studies: { value: 1, basis: 'exact' }, patients: null }, sample: 'not-tried' },
  ],
  [
    'at the one record',
    (disrupt) => ({ rows: { studies: [study(1)] }, on: { sample: ({ caller }) => disrupt(caller) } }),
    { archive: { studies: { value: 1, basis: 'exact' } }, identifiers: {}, sample: 'no-answer' },
  ],
];

/** What was known before the disruption is still known after it. */
async function keeps(archive: Archive, known: object, within?: DialLimits): Promise<void> {
  const { end } = await survive(archiveScript(archive), within);
  expect(end).toMatchObject(known);
  expect(JSON.stringify(end)).toContain('"accepted"');
}
const allKnown = { archive: { ended: 'complete' }, query: { answer: 'success' } };

describe.concurrent.each(disruptions)('a peer that %s', (_, disrupt) => {
  it.concurrent.each(steps)('%s', async (_step, archive, known) => keeps(archive(disrupt), known));
  it.concurrent('at the release', async () => keeps({ onRelease: disrupt }, allKnown));
});

describe.each(floods)('a peer that %s', (_, disrupt) => {
  it.each(steps)('%s', async (_step, archive, known) => keeps(archive(disrupt), known, patience));
  it('at the release', async () => keeps({ onRelease: disrupt }, allKnown, patience));
});

describe('in an association', () => {
  it('zero contexts: nothing can be asked', async () => {
    const { end } = await survive(archiveScript({ associate: (request) => ({ ...acceptance(request), contexts: [] }) }));
    expect(end).toMatchObject({ association: { answer: 'accepted' }, echo: { answer: 'not-negotiated' }, query: { answer: 'not-negotiated' }, archive: null });
  });

  it('contexts that nobody proposed are not taken for ours', async () => {
    const contexts = Array.from({ length: 128 }, (_, index) => ({ id: index * 2, result: 0, transferSyntax: implicitVrLittleEndian }));
    const { end } = await survive(archiveScript({ associate: (request) => ({ ...acceptance(request), contexts }) }));
    expect(end).toMatchObject({ query: { answer: 'not-negotiated' } });
  });

  it('30,000 items fit the limit, and are an acceptance of nothing', async () => {
    const { end } = await survive(answering(() => acceptanceWith(new Uint8Array(120_000))));
    expect(end).toMatchObject({ association: { answer: 'accepted' }, query: { answer: 'not-negotiated' }, release: 'no-answer' });
  });

  it('a query that is pending for ever is cut off by the budget and A-ABORT', async () => {
    const pending = async ({ respond }: Exchange) => {
      for (let number = 0; ; number += 1) await respond(statuses.pending, study(number));
    };
    const { end } = await survive(archiveScript({ on: { studies: pending } }));
    expect(end).toMatchObject({ archive: { studies: { value: 80, basis: 'at-least' }, ended: 'budget' } });
  });

  it('a query that is pending for ever without rows is cut off as well', async () => {
    const pending = async ({ respond }: Exchange) => {
      for (;;) await respond(statuses.pending);
    };
    const { end } = await survive(archiveScript({ on: { nothing: pending, studies: pending } }));
    expect(end).toMatchObject({ query: { rows: 3 } });
  });

  it('a row of deeply nested sequences ends the query and nothing else', async () => {
    const nested = async ({ caller, heard }: Exchange) => {
      const command = {
        commandField: commandFields['find-response'],
        affectedSopClassUid: null,
        messageId: null,
        messageIdBeingRespondedTo: heard.command.messageId,
        hasDataSet: true,
        status: statuses.pending,
      };
      await caller.sayMessage(heard.contextId, command, nestedSequences(15_000), { fragment: 100_000 });
    };
    const { end } = await survive(archiveScript({ on: { studies: nested } }));
    expect(end).toMatchObject({ query: { answer: 'success' }, archive: { studies: { value: 0, basis: 'at-least' }, ended: 'failed' }, release: 'aborted' });
  });

  it('a data set without end is cut off', async () => {
    const endless = async ({ caller, heard }: Exchange) => {
      const command = encodeCommand({
        commandField: commandFields['find-response'],
        affectedSopClassUid: null,
        messageId: null,
        messageIdBeingRespondedTo: heard.command.messageId,
        hasDataSet: true,
        status: statuses.pending,
      });
      await caller.say(value({ contextId: heard.contextId, isLast: true, data: command }));
      await forEver(caller, encodePdu(value({ contextId: heard.contextId, isCommand: false, data: new Uint8Array(16_000) })));
    };
    const { end } = await survive(archiveScript({ on: { studies: endless } }));
    expect(end).toMatchObject({ archive: { studies: { value: 0, basis: 'at-least' }, ended: 'failed' } });
  });

  it('text that would move a terminal is made harmless', async () => {
    const associate = (request: AssociateRequest) => acceptance(request);
    const script: Script = async (caller) => {
      const bytes = encodePdu(associate(await requestOf(caller))).slice();
      const at = Buffer.from(bytes).indexOf('SCRIPTED_1');
      bytes.set(latin('\x1b[2J\x07\r\n\0\xff<'), at);
      await caller.sayBytes(bytes);
      caller.hangUp();
    };
    const { end } = await survive(script);
    expect(end).toMatchObject({ implementation: { versionName: '?[2J??? ?<' } });
  });
});
