/** A whole handshake by an ordinary TLS client without a certificate: what it agrees on, and whether that client is let in. */
import { type Connection, ConnectionFailure, type Dial, type SecureSession } from '../../model/connection.js';

export interface FullHandshake {
  readonly session: SecureSession | null;
  /** The alert that ended it, also one that came after our side was finished. */
  readonly alert: string | null;
  /** The session stood: the peer does without a client certificate. */
  readonly stood: boolean;
}

/**
 * In TLS 1.3 the client is finished before the server has looked at its (missing) certificate: DCMTK and OpenSSL send
 * `certificate_required` one round trip later (RFC 8446 section 4.4.2.4). Opening took two round trips at least, so a
 * multiple of that is waited for, in milliseconds within these bounds.
 */
const lateAlertMs = { least: 300, most: 2_000, openings: 4 } as const;

/** Never throws for what a peer does. */
export async function shakeHands(dial: Dial): Promise<FullHandshake> {
  const began = performance.now();
  let connection: Connection;
  try {
    connection = await dial.open('tls');
  } catch (error) {
    if (!(error instanceof ConnectionFailure)) throw error;
    return { session: null, alert: error.alert ?? null, stood: false };
  }
  const session = connection.secure ?? null;
  const withinMs = Math.min(lateAlertMs.most, Math.max(lateAlertMs.least, lateAlertMs.openings * (performance.now() - began)));
  try {
    return session?.version === 'TLSv1.3' ? { session, ...(await awaitLateAlert(connection, withinMs)) } : { session, alert: null, stood: session !== null };
  } finally {
    connection.close();
  }
}

async function awaitLateAlert(connection: Connection, withinMs: number): Promise<Pick<FullHandshake, 'alert' | 'stood'>> {
  try {
    await connection.receive((bytes) => (bytes.length > 0 ? { message: true, consumed: bytes.length } : undefined), { withinMs });
    return { alert: null, stood: true }; // the application spoke first: FTP and SMTP do
  } catch (error) {
    if (!(error instanceof ConnectionFailure)) throw error;
    return { alert: error.alert ?? null, stood: error.outcome === 'timed-out' };
  }
}
