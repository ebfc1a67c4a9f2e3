/** Whether a peer wants to know who calls, from what it asked in the clear and how a handshake without a certificate ended. */
import type { TlsEvidence } from './evidence.js';
import type { FullHandshake } from './full-handshake.js';
import type { ServerFlight } from './wire/server-flight.js';

/** Alerts that can be about our certificate alone (RFC 8446 section 6.2). */
const aboutOurCertificate: ReadonlySet<string> = new Set(['certificate_required', 'bad_certificate', 'unknown_ca', 'no_certificate']);
/** TLS 1.2 and below have no alert for a missing certificate: OpenSSL says the first, others the rest. They mean it only where one was asked for. */
const afterRequest: ReadonlySet<string> = new Set([...aboutOurCertificate, 'handshake_failure', 'certificate_unknown', 'access_denied']);

/** `flight` is one of TLS 1.2 or below that came to its ServerHelloDone; `null` where there was none. */
export function clientCertificate(flight: ServerFlight | null, handshake: FullHandshake | null): TlsEvidence['clientCertificate'] {
  const requested = flight?.certificateRequested;
  if (handshake?.stood) return requested === undefined ? 'not-required' : requested ? 'requested' : 'not-requested';
  const alert = handshake?.alert ?? '';
  if (aboutOurCertificate.has(alert) || (requested === true && afterRequest.has(alert))) return 'required';
  return 'unknown';
}
