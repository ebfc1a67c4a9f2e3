/** Opens connections: the only place where Dosimeter does. Out of scope is refused before a packet leaves. */
import net from 'node:net';
import tls from 'node:tls';
import { type Connection, ConnectionFailure, type Dial, type SecureSession, type Traffic, type Transport } from '../model/connection.js';
import type { Endpoint } from '../model/endpoint.js';
import { toFailure } from './failure.js';
import type { DialLimits } from './limits.js';
import { SocketConnection } from './socket-connection.js';

/** Why an address may not be contacted, or `undefined` where it may. Asked again for every single connection. */
export type Permit = (address: string, port: number) => string | undefined;

export interface DialContext {
  readonly permit: Permit;
  readonly limits: DialLimits;
  readonly signal?: AbortSignal | undefined;
  /** Waits for a free slot in the connection rate; absent means no limit. */
  readonly pace?: (() => Promise<void>) | undefined;
}

/** A `Dial` for one endpoint. What it sends and receives is added to `traffic`. */
export function createDial(endpoint: Endpoint, context: DialContext, traffic: Traffic): Dial {
  return {
    open: (transport) => open(endpoint, transport, context, traffic),
    pause: (ms) => pause(ms, context.signal),
  };
}

async function open(endpoint: Endpoint, transport: Transport, context: DialContext, traffic: Traffic): Promise<Connection> {
  const refusal = context.permit(endpoint.address, endpoint.port);
  if (refusal !== undefined) throw new ConnectionFailure('out-of-scope', refusal);
  if (context.signal?.aborted) throw new ConnectionFailure('timed-out', 'stopped');
  await context.pace?.();
  traffic.connections += 1;
  const socket = await connect(endpoint, context);
  if (transport === 'plain') return new SocketConnection(socket, undefined, context.limits, traffic, context.signal);
  const { secureSocket, session } = await secure(socket, endpoint, context);
  return new SocketConnection(secureSocket, session, context.limits, traffic, context.signal);
}

function connect(endpoint: Endpoint, context: DialContext): Promise<net.Socket> {
  const socket = net.connect({ host: endpoint.address, port: endpoint.port, noDelay: true });
  const tooLate = new ConnectionFailure('timed-out', 'the port did not answer');
  return settle(socket, 'connect', context.limits.connectMs, tooLate, { connected: false, spoke: false }, context.signal).then(() => socket);
}

/** Takes any certificate and any version that OpenSSL still speaks: we measure, we do not trust. */
function secureOptions(socket: net.Socket, endpoint: Endpoint): tls.ConnectionOptions {
  const base = { socket, rejectUnauthorized: false, minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' } as const;
  return net.isIP(endpoint.host) ? base : { ...base, servername: endpoint.host };
}

async function secure(socket: net.Socket, endpoint: Endpoint, context: DialContext): Promise<{ secureSocket: tls.TLSSocket; session: SecureSession }> {
  const secureSocket = tls.connect(secureOptions(socket, endpoint));
  const tooLate = new ConnectionFailure('timed-out', 'the TLS handshake did not come to an end', { connected: true });
  await settle(secureSocket, 'secureConnect', context.limits.answerMs, tooLate, { connected: true, spoke: socket.bytesRead > 0 }, context.signal);
  const session = { version: secureSocket.getProtocol() ?? 'unknown', cipherSuite: secureSocket.getCipher().standardName, chain: certificateChain(secureSocket) };
  return { secureSocket, session };
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

/** Waits for one event of a socket, or for an error, a close, the deadline or an abort; leaves no listener behind. */
function settle(
  socket: net.Socket,
  event: string,
  withinMs: number,
  tooLate: ConnectionFailure,
  state: { connected: boolean; spoke: boolean },
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish(tooLate), withinMs);
    const onDone = () => finish(undefined);
    const onError = (error: Error) => finish(toFailure(error, state));
    const onClose = () => finish(new ConnectionFailure('closed', 'the peer closed the connection', state));
    const onAbort = () => finish(new ConnectionFailure('timed-out', 'stopped', state));
    function finish(failure: ConnectionFailure | undefined): void {
      clearTimeout(timer);
      socket.off(event, onDone).off('error', onError).off('close', onClose);
      signal?.removeEventListener('abort', onAbort);
      if (!failure) return resolve();
      socket.on('error', () => undefined); // a late reset must not end the process
      socket.destroy();
      reject(failure);
    }
    socket.once(event, onDone).once('error', onError).once('close', onClose);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}
