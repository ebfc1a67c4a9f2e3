import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClientHello, encodeClientHello } from './client-hello.js';
import { OctetReader } from './octets.js';
import { type TlsVersion, tlsVersions, versionNumbers } from './versions.js';

const random = new Uint8Array(32).fill(0xaa);
const keyShare = new Uint8Array(32).fill(0xbb);
const hello = (change: Partial<ClientHello> = {}): ClientHello => ({
  version: 'TLSv1.2',
  random,
  suites: [0xc02b, 0x0035],
  serverName: null,
  keyShare,
  ...change,
});

/** Reads a hello as a server would, from RFC 8446 section 4.1.2; refuses what is left over anywhere. */
function readHello(bytes: Uint8Array) {
  const record = new OctetReader(bytes);
  const contentType = record.uint('type', 1);
  const recordVersion = record.uint('version', 2);
  const handshake = record.counted('record', 2);
  const messageType = handshake.uint('message', 1);
  const body = handshake.counted('body', 3);
  const version = body.uint('version', 2);
  const itsRandom = body.bytes('random', 32);
  const sessionId = rest(body.counted('session id', 1));
  const suites = numbers(body.counted('suites', 2));
  const compression = rest(body.counted('compression', 1));
  const extensions = new Map<number, readonly number[]>();
  const list = body.left > 0 ? body.counted('extensions', 2) : undefined;
  while (list && list.left > 0) extensions.set(list.uint('type', 2), rest(list.counted('extension', 2)));
  expect([record.left, handshake.left, body.left]).toEqual([0, 0, 0]);
  return { contentType, recordVersion, messageType, version, random: itsRandom, sessionId, suites, compression, extensions };
}

const rest = (reader: OctetReader): readonly number[] => [...reader.bytes('rest', reader.left)];

function numbers(reader: OctetReader): readonly number[] {
  const read: number[] = [];
  while (reader.left > 0) read.push(reader.uint('number', 2));
  return read;
}

describe('a hello', () => {
  it('of SSLv3 is byte for byte this', () => {
    const bytes = encodeClientHello(hello({ version: 'SSLv3', suites: [0x000a] }));
    const legend = [
      '16 0300 002f', // handshake record of SSLv3, 47 bytes
      '01 00002b', // client_hello, 43 bytes
      '0300', // SSLv3
      'aa'.repeat(32), // random
      '00', // no session id
      '0004 000a 00ff', // RSA with 3DES, and the signal that RFC 5746 is known
      '01 00', // no compression; no extensions, which SSLv3 does not have
    ];
    expect(Buffer.from(bytes).toString('hex')).toBe(legend.join('').replaceAll(' ', ''));
  });

  it.each(tlsVersions)('of %s offers that version and no other', (version) => {
    const read = readHello(encodeClientHello(hello({ version })));
    const supported = read.extensions.get(43);
    expect(read).toMatchObject({ contentType: 22, messageType: 1, random, compression: [0] });
    expect(version === 'TLSv1.3' ? supported : read.version).toEqual(version === 'TLSv1.3' ? [2, 3, 4] : versionNumbers[version]);
    expect(version === 'TLSv1.3' || supported === undefined).toBe(true);
  });

  it('of TLS 1.3 carries the key share and passes for TLS 1.2 to those in between', () => {
    const read = readHello(encodeClientHello(hello({ version: 'TLSv1.3', suites: [0x1301] })));
    expect(read).toMatchObject({ version: 0x0303, recordVersion: 0x0301, suites: [0x1301], sessionId: [...random] });
    expect(read.extensions.get(51)).toEqual([0, 36, 0, 0x1d, 0, 32, ...keyShare]);
  });

  it.each<[TlsVersion, readonly number[]]>([
    ['SSLv3', []],
    ['TLSv1.0', [10, 11, 23]],
    ['TLSv1.1', [10, 11, 23]],
    ['TLSv1.2', [10, 11, 23, 13]],
    ['TLSv1.3', [10, 13, 43, 51, 45]],
  ])('of %s has the extensions that its servers ask for', (version, types) => {
    expect([...readHello(encodeClientHello(hello({ version }))).extensions.keys()]).toEqual(types);
  });

  it('names the host where there is one', () => {
    const named = readHello(encodeClientHello(hello({ serverName: 'pacs.example' })));
    expect(named.extensions.get(0)).toEqual([0, 15, 0, 0, 12, ...Buffer.from('pacs.example')]);
  });

  it('refuses what would not be one', () => {
    expect(() => encodeClientHello(hello({ random: new Uint8Array(31) }))).toThrow(RangeError);
    expect(() => encodeClientHello(hello({ keyShare: new Uint8Array(33) }))).toThrow(RangeError);
    expect(() => encodeClientHello(hello({ suites: [] }))).toThrow(RangeError);
    expect(() => encodeClientHello(hello({ serverName: 'münchen.example' }))).toThrow(RangeError);
    expect(() => encodeClientHello(hello({ serverName: 'two\r\nlines' }))).toThrow(RangeError);
    expect(() => encodeClientHello(hello({ suites: Array.from({ length: 40_000 }, (_, index) => index) }))).toThrow(RangeError);
  });

  it('is read back whatever it offers', () => {
    const suites = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1, maxLength: 300 });
    const name = fc.option(fc.stringMatching(/^[a-z0-9.-]{1,253}$/), { nil: null });
    fc.assert(
      fc.property(fc.constantFrom(...tlsVersions), suites, fc.uint8Array({ minLength: 32, maxLength: 32 }), name, (version, offered, itsRandom, serverName) => {
        const read = readHello(encodeClientHello(hello({ version, suites: offered, random: itsRandom, serverName })));
        expect(read.suites).toEqual(version === 'TLSv1.3' ? offered : [...offered, 0x00ff]);
        expect(read.random).toEqual(itsRandom);
        expect(read.extensions.has(0)).toBe(serverName !== null && version !== 'SSLv3');
      }),
    );
  });
});
