/** Scripted peers, without a socket: what each way to answer, or not to, becomes in the evidence. Real servers are in `probe-real.test.ts`. */
import { describe, expect, it } from 'vitest';
import { certificates } from '../../../test/fixtures/certificates.js';
import { alertRecord, type FlightPlan, flight, flightMessages, inRecords } from '../../../test/fixtures/tls-flights.js';
import { type Connection, ConnectionFailure, type Dial, type SecureSession } from '../../model/connection.js';
import type { ProbeTarget } from '../../model/probe.js';
import type { Decode } from '../../model/wire.js';
import type { TlsEvidence } from './evidence.js';
import { tlsProbe } from './probe.js';
import { type TlsVersion, tlsVersions } from './wire/versions.js';

type HelloKind = TlsVersion | 'weak';
/** Bytes, or what happens instead of an answer. `gone`: not even TCP is answered. */
type Answer = Uint8Array | 'hangs up' | 'says nothing' | 'gone';

interface Peer {
  /** `nth` counts the hellos of this kind from 0. */
  hello(kind: HelloKind, nth: number): Answer;
  /** The whole handshake: how it ends. `late` comes after our side is finished. */
  readonly handshake?: { readonly session?: SecureSession; readonly alert?: string; readonly late?: string };
}

/** Reads off which hello this is: the record's version, the session id that only TLS 1.3 sends, and the first suite. */
function kindOf(hello: Uint8Array): HelloKind {
  if (hello[2] === 0) return 'SSLv3';
  if (hello[43] === 32) return 'TLSv1.3';
  if (hello[46] === 0 && hello[47] === 1) return 'weak';
  return tlsVersions[hello[10] ?? 0] ?? 'SSLv3';
}

class ScriptedConnection implements Connection {
  readonly secure: SecureSession | undefined;
  readonly #answer: (hello: Uint8Array) => Answer;
  #pending: Answer = 'says nothing';

  constructor(answer: (hello: Uint8Array) => Answer, secure?: SecureSession) {
    this.#answer = answer;
    this.secure = secure;
    if (secure) this.#pending = answer(new Uint8Array());
  }

  startTls(): Promise<Connection> {
    return Promise.reject(new Error('not here'));
  }

  async send(bytes: Uint8Array): Promise<void> {
    this.#pending = this.#answer(bytes);
  }

  async receive<Message>(decode: Decode<Message>): Promise<Message> {
    const said = typeof this.#pending === 'string' ? new Uint8Array() : this.#pending;
    const decoded = decode(said);
    if (decoded) return decoded.message;
    const state = { connected: true, spoke: said.length > 0 };
    if (this.#pending === 'says nothing') throw new ConnectionFailure('timed-out', 'no answer', state);
    throw new ConnectionFailure('closed', 'the peer closed the connection', state);
  }

  close(): void {}
}

class LateAlert extends ScriptedConnection {
  readonly #alert: string;

  constructor(session: SecureSession, alert: string) {
    super(() => 'hangs up', session);
    this.#alert = alert;
  }

  override async receive<Message>(): Promise<Message> {
    throw new ConnectionFailure('closed', 'ended', { alert: this.#alert, connected: true });
  }
}

/** Keeps the order in which the peer was asked. */
function scriptedDial(peer: Peer): { dial: Dial; asked: HelloKind[]; handshakes: () => number } {
  const asked: HelloKind[] = [];
  let handshakes = 0;
  const answer = (bytes: Uint8Array): Answer => {
    const kind = kindOf(bytes);
    asked.push(kind);
    return peer.hello(kind, asked.filter((other) => other === kind).length - 1);
  };
  const nextIsGone = (): boolean => peer.hello('TLSv1.2', 0) === 'gone' || (asked.length > 0 && goneAfter(peer, asked.length));
  const open = async (transport: 'plain' | 'tls'): Promise<Connection> => {
    if (transport === 'plain' && nextIsGone()) throw new ConnectionFailure('refused', 'the port is closed');
    if (transport === 'plain') return new ScriptedConnection(answer);
    handshakes += 1;
    const { session, alert, late } = peer.handshake ?? {};
    if (!session) throw new ConnectionFailure('closed', 'ended', { alert, connected: true });
    return late === undefined ? new ScriptedConnection(() => 'says nothing', session) : new LateAlert(session, late);
  };
  return { dial: { open, pause: async () => undefined }, asked, handshakes: () => handshakes };
}

const order: readonly HelloKind[] = ['TLSv1.2', 'TLSv1.3', 'TLSv1.1', 'TLSv1.0', 'SSLv3', 'weak'];
const goneAfter = (peer: Peer, count: number): boolean => peer.hello(order[count] ?? 'weak', 0) === 'gone';

function target(host: string): ProbeTarget {
  const settings = {
    touch: 'handshake',
    callingAeTitle: null,
    calledAeTitle: null,
    implementationVersionName: 'TEST',
    nonce: 'abc123',
    responseBudget: 0,
    entryBudget: 5_000,
    seed: 1,
    sample: false,
  } as const;
  return { endpoint: { host, address: '127.0.0.1', port: 2762 }, transport: 'plain', settings };
}

async function probe(peer: Peer, host = '127.0.0.1') {
  const { dial, asked, handshakes } = scriptedDial(peer);
  const evidence: TlsEvidence = await tlsProbe.run(target(host), dial);
  return { evidence, asked, handshakes: handshakes() };
}

const refusal = alertRecord(2, 70);
const good = (change: Partial<FlightPlan> = {}): Uint8Array => flight({ version: 'TLSv1.2', suite: 0xc02b, chain: [certificates.authorised], ...change });
const hello13 = flight({ version: 'TLSv1.3', suite: 0x1301 });
const session: SecureSession = { version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', chain: [certificates.ed25519, certificates.authorised] };
/** TLS 1.2 and 1.3, and whatever the test says of the others. */
const modernPeer = (other: Answer, change: Partial<FlightPlan> = {}): Peer => ({
  hello: (kind) => (kind === 'TLSv1.2' ? good(change) : kind === 'TLSv1.3' ? hello13 : other),
  handshake: { session },
});

describe('a current server', () => {
  it('is seen whole, with one connection for each question', async () => {
    const { evidence, asked, handshakes } = await probe(modernPeer(refusal));
    expect(evidence).toMatchObject({
      versions: { SSLv3: 'refused', 'TLSv1.0': 'refused', 'TLSv1.1': 'refused', 'TLSv1.2': 'offered', 'TLSv1.3': 'offered' },
      weakSuites: { offer: 'refused', suite: null },
      agreed: { version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256' },
      certificate: { subject: expect.stringContaining('CN=pacs.example') },
      chainLength: 1,
      clientCertificate: 'not-requested',
      hostMatch: 'unknown',
    });
    expect([asked, handshakes]).toEqual([order, 1]);
  });

  it.each([
    ['pacs.example', 'matches'],
    ['other.example', 'differs'],
  ])('under the name %s: %s', async (host, hostMatch) => {
    expect((await probe(modernPeer(refusal), host)).evidence.hostMatch).toBe(hostMatch);
  });

  it('is JSON throughout', async () => {
    const { evidence } = await probe(modernPeer(refusal));
    expect(JSON.parse(JSON.stringify(evidence))).toEqual(evidence);
  });

  it('that speaks TLS 1.3 only shows its certificate in the whole handshake', async () => {
    const { evidence } = await probe({ hello: (kind) => (kind === 'TLSv1.3' ? hello13 : refusal), handshake: { session } });
    expect(evidence).toMatchObject({ certificate: { subject: 'CN=ed' }, chainLength: 2, clientCertificate: 'not-required' });
    expect(evidence.versions['TLSv1.2']).toBe('refused');
  });
});

describe('an old server', () => {
  const old: Peer = {
    hello: (kind) =>
      kind === 'SSLv3'
        ? flight({ version: 'SSLv3', suite: 0x0005 })
        : kind === 'weak'
          ? flight({ version: 'TLSv1.0', suite: 0x0003 })
          : good({ version: 'TLSv1.0', suite: 0x000a }),
    handshake: { alert: 'protocol_version' },
  };

  it('that answers every hello with TLS 1.0 offers that, and declines the rest', async () => {
    const { evidence } = await probe(old);
    expect(evidence.versions).toEqual({ SSLv3: 'offered', 'TLSv1.0': 'offered', 'TLSv1.1': 'refused', 'TLSv1.2': 'refused', 'TLSv1.3': 'refused' });
    expect(evidence).toMatchObject({ weakSuites: { offer: 'offered', suite: 'TLS_RSA_EXPORT_WITH_RC4_40_MD5' }, agreed: null, chainLength: 1 });
  });
});

describe('answers that are none', () => {
  it('silence to the old versions stays silence', async () => {
    const { evidence } = await probe(modernPeer('says nothing'));
    expect(evidence.versions).toMatchObject({ SSLv3: 'no-answer', 'TLSv1.0': 'no-answer', 'TLSv1.1': 'no-answer', 'TLSv1.2': 'offered' });
    expect(evidence.weakSuites).toEqual({ offer: 'no-answer', suite: null });
  });

  it('hanging up twice on the same hello, and answering others before and after, is a refusal', async () => {
    const { evidence, asked } = await probe(modernPeer('hangs up'));
    expect(evidence.versions).toMatchObject({ SSLv3: 'refused', 'TLSv1.0': 'refused', 'TLSv1.1': 'refused' });
    expect(evidence.weakSuites.offer).toBe('refused');
    expect(asked.slice(order.length)).toEqual(['TLSv1.1', 'TLSv1.0', 'SSLv3', 'weak']);
  });

  it('hanging up once was an accident: the second answer stands', async () => {
    const tls10 = flight({ version: 'TLSv1.0', suite: 0x002f });
    const { evidence } = await probe({
      hello: (kind, nth) => (kind === 'TLSv1.0' && nth === 0 ? 'hangs up' : kind === 'TLSv1.0' ? tls10 : modernPeer(refusal).hello(kind, nth)),
      handshake: { session },
    });
    expect(evidence.versions['TLSv1.0']).toBe('offered');
  });

  it('hanging up on everything that comes later says nothing: it may be out of order', async () => {
    const { evidence } = await probe({ hello: (kind) => (kind === 'TLSv1.2' ? good() : 'hangs up') });
    expect(evidence.versions).toMatchObject({ 'TLSv1.2': 'offered', 'TLSv1.0': 'no-answer', 'TLSv1.3': 'no-answer' });
    expect(evidence).toMatchObject({ clientCertificate: 'unknown', agreed: null });
  });

  it('a port that closes in between is left in peace, and what was learnt is kept', async () => {
    const { evidence, handshakes } = await probe({
      hello: (kind) => (kind === 'TLSv1.2' ? good({ certificateRequested: true }) : kind === 'TLSv1.3' ? hello13 : 'gone'),
    });
    expect(evidence.versions).toEqual({ SSLv3: 'not-tried', 'TLSv1.0': 'not-tried', 'TLSv1.1': 'not-tried', 'TLSv1.2': 'offered', 'TLSv1.3': 'offered' });
    expect(evidence).toMatchObject({ weakSuites: { offer: 'not-tried' }, clientCertificate: 'unknown', chainLength: 1 });
    expect(handshakes).toBe(0);
  });

  it('a suite that was not on the list says nothing', async () => {
    const { evidence } = await probe(modernPeer(flight({ version: 'TLSv1.2', suite: 0xc030 })));
    expect(evidence.weakSuites).toEqual({ offer: 'no-answer', suite: null });
  });

  it('a flight that breaks off keeps its ServerHello and its certificate', async () => {
    const begun = inRecords([...flightMessages({ version: 'TLSv1.2', suite: 0xc02b, chain: [certificates.authorised], helloDone: false })]);
    const { evidence } = await probe({ hello: (kind) => (kind === 'TLSv1.2' ? begun : refusal), handshake: { alert: 'internal_error' } });
    expect(evidence).toMatchObject({ versions: { 'TLSv1.2': 'offered' }, chainLength: 1, clientCertificate: 'unknown' });
  });

  it('a certificate that is rubbish is counted, not read', async () => {
    const { evidence } = await probe(modernPeer(refusal, { chain: [Uint8Array.from([1, 2, 3])] }));
    expect(evidence).toMatchObject({ certificate: null, chainLength: 1, hostMatch: 'unknown' });
  });
});

describe('client certificates', () => {
  it.each<[string, Peer, TlsEvidence['clientCertificate']]>([
    ['TLS 1.3 insists once we are finished', { ...modernPeer(refusal), handshake: { session, late: 'certificate_required' } }, 'required'],
    ['TLS 1.2 insists in the handshake', { ...modernPeer(refusal, { certificateRequested: true }), handshake: { alert: 'handshake_failure' } }, 'required'],
    ['asked for, and not insisted on', modernPeer(refusal, { certificateRequested: true }), 'requested'],
  ])('%s', async (_, peer, expected) => {
    expect((await probe(peer)).evidence.clientCertificate).toBe(expected);
  });
});

describe('a peer of which nothing is learnt', () => {
  it('that is silent is asked twice and no more', async () => {
    const { dial, asked } = scriptedDial({ hello: () => 'says nothing' });
    await expect(tlsProbe.run(target('127.0.0.1'), dial)).rejects.toMatchObject({ name: 'ConnectionFailure', outcome: 'timed-out' });
    expect(asked).toEqual(['TLSv1.2', 'TLSv1.3']);
  });

  it('that hangs up is asked twice and no more', async () => {
    const { dial, asked } = scriptedDial({ hello: () => 'hangs up' });
    await expect(tlsProbe.run(target('127.0.0.1'), dial)).rejects.toMatchObject({ outcome: 'closed' });
    expect(asked).toEqual(['TLSv1.2', 'TLSv1.3']);
  });

  it('that takes no connection is asked once', async () => {
    const { dial, asked } = scriptedDial({ hello: () => 'gone' });
    await expect(tlsProbe.run(target('127.0.0.1'), dial)).rejects.toMatchObject({ outcome: 'refused' });
    expect(asked).toEqual([]);
  });

  it.each([
    ['http', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['ssh', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['ftp', '220 FTP at your service\r\n'],
    ['dicom', '\x07\x00\x00\x00\x00\x04\x00\x00\x02\x00'],
    ['unknown', 'hello, whoever you are'],
  ])('that speaks %s is told apart, and its words are not kept', async (heard, words) => {
    const { dial, asked } = scriptedDial({ hello: () => Uint8Array.from(words, (character) => character.charCodeAt(0)) });
    const failure = await tlsProbe.run(target('127.0.0.1'), dial).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'NotThisProtocol', heard });
    expect(JSON.stringify(failure)).not.toContain(words.slice(0, 8));
    expect(asked).toEqual(['TLSv1.2']);
  });

  it('that sends records without sense in them gives a wire error', async () => {
    const { dial } = scriptedDial({ hello: () => inRecords([99, 0, 0, 0]) });
    await expect(tlsProbe.run(target('127.0.0.1'), dial)).rejects.toMatchObject({ name: 'WireError', field: 'msg_type' });
  });
});

describe('a hello', () => {
  it('is the same for the same scan, so that a recording can be played again', async () => {
    const sent: string[] = [];
    const keep: Dial = {
      pause: async () => undefined,
      open: async () =>
        new ScriptedConnection((bytes) => {
          sent.push(Buffer.from(bytes).toString('hex'));
          return refusal;
        }),
    };
    await tlsProbe.run(target('pacs.example'), keep);
    const first = sent.splice(0);
    await tlsProbe.run(target('pacs.example'), keep);
    expect(sent).toEqual(first);
    expect(first[0]).toContain(Buffer.from('pacs.example').toString('hex'));
  });
});
