/** SESSION_SETUP: guest and anonymous told apart, on any bytes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { survivesAnything } from '../../../../test/fixtures/decoding.js';
import { sessionSetupBody, smbMessages } from '../../../estate/smb-answers.js';
import { decodeSessionSetupResponse, encodeSessionSetup } from './session-setup.js';

const message = (flags: number, token: Uint8Array) =>
  smbMessages([{ command: 1, status: 0, messageId: 1n, treeId: 0, sessionId: 1n, body: sessionSetupBody(flags, token) }]);
const decode = (bytes: Uint8Array) => decodeSessionSetupResponse({ bytes });

describe('decodeSessionSetupResponse', () => {
  it('gives a message or a WireError for any bytes', () => survivesAnything(decode, [message(1, new Uint8Array(20)), message(0, new Uint8Array(0))]));

  it('reads the flags and the token', () => {
    fc.assert(
      fc.property(fc.nat(7), fc.uint8Array({ maxLength: 50 }), (flags, token) => {
        expect(decode(message(flags, token))).toEqual({
          isGuest: (flags & 1) !== 0,
          isAnonymous: (flags & 2) !== 0,
          encryptData: (flags & 4) !== 0,
          securityBuffer: token,
        });
      }),
    );
  });

  it('refuses a token outside the message', () => {
    const bytes = message(0, new Uint8Array(4));
    bytes[69] = 0xff;
    expect(() => decode(bytes)).toThrow(/SecurityBuffer/);
  });
});

it('says where its token lies', () => {
  const body = encodeSessionSetup(Uint8Array.of(7, 7));
  expect([body[12], body[14], body.length]).toEqual([88, 2, 26]);
});
