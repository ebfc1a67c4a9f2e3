/** One association at a time: what the first answer is taken for, and when an association is over. Uses tapes instead of a network. */
import { describe, expect, it } from 'vitest';
import { type Connection, ConnectionFailure, NotThisProtocol } from '../../model/connection.js';
import type { ProbeSettings } from '../../model/probe.js';
import type { Decode } from '../../model/wire.js';
import { WireError } from '../../model/wire.js';
import { type CassetteEntry, toHex } from '../../net/cassette.js';
import { replayDial } from '../../net/replay.js';
import { Association, PeerAborted, requestAssociation } from './association.js';
import { associateRequest, callingTitle, contextId } from './requests.js';
import { contextNames } from './wire/contexts.js';
import { commandFields, type DimseCommand, encodeCommand } from './wire/dimse-command.js';
import { encodePdu } from './wire/encode-pdu.js';
import type { AssociateAccept, DataValue, Pdu } from './wire/pdu.js';

const settings: ProbeSettings = {
  touch: 'anonymous',
  callingAeTitle: null,
  calledAeTitle: null,
  implementationVersionName: 'DOSIMETER_TEST',
  nonce: 'ABC123',
  responseBudget: 10,
  entryBudget: 5_000,
  seed: 1,
  sample: true,
};
const request = associateRequest(settings, contextNames, null);
const latin = (text: string) => Uint8Array.from([...text].map((character) => character.charCodeAt(0)));

/** What a peer says first → what the request comes to. */
async function firstAnswer(bytes: Uint8Array, bytesPerRead: number, after: CassetteEntry = { end: 'timed-out' }): Promise<string> {
  const tape: readonly CassetteEntry[] = [{ open: 'plain' }, { send: toHex(encodePdu(request)) }, { receive: toHex(bytes) }, after];
  try {
    return (await requestAssociation(replayDial(tape, { bytesPerRead }), 'plain', request)).reply.type;
  } catch (error) {
    if (error instanceof NotThisProtocol) return `speaks ${error.heard}`;
    if (error instanceof ConnectionFailure) return error.outcome;
    throw error;
  }
}

const accept: AssociateAccept = {
  type: 'associate-accept',
  calledAeTitle: 'A',
  callingAeTitle: 'B',
  contexts: [],
  userInformation: { maximumLength: 0, implementationClassUid: null, implementationVersionName: null, userIdentity: null, userIdentityAnswered: false },
};

describe('the first answer', () => {
  const cases: readonly (readonly [string, Uint8Array, string])[] = [
    ['an acceptance', encodePdu(accept), 'associate-accept'],
    ['a rejection', encodePdu({ type: 'associate-reject', result: 1, source: 1, reason: 3 }), 'associate-reject'],
    ['an abort', encodePdu({ type: 'abort', source: 2, reason: 0 }), 'abort'],
    ['a release request', encodePdu({ type: 'release-request' }), 'speaks unknown'],
    ['data', encodePdu({ type: 'data-transfer', values: [] }), 'speaks unknown'],
    [
      'data of some length',
      encodePdu({ type: 'data-transfer', values: [{ contextId: 1, isCommand: true, isLast: true, data: new Uint8Array(4) }] }),
      'speaks unknown',
    ],
    ['our own request', encodePdu(request), 'speaks unknown'],
    ['a web server', latin('HTTP/1.1 400 Bad Request\r\n\r\n'), 'speaks http'],
    ['a file server', latin('220 ready\r\n'), 'speaks ftp'],
    ['a mail server', latin('220 host.example ESMTP\r\n'), 'speaks smtp'],
    ['a shell', latin('SSH-2.0-x\r\n'), 'speaks ssh'],
    ['a TLS alert', Uint8Array.of(0x15, 3, 3, 0, 2, 2, 40), 'speaks tls'],
    ['noise', latin('\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8\xf7'), 'speaks unknown'],
    ['three bytes of noise', latin('\xff\xfe\xfd'), 'timed-out'],
    ['a PDU of two gigabytes', Uint8Array.of(2, 0, 0x7f, 0xff, 0xff, 0xff, 0, 1), 'speaks unknown'],
    ['a PDU a little too long', Uint8Array.of(2, 0, 0, 2, 0, 1), 'speaks unknown'],
    ['an acceptance cut in the middle of an item', Uint8Array.of(2, 0, 0, 0, 0, 70, ...new Array(68).fill(0), 0x21, 0), 'speaks unknown'],
  ];

  it.each(cases)('%s', async (_, bytes, outcome) => {
    expect(await firstAnswer(bytes, 4096)).toBe(outcome);
    expect(await firstAnswer(bytes, 1)).toBe(outcome);
  });
});

describe('requests', () => {
  it('number their contexts oddly, each once', () => {
    const ids = contextNames.map(contextId);
    expect(new Set(ids).size).toBe(contextNames.length);
    expect(ids.every((id) => id % 2 === 1 && id < 256)).toBe(true);
  });

  it('say who calls', () => {
    expect(callingTitle(settings)).toBe('DOSIMETER_ABC123');
    expect(callingTitle({ ...settings, callingAeTitle: 'WARD1' })).toBe('WARD1');
    expect(request.userInformation).toMatchObject({ implementationClassUid: expect.stringMatching(/^2\.25\./), implementationVersionName: 'DOSIMETER_TEST' });
  });
});

/** A connection that gives these PDUs, then fails; `failingSend` as where the peer already left. */
class TapeConnection implements Connection {
  readonly secure = undefined;
  readonly sent: string[] = [];
  closed = 0;
  failingSend = false;
  readonly #pdus: Pdu[];

  constructor(...pdus: Pdu[]) {
    this.#pdus = pdus;
  }

  startTls(): Promise<Connection> {
    return Promise.reject(new Error('not here'));
  }

  async send(bytes: Uint8Array): Promise<void> {
    if (this.failingSend) throw new ConnectionFailure('closed', 'gone', { connected: true, spoke: true });
    this.sent.push(toHex(bytes));
  }

  async receive<Message>(decode: Decode<Message>): Promise<Message> {
    const pdu = this.#pdus.shift();
    const decoded = pdu && decode(encodePdu(pdu));
    if (!decoded) throw new ConnectionFailure('closed', 'gone', { connected: true, spoke: true });
    return decoded.message;
  }

  close(): void {
    this.closed += 1;
  }
}

const echoResponse: DimseCommand = {
  commandField: commandFields['echo-response'],
  affectedSopClassUid: null,
  messageId: null,
  messageIdBeingRespondedTo: 1,
  hasDataSet: false,
  status: 0,
};
const echoRequest: DimseCommand = { ...echoResponse, commandField: commandFields['echo-request'], messageId: 1, messageIdBeingRespondedTo: null, status: null };
const data = (...values: readonly Partial<DataValue>[]): Pdu => ({
  type: 'data-transfer',
  values: values.map((value) => ({ contextId: 1, isCommand: true, isLast: true, data: new Uint8Array(0), ...value })),
});
const withDataSet = encodeCommand({ ...echoResponse, hasDataSet: true });

describe('an association', () => {
  it('joins a message from fragments, empty ones too', async () => {
    const command = encodeCommand(echoResponse);
    const head = { data: command.subarray(0, 5), isLast: false };
    const tail = { data: command.subarray(5) };
    for (const pdus of [
      [data(head, { isLast: false }, tail)],
      [data(head), data(), data({ isLast: false }), data(tail)],
      [data(head, { ...tail, isLast: false }), data({})],
    ]) {
      await expect(new Association(new TapeConnection(...pdus), accept).receive(1)).resolves.toMatchObject({ command: echoResponse });
    }
    await expect(new Association(new TapeConnection(data(head, {})), accept).receive(1)).rejects.toThrow(WireError);
  });

  it.each([
    ['data where a command is due', [data({ isCommand: false })], 'WireError'],
    ['a command where data is due', [data({ data: withDataSet }), data({ data: withDataSet })], 'WireError'],
    ['a command that is none', [data({ data: Uint8Array.of(1, 2, 3) })], 'WireError'],
    ['a second acceptance', [accept], 'WireError'],
    [
      'a data set beyond the limit',
      [data({ data: withDataSet }), ...Array.from({ length: 9 }, () => data({ isCommand: false, isLast: false, data: new Uint8Array(131_000) }))],
      'WireError',
    ],
    ['an abort', [{ type: 'abort' as const, source: 2, reason: 0 }], 'PeerAborted'],
    ['a release request', [{ type: 'release-request' as const }], 'ConnectionFailure'],
    ['the end of the connection', [], 'ConnectionFailure'],
  ])('is over after %s', async (_, pdus, error) => {
    const connection = new TapeConnection(...pdus);
    const association = new Association(connection, accept);
    await expect(association.receive(1)).rejects.toMatchObject({ name: error });
    expect(association.isOpen).toBe(false);
    expect(connection.closed).toBeGreaterThan(0);
    await expect(association.release()).resolves.toBe('closed');
  });

  it('is over when nothing can be sent any more', async () => {
    const connection = new TapeConnection();
    connection.failingSend = true;
    const association = new Association(connection, accept);
    await expect(association.send(1, echoRequest)).rejects.toThrow(ConnectionFailure);
    expect(association.isOpen).toBe(false);
    expect(connection.closed).toBeGreaterThan(0);
  });

  it('hands on what the peer gave as reason for its abort', async () => {
    const association = new Association(new TapeConnection({ type: 'abort', source: 2, reason: 6 }), accept);
    await expect(association.receive(1)).rejects.toEqual(new PeerAborted({ type: 'abort', source: 2, reason: 6 }));
  });

  it('aborts once, and not where it is over', async () => {
    const connection = new TapeConnection();
    const association = new Association(connection, accept);
    await association.abort();
    await association.abort();
    expect(connection.sent).toEqual(['07000000000400000000']);
  });

  it('sends command and data set in one PDU', async () => {
    const connection = new TapeConnection();
    await new Association(connection, accept).send(3, { ...echoRequest, hasDataSet: true }, Uint8Array.of(0xaa, 0xbb));
    expect(connection.sent).toHaveLength(1);
    expect(connection.sent[0]).toMatch(/^0400/);
    expect(connection.sent[0]).toMatch(/00000004 ?0302aabb$/);
  });
});
