/** TLS: the server's first flight, and certificates. */
import { readCertificate } from '../../../src/protocols/tls/certificate.js';
import { matchHost } from '../../../src/protocols/tls/host-match.js';
import { decodeServerFlight } from '../../../src/protocols/tls/wire/server-flight.js';
import { certificates } from '../../fixtures/certificates.js';
import { protocolVersionAlert, retryFlight, tls12Flight, tls13Flight } from '../../fixtures/tls-flights.js';
import { streamed, type Target, whole } from '../target.js';

export const tlsTargets: readonly Target[] = [
  streamed('tls/server-flight.decodeServerFlight', () => [tls12Flight, tls13Flight, retryFlight, protocolVersionAlert], decodeServerFlight),
  whole(
    'tls certificate',
    () => Object.values(certificates),
    (der) => [readCertificate(der), matchHost(der, 'pacs.example')],
  ),
];
