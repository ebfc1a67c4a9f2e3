/** Opens connections: the only place where Dosimeter does. Out of scope is refused before a packet leaves. */
import net from 'node:net';
import tls from 'node:tls';
import { type Connection, ConnectionFailure, type Dial, type SecureSession, type Traffic, type Transport } from '../model/connection.js';
import type { Endpoint } from '../model/endpoint.js';
import { toFailure } from './failure.js';
import type { DialLimits } from './limits.js';
import { fromReservedPort } from './reserved-port.js';
import { SocketConnection } from './socket-connection.js';

/** Why an address may not be contacted, or `undefined` where it may. Asked again for every single connection. */
export type Permit = (address: string, port: number) => string | undefined;

export interface DialContext {
  readonly permit: Permit;
  readonly limits: DialLimits;
  readonly stop: StopSwitch;
  /** Waits for a free slot in the connection rates; absent means no limit. */
  readonly pace?: ((address: string) => Promise<void>) | undefined;
  /** How long a connection may take to stand, where that has been learnt, and what is learnt of it. */
  readonly timing?: { connectMs(address: string, usual: number): number; answered(address: string, ms: number): void } | undefined;
}

interface OpenContext extends DialContext {
  readonly reservedSourcePort?: true;
  /** TLS session that the peer gave last on this dial. */
  readonly tickets: { last: Buffer | undefined };
  readonly resumes: boolean;
  /** Moment (of `performance.now()`) at which the time for all connections of this dial ends. */
  readonly until: number;
}

const stopped = { outcome: 'timed-out', detail: 'stopped' } as const;

/** Ends all connections at once when a scan is stopped. One listener for the scan, not one for every connection. */
export class StopSwitch {
  readonly #live = new Set<{ end(ending: typeof stopped): void }>();
  readonly #signal: AbortSignal | undefined;

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
    signal?.addEventListener('abort', () => {
      for (const connection of [...this.#live]) connection.end(stopped);
    });
  }

  get isStopped(): boolean {
    return this.#signal?.aborted ?? false;
  }

  /** Ends at once what is added after the stop. */
  add(connection: { end(ending: typeof stopped): void }): void {
    if (this.isStopped) connection.end(stopped);
    else this.#live.add(connection);
  }

  remove(connection: { end(ending: typeof stopped): void }): void {
    this.#live.delete(connection);
  }
}

/** A `Dial` for one endpoint. What it sends and receives is added to `traffic`. */
export function createDial(endpoint: Endpoint, context: DialContext, traffic: Traffic): Dial {
  const tickets = { last: undefined };
  let until: number | undefined;
  return {
    open: (transport, { port = endpoint.port, reservedSourcePort, resumes = false } = {}) => {
      until ??= performance.now() + (context.limits.probeMs ?? Number.POSITIVE_INFINITY);
      const base = { ...context, tickets, resumes, until };
      return open({ ...endpoint, port }, transport, reservedSourcePort ? { ...base, reservedSourcePort } : base, traffic);
    },
    pause: (ms) => pause(ms, context.stop),
  };
}

async function open(endpoint: Endpoint, transport: Transport, context: OpenContext, traffic: Traffic): Promise<Connection> {
  refuse(endpoint, context);
  if (context.pace) {
    await context.pace(endpoint.address);
    refuse(endpoint, context); // a time window may have closed meanwhile
  }
  if (performance.now() >= context.until) throw usedUp(traffic);
  traffic.connections += 1;
  const onEnd = (ended: SocketConnection) => context.stop.remove(ended);
  const connection = transport === 'plain' ? await openPlain(endpoint, context, traffic, onEnd) : await openSecure(endpoint, context, traffic, onEnd);
  context.stop.add(connection);
  return connection;
}

/** A peer that keeps each connection just within its limits does not hold the scan up for as many of them as a probe may open. */
function usedUp({ bytesReceived }: Traffic): ConnectionFailure {
  const spoke = bytesReceived > 0;
  return new ConnectionFailure('timed-out', 'the time for this port is used up', { connected: spoke, spoke });
}

/** One buffer for all sockets: what was read is copied out of it before the next socket is read. */
const readBuffer = new Uint8Array(65_536);

async function openPlain(endpoint: Endpoint, context: OpenContext, traffic: Traffic, onEnd: (ended: SocketConnection) => void): Promise<SocketConnection> {
  const early: Uint8Array[] = [];
  let take = (chunk: Uint8Array): unknown => early.push(chunk.slice());
  // `onread` hands the bytes over without a stream in between, which is what most of a connection's time would go to.
  const onread = { buffer: readBuffer, callback: (length: number) => take(readBuffer.subarray(0, length)) !== false };
  const socket = await connect(endpoint, context, { onread });
  const upgrade = async () => {
    const secured = await overTls(socket, endpoint, context, traffic, onEnd);
    context.stop.add(secured);
    return secured;
  };
  const connection = new SocketConnection(socket, undefined, limitsOf(context), traffic, onEnd, upgrade);
  for (const chunk of early) connection.accept(chunk);
  take = (chunk) => connection.accept(chunk);
  return connection;
}

async function openSecure(endpoint: Endpoint, context: OpenContext, traffic: Traffic, onEnd: (ended: SocketConnection) => void): Promise<SocketConnection> {
  return overTls(await connect(endpoint, context, {}), endpoint, context, traffic, onEnd);
}

async function overTls(
  socket: net.Socket,
  endpoint: Endpoint,
  context: OpenContext,
  traffic: Traffic,
  onEnd: (ended: SocketConnection) => void,
): Promise<SocketConnection> {
  const { stream, session } = await secure(socket, endpoint, context);
  const connection = new SocketConnection(stream, session, limitsOf(context), traffic, onEnd);
  stream.on('data', (chunk: Uint8Array) => connection.accept(chunk));
  return connection;
}

const limitsOf = ({ limits, until }: OpenContext): DialLimits => ({ ...limits, totalMs: Math.min(limits.totalMs, until - performance.now()) });

function refuse({ address, port }: Endpoint, { permit, stop }: DialContext): void {
  const refusal = permit(address, port);
  if (refusal !== undefined) throw new ConnectionFailure('out-of-scope', refusal);
  if (stop.isStopped) throw new ConnectionFailure(stopped.outcome, stopped.detail);
}

async function connect(endpoint: Endpoint, context: OpenContext, reading: Pick<net.NetConnectOpts, 'onread'>): Promise<net.Socket> {
  if (context.reservedSourcePort) return fromReservedPort((localPort, onError) => connectOnce(endpoint, context, { ...reading, localPort }, onError));
  for (let tries = 1; ; tries += 1) {
    try {
      return await connectOnce(endpoint, context, reading);
    } catch (error) {
      if (!isShortage(error) || tries === shortageTries || context.stop.isStopped) throw error;
      await pause(200 * tries * (1 + Math.random()), context.stop); // apart from the others that wait for the same
    }
  }
}

/** This machine has no more files, ports or buffers for now: that passes when other conversations end, and says nothing of the peer. */
const shortageTries = 6;
const isShortage = (error: unknown): boolean => error instanceof ConnectionFailure && error.outcome === 'crashed' && !error.connected;

async function connectOnce(
  endpoint: Endpoint,
  context: DialContext,
  options: Partial<net.TcpNetConnectOpts>,
  onError: (error: Error) => void = () => undefined,
): Promise<net.Socket> {
  const { timing, limits, stop } = context;
  const startedAt = performance.now();
  const socket = net.connect({ host: endpoint.address, port: endpoint.port, noDelay: true, ...options });
  socket.once('error', onError);
  const withinMs = timing ? timing.connectMs(endpoint.address, limits.connectMs) : limits.connectMs;
  try {
    await settle(socket, 'connect', withinMs, 'the port did not answer', { connected: false, spoke: false }, stop);
  } catch (error) {
    if (error instanceof ConnectionFailure && error.outcome === 'refused') timing?.answered(endpoint.address, performance.now() - startedAt);
    throw error;
  }
  socket.off('error', onError);
  timing?.answered(endpoint.address, performance.now() - startedAt);
  return socket;
}

/** Takes any certificate and any version that OpenSSL still speaks: we measure, we do not trust. */
function secureOptions(socket: net.Socket, endpoint: Endpoint): tls.ConnectionOptions {
  const base = { socket, rejectUnauthorized: false, minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' } as const;
  return net.isIP(endpoint.host) ? base : { ...base, servername: endpoint.host };
}

async function secure(socket: net.Socket, endpoint: Endpoint, context: OpenContext): Promise<{ stream: tls.TLSSocket; session: SecureSession }> {
  const { tickets, resumes } = context;
  const options = secureOptions(socket, endpoint);
  const stream = tls.connect(resumes && tickets.last ? { ...options, session: tickets.last } : options);
  stream.on('session', (ticket: Buffer) => {
    tickets.last = ticket;
  });
  await settle(
    stream,
    'secureConnect',
    context.limits.answerMs,
    'the TLS handshake did not come to an end',
    { connected: true, spoke: socket.bytesRead > 0 },
    context.stop,
  );
  const session = { version: stream.getProtocol() ?? 'unknown', cipherSuite: stream.getCipher().standardName, chain: certificateChain(stream) };
  return { stream, session };
}

/** DER certificates, leaf first. A chain that refers to itself (self-signed) ends there; ten are enough for anyone. */
function certificateChain(socket: tls.TLSSocket): readonly Uint8Array[] {
  const chain: Uint8Array[] = [];
  let certificate: tls.DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  while (certificate?.raw && chain.length < 10) {
    chain.push(certificate.raw);
    certificate = certificate.issuerCertificate === certificate ? undefined : certificate.issuerCertificate;
  }
  return chain;
}

/** Waits for one event of a socket, or for an error, a close, the deadline or a stop; leaves no listener behind. */
function settle(
  socket: net.Socket,
  event: string,
  withinMs: number,
  tooLate: string,
  state: { connected: boolean; spoke: boolean },
  stop: StopSwitch,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const waiting = { end: () => finish(new ConnectionFailure(stopped.outcome, stopped.detail, state)) };
    const timer = setTimeout(() => finish(new ConnectionFailure('timed-out', tooLate, state)), withinMs);
    const onDone = () => finish(undefined);
    const onError = (error: Error) => finish(toFailure(error, state));
    const onClose = () => finish(new ConnectionFailure('closed', 'the peer closed the connection', state));
    function finish(failure: ConnectionFailure | undefined): void {
      clearTimeout(timer);
      stop.remove(waiting);
      socket.off(event, onDone).off('error', onError).off('close', onClose);
      if (!failure) return resolve();
      socket.on('error', () => undefined); // a late reset must not end the process
      socket.destroy();
      reject(failure);
    }
    socket.once(event, onDone).once('error', onError).once('close', onClose);
    stop.add(waiting);
  });
}

function pause(ms: number, stop: StopSwitch): Promise<void> {
  return new Promise((resolve) => {
    const waiting = { end: () => done() };
    const timer = setTimeout(() => done(), ms);
    function done(): void {
      clearTimeout(timer);
      stop.remove(waiting);
      resolve();
    }
    stop.add(waiting);
  });
}
