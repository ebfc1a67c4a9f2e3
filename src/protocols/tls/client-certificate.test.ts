import { describe, expect, it } from 'vitest';
import { clientCertificate } from './client-certificate.js';
import type { TlsEvidence } from './evidence.js';
import type { ServerFlight } from './wire/server-flight.js';

const asked = (certificateRequested: boolean): ServerFlight => ({
  hello: { version: 'TLSv1.2', suite: 1, retry: false },
  chain: [],
  certificateRequested,
  helloDone: true,
  alert: null,
});
const session = { version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', chain: [] };
const stood = { session, alert: null, stood: true };
const ended = (alert: string | null) => ({ session: null, alert, stood: false });

describe('whether a client certificate is wanted', () => {
  it.each<[string, ServerFlight | null, Parameters<typeof clientCertificate>[1], TlsEvidence['clientCertificate']]>([
    ['asked for, and the handshake stood without', asked(true), stood, 'requested'],
    ['not asked for, and the handshake stood', asked(false), stood, 'not-requested'],
    ['TLS 1.3 only, and the handshake stood: the question is encrypted', null, stood, 'not-required'],
    ['asked for, and handshake_failure (OpenSSL, TLS 1.2)', asked(true), ended('handshake_failure'), 'required'],
    ['asked for, and bad_certificate (Java, TLS 1.2)', asked(true), ended('bad_certificate'), 'required'],
    ['TLS 1.3 only, and certificate_required after the handshake (OpenSSL, DCMTK)', null, { session, alert: 'certificate_required', stood: false }, 'required'],
    ['not asked for, and handshake_failure: no suite in common', asked(false), ended('handshake_failure'), 'unknown'],
    ['nothing in the clear, and handshake_failure', null, ended('handshake_failure'), 'unknown'],
    ['asked for, and hung up without a word: busy, perhaps', asked(true), ended(null), 'unknown'],
    ['asked for, and protocol_version: our client is too new', asked(true), ended('protocol_version'), 'unknown'],
    ['asked for, and no handshake was tried', asked(true), null, 'unknown'],
  ])('%s', (_, flight, handshake, expected) => {
    expect(clientCertificate(flight, handshake)).toBe(expected);
  });
});
