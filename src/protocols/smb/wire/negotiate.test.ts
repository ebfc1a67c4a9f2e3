/** NEGOTIATE: what was chosen, on any bytes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { survivesAnything } from '../../../../test/fixtures/decoding.js';
import { negotiateBody } from '../../../estate/smb-answers.js';
import { allDialects, decodeNegotiateResponse, encodeNegotiate } from './negotiate.js';

const withHeader = (body: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(64 + body.length);
  bytes.set(body, 64);
  return bytes;
};
const now = Date.UTC(2026, 0, 2, 3, 4, 5);
const said = (dialect: (typeof allDialects)[number], more: object = {}) =>
  withHeader(negotiateBody({ dialect, signingRequired: false, encrypts: true, compresses: false, now, ...more }));
const decode = (bytes: Uint8Array) => decodeNegotiateResponse({ bytes });

describe('decodeNegotiateResponse', () => {
  it('gives a message or a WireError for any bytes', () => survivesAnything(decode, [said('3.1.1', { compresses: true }), said('2.0.2')]));

  it('reads what was chosen, whatever it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...allDialects), fc.boolean(), fc.boolean(), fc.boolean(), (dialect, signingRequired, encrypts, compresses) => {
        const isThree = dialect.startsWith('3');
        expect(decode(said(dialect, { signingRequired, encrypts, compresses }))).toEqual({
          dialect,
          signingRequired,
          signingEnabled: true,
          hasServerGuid: true,
          encryptionCapable: encrypts && isThree,
          systemTime: now,
          cipher: encrypts && dialect === '3.1.1' ? 'aes-128-gcm' : null,
          signingAlgorithm: dialect === '3.1.1' ? 'aes-cmac' : null,
          compression: compresses && dialect === '3.1.1' ? [1] : null,
        });
      }),
    );
  });

  it('refuses a dialect that nobody offered', () => {
    const bytes = said('2.1');
    bytes[68] = 0xff;
    expect(() => decode(bytes)).toThrow(/DialectRevision/);
  });
});

describe('encodeNegotiate', () => {
  const asked = (dialects: typeof allDialects) =>
    encodeNegotiate({ dialects, clientGuid: new Uint8Array(16), salt: new Uint8Array(32), offersCompression: true });

  it('places its contexts at multiples of eight from the header, and has none without 3.1.1', () => {
    const view = new DataView(asked(allDialects).slice().buffer);
    expect([view.getUint16(2, true), view.getUint16(32, true)]).toEqual([5, 4]);
    const offset = view.getUint32(28, true);
    expect(offset % 8).toBe(0);
    expect(view.getUint16(offset - 64, true)).toBe(1);
    expect(asked(['2.0.2']).length).toBe(38);
  });
});
