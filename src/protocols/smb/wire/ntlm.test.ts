/** NTLM: names are reduced, no password exists, and any bytes are survived. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { survivesAnything } from '../../../../test/fixtures/decoding.js';
import { ntlmChallenge } from '../../../estate/smb-answers.js';
import { utf16Text } from './byte-writer.js';
import { decodeChallenge, encodeAnonymousAuthenticate, encodeNtlmNegotiate, encodeStrangerAuthenticate } from './ntlm.js';

const said = ntlmChallenge({ version: [10, 0, 20348], computer: 'PACS01', domain: 'CLINIC' });
const length = (text: string) => `${text.length}`;

describe('decodeChallenge', () => {
  it('gives a challenge, nothing or a WireError for any bytes', () => survivesAnything((bytes) => decodeChallenge(bytes, length), [said]));

  it('finds it within a token and hands names to the reducer', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30 }), (before) => {
        const token = new Uint8Array(before.length + said.length);
        token.set(before);
        token.set(said, before.length);
        expect(decodeChallenge(token, length)).toMatchObject({
          version: { major: 10, minor: 0, build: 20348 },
          computer: '6',
          domain: '6',
          dnsComputer: '6',
          dnsDomain: null,
        });
      }),
    );
  });

  it('is nothing where NTLM does not speak', () => {
    expect(decodeChallenge(encodeNtlmNegotiate(), length)).toBeUndefined();
    expect(decodeChallenge(new Uint8Array(50), length)).toBeUndefined();
  });
});

describe('what is said', () => {
  const field = (message: Uint8Array, at: number) => {
    const view = new DataView(message.slice().buffer);
    return message.subarray(view.getUint32(at + 4, true), view.getUint32(at + 4, true) + view.getUint16(at, true));
  };

  it('is nobody: no name, no proof', () => {
    const message = encodeAnonymousAuthenticate('DOSIMETER');
    expect([field(message, 12), field(message, 20), field(message, 36)]).toEqual([Uint8Array.of(0), new Uint8Array(0), new Uint8Array(0)]);
    expect(utf16Text(field(message, 44))).toBe('DOSIMETER');
  });

  it('is a name that nobody has, with a proof of zeros that no password gives', () => {
    const message = encodeStrangerAuthenticate('DOSIMETER-ABC123', 'DOSIMETER', said.subarray(56));
    expect(utf16Text(field(message, 36))).toBe('DOSIMETER-ABC123');
    expect(field(message, 20).subarray(0, 16)).toEqual(new Uint8Array(16));
    expect(field(message, 12)).toEqual(new Uint8Array(24));
  });
});
