/**
 * HTTP requests to one endpoint, one after another over as few connections as the server allows. Follows nothing by itself,
 * sends no body ever, and takes no more of an answer than its limits.
 */
import { brotliDecompressSync, gunzipSync, inflateSync, constants as zlib } from 'node:zlib';
import { type Connection, ConnectionFailure, type Dial, NotThisProtocol, type ServiceHint, type Transport } from '../../model/connection.js';
import type { Endpoint } from '../../model/endpoint.js';
import { type Decoded, WireError } from '../../model/wire.js';
import { recogniseService } from '../recognise.js';
import { decodeChunkSize, decodeResponseHead, decodeSome, type ResponseHead } from './wire/response.js';

/** All that Dosimeter ever says. POST only with an empty body, where the answer tells whether the caller would be let in. */
export type Method = 'GET' | 'OPTIONS' | 'PROPFIND' | 'POST';

export interface HttpRequest {
  readonly method: Method;
  /** Path and query, percent-encoded. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes of the body to take, where it is not the usual limit. */
  readonly bodyBytes?: number;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case; repeated ones joined with a comma, except `set-cookie`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  /** Decoded, and cut at the limit. */
  readonly body: Uint8Array;
  /** More would have come. */
  readonly truncated: boolean;
  /** The body came without a head (HTTP/0.9). */
  readonly headless: boolean;
}

/** The requests that one host may get are used up, or the time that they may take. */
export class BudgetSpent extends Error {}

/** The server hung up, fell silent or makes no sense, or has been asked enough: no mistake of ours. */
export const isEndOfConversation = (error: unknown): boolean =>
  error instanceof BudgetSpent || error instanceof ConnectionFailure || error instanceof NotThisProtocol || error instanceof WireError;

export interface HttpLimits {
  /** Bytes of one head. */
  readonly headBytes: number;
  /** Bytes of one body, before and after it is decompressed. */
  readonly bodyBytes: number;
  /** Milliseconds for one whole answer. */
  readonly answerMs: number;
  /** A connection that has brought so many bytes is closed and another one opened. */
  readonly connectionBytes: number;
  /** Milliseconds for all requests together: a server that drips does not hold a scan up for long. */
  readonly siteMs: number;
}

export const defaultHttpLimits: HttpLimits = { headBytes: 32_768, bodyBytes: 262_144, answerMs: 8_000, connectionBytes: 4_194_304, siteMs: 120_000 };

const mostInterimAnswers = 4;

export class HttpConversation {
  readonly #dial: Dial;
  readonly transport: Transport;
  readonly endpoint: Endpoint;
  readonly #userAgent: string;
  readonly #limits: HttpLimits;
  #connection: Connection | undefined;
  #connectionBytes = 0;
  #keepsConnections = true;
  #until = Number.POSITIVE_INFINITY;
  /** Requests that may still be sent. */
  budget: number;
  requests = 0;

  constructor(dial: Dial, endpoint: Endpoint, transport: Transport, options: { userAgent: string; budget: number; limits?: HttpLimits }) {
    this.#dial = dial;
    this.endpoint = endpoint;
    this.transport = transport;
    this.#userAgent = options.userAgent;
    this.budget = options.budget;
    this.#limits = options.limits ?? defaultHttpLimits;
  }

  /** Throws `ConnectionFailure`, `NotThisProtocol` where something else than HTTP answered, and `BudgetSpent`. */
  async request(request: HttpRequest): Promise<HttpAnswer> {
    const reused = this.#connection !== undefined;
    try {
      return await this.#counted(request);
    } catch (error) {
      // A server may close an idle connection just as the next request leaves (RFC 9112 section 9.3.1); trailers of the last answer are no head.
      const isStale = error instanceof NotThisProtocol || (error instanceof ConnectionFailure && error.outcome === 'closed');
      if (!(reused && isStale)) throw error;
    }
    this.#keepsConnections = false; // once is enough to know: each of its answers would cost two requests
    return await this.#counted(request);
  }

  /** Every request that leaves counts, also one that is sent again. */
  async #counted(request: HttpRequest): Promise<HttpAnswer> {
    if (this.budget <= 0 || performance.now() > this.#until) throw new BudgetSpent();
    if (this.requests === 0) this.#until = performance.now() + this.#limits.siteMs;
    this.budget -= 1;
    this.requests += 1;
    try {
      return await this.#exchange(request);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    this.#connection?.close();
    this.#connection = undefined;
    this.#connectionBytes = 0;
  }

  async #exchange(request: HttpRequest): Promise<HttpAnswer> {
    this.#connection ??= await this.#dial.open(this.transport);
    const connection = this.#connection;
    await connection.send(requestBytes(request, this.endpoint, this.transport, this.#userAgent));
    const until = performance.now() + this.#limits.answerMs;
    const head = await this.#head(connection);
    const limit = request.bodyBytes ?? this.#limits.bodyBytes;
    const body = await this.#body(connection, head, limit, until);
    this.#connectionBytes += body.bytes.length;
    if (!body.complete || !this.#keepsConnections || !staysOpen(head) || this.#connectionBytes > this.#limits.connectionBytes) this.close();
    return answerOf(head, body, limit);
  }

  /** Passes over interim answers (1xx). `undefined`: a page without a head. */
  async #head(connection: Connection): Promise<ResponseHead | undefined> {
    for (let interim = 0; interim <= mostInterimAnswers; interim += 1) {
      const { head, hint } = await connection.receive<HeadSeen>((bytes) => this.#decodeHead(bytes));
      if (hint === 'http') return undefined;
      if (hint !== undefined) throw new NotThisProtocol(hint);
      if (head && head.status >= 200) return head;
    }
    throw new NotThisProtocol('unknown');
  }

  #decodeHead(bytes: Uint8Array): Decoded<HeadSeen> | undefined {
    try {
      const decoded = decodeResponseHead(bytes, this.#limits.headBytes);
      return decoded && { message: { head: decoded.message }, consumed: decoded.consumed };
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      if (error.field === 'status-line' && bytes.length < 9) return undefined; // too few bytes to tell what it is instead
      const hint = error.field === 'status-line' ? recogniseService(bytes) : 'unknown';
      return { message: { hint: /^HTTP/.test(String.fromCharCode(...bytes.subarray(0, 4))) ? ('unknown' as const) : hint }, consumed: 0 };
    }
  }

  async #body(connection: Connection, head: ResponseHead | undefined, limit: number, until: number): Promise<Body> {
    const reader = new BodyReader(connection, limit, until);
    if (!head) return reader.untilClosed();
    if (head.status === 204 || head.status === 304) return { bytes: new Uint8Array(0), complete: true };
    if (/\bchunked\b/i.test(headerOf(head, 'transfer-encoding') ?? '')) return reader.chunked();
    const length = contentLength(head);
    return length === undefined ? reader.untilClosed() : reader.counted(length);
  }
}

/** A head, or what was heard instead of one; `http` is a page without a head. */
interface HeadSeen {
  readonly head?: ResponseHead;
  readonly hint?: ServiceHint;
}

interface Body {
  readonly bytes: Uint8Array;
  /** All of it was read, and the connection stands at the beginning of the next answer. */
  readonly complete: boolean;
  /** It ended where it should, or where the peer closed. */
  readonly ended?: boolean;
}

/** Takes a body piece by piece up to a limit. A body that breaks off is what has come of it. */
class BodyReader {
  readonly #connection: Connection;
  readonly #limit: number;
  readonly #until: number;
  readonly #pieces: Uint8Array[] = [];
  #length = 0;

  constructor(connection: Connection, limit: number, until: number) {
    this.#connection = connection;
    this.#limit = limit;
    this.#until = until;
  }

  async counted(length: number): Promise<Body> {
    const whole = await this.#take(length);
    return { bytes: this.#joined(), complete: whole, ended: whole };
  }

  async untilClosed(): Promise<Body> {
    const whole = await this.#take(Number.POSITIVE_INFINITY);
    return { bytes: this.#joined(), complete: false, ended: whole };
  }

  async chunked(): Promise<Body> {
    for (;;) {
      const size = await this.#tryReceive(decodeChunkSize);
      if (size === undefined) return { bytes: this.#joined(), complete: false, ended: false };
      if (size === 0) return { bytes: this.#joined(), complete: true, ended: true }; // the last line break is passed over in front of the next head
      if (!(await this.#take(size))) return { bytes: this.#joined(), complete: false, ended: false };
    }
  }

  /** True when `length` bytes came, or, where no length is known, when the peer closed. */
  async #take(length: number): Promise<boolean> {
    let left = length;
    while (left > 0) {
      const room = Math.min(left, this.#limit - this.#length);
      if (room <= 0) return false;
      const piece = await this.#tryReceive((bytes) => decodeSome(bytes, room));
      if (piece === undefined) return left === Number.POSITIVE_INFINITY && this.#closed;
      this.#pieces.push(piece);
      this.#length += piece.length;
      left -= piece.length;
    }
    return true;
  }

  #closed = false;

  async #tryReceive<Message>(decode: (bytes: Uint8Array) => { message: Message; consumed: number } | undefined): Promise<Message | undefined> {
    try {
      return await this.#connection.receive(decode, { withinMs: Math.max(1, this.#until - performance.now()) });
    } catch (error) {
      if (error instanceof ConnectionFailure) this.#closed = error.outcome === 'closed';
      else if (!(error instanceof WireError)) throw error;
      return undefined;
    }
  }

  #joined(): Uint8Array {
    const bytes = new Uint8Array(this.#length);
    let at = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  }
}

const headerOf = (head: ResponseHead, name: string): string | undefined => head.headers.find(([each]) => each === name)?.[1];

/** The smallest of several that contradict each other; `undefined` where none can be read. */
function contentLength(head: ResponseHead): number | undefined {
  const lengths = head.headers.flatMap(([name, value]) => (name === 'content-length' && /^\d{1,15}$/.test(value) ? [Number(value)] : []));
  return lengths.length === 0 ? undefined : Math.min(...lengths);
}

function staysOpen(head: ResponseHead | undefined): boolean {
  if (!head) return false;
  const connection = headerOf(head, 'connection')?.toLowerCase() ?? '';
  return head.version === '1.1' ? !connection.includes('close') : connection.includes('keep-alive');
}

function answerOf(head: ResponseHead | undefined, { bytes, ended }: Body, limit: number): HttpAnswer {
  if (!head) return { status: 200, headers: {}, cookies: [], body: bytes, truncated: ended === false, headless: true };
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of head.headers) {
    if (name !== 'set-cookie') headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  const cookies = head.headers.flatMap(([name, value]) => (name === 'set-cookie' ? [value] : []));
  const body = decompressed(bytes, headers['content-encoding'] ?? '', limit);
  return { status: head.status, headers, cookies, body: body ?? new Uint8Array(0), truncated: ended === false || body === undefined, headless: false };
}

/** We ask for none, but some servers compress all the same. `undefined`: it would be larger than the limit, or is broken. */
function decompressed(bytes: Uint8Array, encoding: string, limit: number): Uint8Array | undefined {
  const unpack = { gzip: gunzipSync, 'x-gzip': gunzipSync, deflate: inflateSync, br: brotliDecompressSync }[encoding.trim().toLowerCase()];
  if (!unpack || bytes.length === 0) return bytes;
  try {
    const flush = unpack === brotliDecompressSync ? zlib.BROTLI_OPERATION_FLUSH : zlib.Z_SYNC_FLUSH;
    return new Uint8Array(unpack(bytes, { maxOutputLength: limit, finishFlush: flush }));
  } catch {
    return undefined;
  }
}

const latin = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** Throws where a path or a header would break out of its line: nothing that a peer said may become a header of ours. */
function requestBytes({ method, path, headers = {} }: HttpRequest, endpoint: Endpoint, transport: Transport, userAgent: string): Uint8Array {
  const length = method === 'POST' ? { 'content-length': '0' } : {};
  const all = { host: hostHeader(endpoint, transport), 'user-agent': userAgent, accept: '*/*', 'accept-encoding': 'identity', ...length, ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  for (const line of [path, ...lines]) if (!/^[\x20-\x7e]*$/.test(line)) throw new Error('a request holds a character that HTTP has no place for');
  if (!/^\/[^ ]*$/.test(path)) throw new Error('a request path begins with / and holds no space');
  return latin(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
}

function hostHeader({ host, port }: Endpoint, transport: Transport): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === (transport === 'tls' ? 443 : 80) ? name : `${name}:${port}`;
}
