/**
 * Bytes → what a server answers to a hello, as far as it comes in the clear: up to ServerHelloDone in TLS 1.2 and below,
 * the ServerHello alone in TLS 1.3. Opens no sockets, verifies no signature, decrypts nothing.
 */
import { type Decoded, WireError } from '../../../model/wire.js';
import { alertName } from './alerts.js';
import { OctetReader } from './octets.js';
import { type TlsVersion, versionOf } from './versions.js';

export interface ServerHello {
  /** The version that the server chose, read from supported_versions where it is there (RFC 8446 section 4.2.1). */
  readonly version: TlsVersion | 'other';
  readonly suite: number;
  /** A HelloRetryRequest: the version stands, only the key share was not to its taste (RFC 8446 section 4.1.4). */
  readonly retry: boolean;
}

export interface ServerFlight {
  readonly hello: ServerHello | null;
  /** DER, leaf first; copies. Empty in TLS 1.3, where certificates are encrypted. */
  readonly chain: readonly Uint8Array[];
  readonly certificateRequested: boolean;
  /** ServerHelloDone came: what was not in the flight was not sent. */
  readonly helloDone: boolean;
  /** Name of the alert that ended it. */
  readonly alert: string | null;
}

/** What a prefix of the answer shows. `problem` is set where the bytes after it cannot be TLS. */
export interface FlightReading {
  readonly flight: ServerFlight;
  readonly ended: boolean;
  readonly consumed: number;
  readonly problem: WireError | null;
}

/** Handshake bytes that one answer may hold, lengths included. */
export const maximumFlight = 64 * 1024;
/** RFC 5246 section 6.2.1. */
const maximumRecord = 16_384;
const recordHeader = 5;
const contentTypes = { alert: 21, handshake: 22 } as const;
const messageTypes = { helloRequest: 0, serverHello: 2, certificate: 11, certificateRequest: 13, serverHelloDone: 14 } as const;

type Growing = { -readonly [K in keyof ServerFlight]: ServerFlight[K] };

/** A whole flight, or `undefined` while more is to come. */
export function decodeServerFlight(bytes: Uint8Array): Decoded<ServerFlight> | undefined {
  const { flight, ended, consumed, problem } = readServerFlight(bytes);
  if (problem) throw problem;
  return ended ? { message: flight, consumed } : undefined;
}

/** Never throws: what was understood before the bytes end or go wrong is not lost. */
export function readServerFlight(bytes: Uint8Array): FlightReading {
  const reader = new FlightReader();
  let consumed = 0;
  try {
    while (!reader.ended) {
      const record = nextRecord(bytes, consumed);
      if (!record) break;
      reader.take(record);
      consumed = record.end;
    }
    return { flight: reader.flight, ended: reader.ended, consumed, problem: null };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return { flight: reader.flight, ended: false, consumed, problem: error };
  }
}

interface TlsRecord {
  readonly type: number;
  readonly fragment: Uint8Array;
  /** Where the fragment begins and where the next record does, counted from the answer's start. */
  readonly start: number;
  readonly end: number;
}

/** RFC 5246 section 6.2.1. The header is judged before the fragment is waited for. */
function nextRecord(bytes: Uint8Array, at: number): TlsRecord | undefined {
  const [type, major, , high, low] = bytes.subarray(at, at + recordHeader);
  if (type !== undefined && type !== contentTypes.alert && type !== contentTypes.handshake) throw new WireError('ContentType', at, `${type} has no place here`);
  if (major !== undefined && major !== 3) throw new WireError('ProtocolVersion', at + 1, `major version ${major}`);
  if (type === undefined || high === undefined || low === undefined) return undefined;
  const length = high * 256 + low;
  if (length === 0 || length > maximumRecord) throw new WireError('record length', at + 3, `${length} is not between 1 and ${maximumRecord}`);
  const start = at + recordHeader;
  const end = start + length;
  return bytes.length < end ? undefined : { type, fragment: bytes.subarray(start, end), start, end };
}

/** Puts messages together that are cut across records, in time linear in their length. */
class FlightReader {
  readonly flight: Growing = { hello: null, chain: [], certificateRequested: false, helloDone: false, alert: null };
  #handshake = new Uint8Array(4096);
  #filled = 0;
  #parsed = 0;

  get ended(): boolean {
    return this.flight.alert !== null || this.flight.helloDone || this.flight.hello?.version === 'TLSv1.3';
  }

  take({ type, fragment, start }: TlsRecord): void {
    if (type === contentTypes.alert) this.#takeAlert(fragment, start);
    else this.#takeHandshake(fragment, start);
  }

  /** RFC 8446 section 6: level, description. Old Java and Apache warn of an `unrecognized_name` and go on all the same. */
  #takeAlert(fragment: Uint8Array, start: number): void {
    const [level, description] = fragment;
    if (level === undefined || description === undefined) throw new WireError('alert', start, 'an alert is two bytes');
    if (level !== 1 || description === 0) this.flight.alert = alertName(description);
  }

  #takeHandshake(fragment: Uint8Array, start: number): void {
    this.#append(fragment, start);
    for (let more = true; more && !this.ended; ) more = this.#takeMessage();
  }

  #append(fragment: Uint8Array, start: number): void {
    const filled = this.#filled + fragment.length;
    if (filled > maximumFlight) throw new WireError('handshake', start, `more than ${maximumFlight} bytes`);
    if (filled > this.#handshake.length) {
      const larger = new Uint8Array(Math.max(filled, this.#handshake.length * 2));
      larger.set(this.#handshake.subarray(0, this.#filled));
      this.#handshake = larger;
    }
    this.#handshake.set(fragment, this.#filled);
    this.#filled = filled;
  }

  /** RFC 8446 section 4: type, 3-byte length, body. False where the body is not all there. Offsets count handshake bytes. */
  #takeMessage(): boolean {
    const pending = this.#handshake.subarray(this.#parsed, this.#filled);
    if (pending.length < 4) return false;
    const head = new OctetReader(pending, this.#parsed);
    const type = head.uint('msg_type', 1);
    const length = head.uint('message length', 3);
    if (length > maximumFlight - 4) throw new WireError('message length', this.#parsed + 1, `${length} is more than ${maximumFlight - 4}`);
    if (head.left < length) return false;
    this.#understand(type, new OctetReader(head.bytes('message', length), this.#parsed + 4));
    this.#parsed += 4 + length;
    return true;
  }

  /** ServerKeyExchange, CertificateStatus and the like are skipped: nothing is learnt from them here. */
  #understand(type: number, message: OctetReader): void {
    if (type === messageTypes.helloRequest) return;
    if (this.flight.hello === null && type !== messageTypes.serverHello) throw new WireError('msg_type', message.offset - 4, `${type} before a ServerHello`);
    if (type === messageTypes.serverHello) this.flight.hello = readServerHello(message);
    else if (type === messageTypes.certificate) this.flight.chain = readChain(message);
    else if (type === messageTypes.certificateRequest) this.flight.certificateRequested = true;
    else if (type === messageTypes.serverHelloDone) this.flight.helloDone = true;
  }
}

/** SHA-256 of "HelloRetryRequest", which stands in the random of one (RFC 8446 section 4.1.3). */
const retryRandom = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c';

function readServerHello(message: OctetReader): ServerHello {
  const legacyVersion = message.uint('server_version', 2);
  const random = message.bytes('random', 32);
  message.counted('session_id', 1);
  const suite = message.uint('cipher_suite', 2);
  message.uint('compression_method', 1);
  const version = message.left > 0 ? (selectedVersion(message.counted('extensions', 2)) ?? legacyVersion) : legacyVersion;
  return { version: versionOf(version), suite, retry: hex(random) === retryRandom };
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

function selectedVersion(extensions: OctetReader): number | undefined {
  let selected: number | undefined;
  while (extensions.left > 0) {
    const type = extensions.uint('extension type', 2);
    const content = extensions.counted('extension', 2);
    if (type === 43) selected = content.uint('selected_version', 2); // supported_versions
  }
  return selected;
}

/** RFC 5246 section 7.4.2. The certificates are copied out: the bytes they came in are used again. */
function readChain(message: OctetReader): readonly Uint8Array[] {
  const list = message.counted('certificate_list', 3);
  const chain: Uint8Array[] = [];
  while (list.left > 0) {
    const length = list.uint('certificate length', 3);
    if (length === 0) throw new WireError('certificate length', list.offset - 3, 'a certificate is not empty');
    chain.push(list.bytes('certificate', length).slice());
  }
  return chain;
}
