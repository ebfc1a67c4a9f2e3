import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alertRecord,
  flight,
  flightMessages,
  inRecords,
  protocolVersionAlert,
  retryFlight,
  tls12Flight,
  tls13Flight,
} from '../../../../test/fixtures/tls-flights.js';
import { WireError } from '../../../model/wire.js';
import { alertName } from './alerts.js';
import { decodeServerFlight, maximumFlight, readServerFlight, type ServerFlight } from './server-flight.js';
import { tlsVersions } from './versions.js';

const decode = (bytes: Uint8Array): ServerFlight | undefined => decodeServerFlight(bytes)?.message;
const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
const nothing: ServerFlight = { hello: null, chain: [], certificateRequested: false, helloDone: false, alert: null };

describe('recorded flights of OpenSSL', () => {
  it('TLS 1.2: version, suite, certificate and the request for ours', () => {
    const read = decode(tls12Flight);
    expect(read).toMatchObject({ hello: { version: 'TLSv1.2', suite: 0xc02b, retry: false }, certificateRequested: true, helloDone: true, alert: null });
    expect(read?.chain.map((der) => [der.length, der[0]])).toEqual([[370, 0x30]]);
  });

  it('TLS 1.3: the ServerHello, and not a byte of what is encrypted', () => {
    const decoded = decodeServerFlight(tls13Flight);
    expect(decoded?.message).toEqual({ ...nothing, hello: { version: 'TLSv1.3', suite: 0x1301, retry: false } });
    expect(decoded?.consumed).toBe(127);
  });

  it('a HelloRetryRequest settles the version', () => {
    expect(decode(retryFlight)).toEqual({ ...nothing, hello: { version: 'TLSv1.3', suite: 0x1301, retry: true } });
  });

  it('an alert by its name', () => {
    expect(decode(protocolVersionAlert)).toEqual({ ...nothing, alert: 'protocol_version' });
  });
});

describe('odd flights', () => {
  it('a warning does not end one: old Java and Apache do not know the name and go on', () => {
    const read = decode(join(alertRecord(1, 112), flight({ version: 'TLSv1.0', suite: 0x000a })));
    expect(read).toMatchObject({ hello: { version: 'TLSv1.0', suite: 0x000a }, helloDone: true, alert: null });
  });

  it('close_notify ends one though its level is a warning', () => {
    expect(decode(alertRecord(1, 0))?.alert).toBe('close_notify');
  });

  it('an alert after the ServerHello keeps the ServerHello', () => {
    const begun = flight({ version: 'TLSv1.2', suite: 0x002f, helloDone: false });
    expect(decode(join(begun, alertRecord(2, 80)))).toMatchObject({ hello: { version: 'TLSv1.2' }, helloDone: false, alert: 'internal_error' });
  });

  it('a version of no known number is told apart', () => {
    const draft = Uint8Array.from(flight({ version: 'TLSv1.3', suite: 0x1301 }).with(-1, 0x1c).with(-2, 0x7f));
    expect(readServerFlight(draft).flight.hello?.version).toBe('other');
  });

  it('the certificates are copies: the buffer they came in may be used again', () => {
    const bytes = Uint8Array.from(tls12Flight);
    const read = decode(bytes);
    bytes.fill(0);
    expect(read?.chain[0]?.[0]).toBe(0x30);
  });
});

describe('what is not TLS', () => {
  it.each<[string, Uint8Array, string]>([
    ['a web server', new TextEncoder().encode('HTTP/1.1 400 Bad Request\r\n'), 'ContentType'],
    ['a DICOM A-ABORT', Uint8Array.from([7, 0, 0, 0, 0, 4, 0, 0, 2, 0]), 'ContentType'],
    ['application data first', Uint8Array.from([23, 3, 3, 0, 1, 0]), 'ContentType'],
    ['major version 2', Uint8Array.from([22, 2, 0, 0, 1, 0]), 'ProtocolVersion'],
    ['an empty record', Uint8Array.from([22, 3, 3, 0, 0]), 'record length'],
    ['a record of more than 2^14 bytes', Uint8Array.from([22, 3, 3, 0x40, 1]), 'record length'],
    ['half an alert', Uint8Array.from([21, 3, 3, 0, 1, 2]), 'alert'],
    ['a certificate before the ServerHello', inRecords([11, 0, 0, 3, 0, 0, 0]), 'msg_type'],
    ['a message of more than 64 KiB', inRecords([2, 1, 0, 0]), 'message length'],
    ['a ServerHello that is cut short', inRecords([2, 0, 0, 2, 3, 3]), 'random'],
    [
      'an empty certificate',
      inRecords([...flightMessages({ version: 'TLSv1.2', suite: 1, helloDone: false }), 11, 0, 0, 6, 0, 0, 3, 0, 0, 0]),
      'certificate length',
    ],
  ])('%s is an error that names the field', (_, bytes, field) => {
    expect(() => decodeServerFlight(bytes)).toThrow(expect.objectContaining({ name: 'WireError', field }));
  });

  it('loses nothing that was understood before it', () => {
    const broken = join(flight({ version: 'TLSv1.2', suite: 0x0035, helloDone: false }), new TextEncoder().encode('garbage'));
    const { flight: read, problem, ended } = readServerFlight(broken);
    expect(read.hello).toEqual({ version: 'TLSv1.2', suite: 0x0035, retry: false });
    expect([problem?.field, ended]).toEqual(['ContentType', false]);
  });
});

describe('limits', () => {
  const manyMessages = (count: number) =>
    inRecords([...flightMessages({ version: 'TLSv1.2', suite: 1, helloDone: false }), ...Array.from({ length: count }, () => [22, 0, 0, 0]).flat()]);

  it('a flight may hold 64 KiB of handshake and not more', () => {
    const most = Math.floor((maximumFlight - flightMessages({ version: 'TLSv1.2', suite: 1, helloDone: false }).length) / 4);
    expect(decodeServerFlight(manyMessages(most))).toBeUndefined();
    expect(() => decodeServerFlight(manyMessages(most + 1))).toThrow(expect.objectContaining({ field: 'handshake' }));
  });
});

const plans = fc.record({
  version: fc.constantFrom(...tlsVersions.filter((version) => version !== 'TLSv1.3')),
  suite: fc.integer({ min: 0, max: 0xffff }),
  chain: fc.array(fc.uint8Array({ minLength: 1, maxLength: 60 }), { maxLength: 4 }),
  certificateRequested: fc.boolean(),
});

describe('every flight', () => {
  it('is read back, wherever its records are cut', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 1, max: 200 }), (plan, size) => {
        const { version, suite, chain, certificateRequested } = plan;
        expect(decode(inRecords(flightMessages(plan), size))).toEqual({
          hello: { version, suite, retry: false },
          chain,
          certificateRequested,
          helloDone: true,
          alert: null,
        });
      }),
    );
  });

  it.each([
    ['TLS 1.2', tls12Flight],
    ['TLS 1.3', tls13Flight],
    ['retry', retryFlight],
    ['alert', protocolVersionAlert],
  ])('%s: one byte at a time gives the same as all at once', (_, bytes) => {
    const whole = decodeServerFlight(bytes);
    const first = bytes.findIndex((_byte, index) => decodeServerFlight(bytes.subarray(0, index + 1)) !== undefined) + 1;
    expect(first).toBe(whole?.consumed);
    expect(decodeServerFlight(bytes.subarray(0, first))).toEqual(whole);
  });

  it('takes any bytes for need of more, a flight or a WireError', () => {
    const recordLike = fc
      .tuple(fc.constantFrom(20, 21, 22, 23), fc.uint8Array({ maxLength: 40 }))
      .map(([type, body]) => Uint8Array.from([type, 3, 3, 0, body.length, ...body]));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.array(recordLike, { maxLength: 4 }).map((records) => join(...records)),
        ),
        takesAnything,
      ),
    );
  });

  it('takes any damage to a real one for need of more, a flight or a WireError', () => {
    fc.assert(
      fc.property(fc.constantFrom(tls12Flight, tls13Flight, retryFlight), fc.nat(), fc.integer({ min: 0, max: 255 }), (bytes, at, value) =>
        takesAnything(bytes.with(at % bytes.length, value)),
      ),
    );
  });
});

function takesAnything(bytes: Uint8Array): void {
  try {
    const decoded = decodeServerFlight(bytes);
    if (decoded) expect(decoded.consumed > 0 && decoded.consumed <= bytes.length).toBe(true);
  } catch (error) {
    expect(error).toBeInstanceOf(WireError);
  }
}

describe('alerts', () => {
  it('have the names of RFC 8446, and a number where they have none', () => {
    expect([40, 70, 116, 99].map(alertName)).toEqual(['handshake_failure', 'protocol_version', 'certificate_required', 'alert_99']);
  });
});
