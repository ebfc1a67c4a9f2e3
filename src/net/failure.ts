/** Turns what Node says about a socket into an outcome. Keeps refused, timed out, unreachable and closed apart. */
import { ConnectionFailure } from '../model/connection.js';

interface SocketError extends Error {
  readonly code?: string;
}

/** What was known of the connection when the error came. */
export interface ConnectionState {
  readonly connected: boolean;
  readonly spoke: boolean;
}

const refusedCodes = new Set(['ECONNREFUSED']);
const unreachableCodes = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EADDRNOTAVAIL', 'EACCES', 'EPERM', 'EINVAL']);

/** Our own shortages. They say nothing about the peer, so they must not become a statement about it. */
const localCodes = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']);

export function toFailure(error: SocketError, state: ConnectionState): ConnectionFailure {
  if (error instanceof ConnectionFailure) return error;
  const code = error.code ?? '';
  if (refusedCodes.has(code) && !state.connected) return new ConnectionFailure('refused', 'the port is closed', state);
  if (localCodes.has(code)) return new ConnectionFailure('crashed', `this machine ran out of resources (${code}): lower --concurrency`, state);
  if (unreachableCodes.has(code) && !state.connected) return new ConnectionFailure('unreachable', `no way to the address (${code})`, state);
  if (code === 'ETIMEDOUT') return new ConnectionFailure('timed-out', 'no answer', state);
  const alert = tlsAlert(error);
  if (alert) return new ConnectionFailure('closed', `the peer ended TLS: ${alert}`, { ...state, alert });
  // A closed port refuses; one that resets had taken the connection, even where connect() never saw it.
  if (code === 'ECONNRESET') return new ConnectionFailure('closed', 'the peer closed the connection (reset)', { ...state, connected: true });
  return new ConnectionFailure('closed', 'the peer closed the connection', state);
}

/** OpenSSL's codes for alerts read `ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED`; the name after `ALERT` is RFC 8446's. */
function tlsAlert(error: SocketError): string | undefined {
  return /ALERT_([A-Z_]+)/.exec(error.code ?? '')?.[1]?.toLowerCase();
}
