/** SMB 1: chosen or not, and the product; on any bytes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { survivesAnything } from '../../../../test/fixtures/decoding.js';
import { smb1NegotiateAnswer, smb1SessionAnswer } from '../../../estate/smb1-answers.js';
import { decodeSmb1NegotiateResponse, decodeSmb1SessionSetupResponse, encodeSmb1AnonymousSetup, encodeSmb1Negotiate, encodeSmb1StrangerSetup } from './smb1.js';

const now = Date.UTC(2026, 0, 2);

describe('decodeSmb1NegotiateResponse', () => {
  it('gives an answer or a WireError for any bytes', () =>
    survivesAnything(decodeSmb1NegotiateResponse, [smb1NegotiateAnswer(true, 3, now), smb1NegotiateAnswer(false, 0, now)]));

  it.each([
    [3, 'disabled'],
    [7, 'enabled'],
    [15, 'required'],
  ])('reads security mode %i as signing %s', (mode, signing) => {
    expect(decodeSmb1NegotiateResponse(smb1NegotiateAnswer(true, mode, now))).toEqual({ accepted: true, signing, encryptsPasswords: true, systemTime: now });
  });

  it('is not chosen where the server answers and takes none of the dialects', () => {
    expect(decodeSmb1NegotiateResponse(smb1NegotiateAnswer(false, 0, now)).accepted).toBe(false);
  });
});

describe('decodeSmb1SessionSetupResponse', () => {
  it('gives an answer or a WireError for any bytes', () =>
    survivesAnything(decodeSmb1SessionSetupResponse, [smb1SessionAnswer({ status: 0, nativeOs: 'Unix', nativeLanMan: 'Samba 4.17.12' })]));

  it('reads the names of products', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]{1,40}$/), fc.stringMatching(/^[ -~]{1,40}$/), (nativeOs, nativeLanMan) => {
        expect(decodeSmb1SessionSetupResponse(smb1SessionAnswer({ status: 0, nativeOs, nativeLanMan }))).toMatchObject({
          status: 0,
          isGuest: false,
          nativeOs,
          nativeLanMan,
        });
      }),
    );
    expect(decodeSmb1SessionSetupResponse(smb1SessionAnswer({ status: 0xc000006d, nativeOs: '', nativeLanMan: '' }))).toMatchObject({
      status: 0xc000006d,
      nativeOs: null,
      nativeLanMan: null,
    });
  });
});

it('asks for NT LM 0.12 alone, and comes without a name', () => {
  expect(String.fromCharCode(...encodeSmb1Negotiate().subarray(36, 46))).toBe('NT LM 0.12');
  const setup = encodeSmb1AnonymousSetup();
  expect([setup[32], setup[33 + 14], setup[33 + 16]]).toEqual([13, 1, 0]);
});

it('comes under a name that nobody has with an answer that no password gives', () => {
  const setup = encodeSmb1StrangerSetup('DOSIMETER-X');
  expect([setup[33 + 14], setup[33 + 16]]).toEqual([24, 24]);
  expect(setup.subarray(61, 61 + 48).every((byte) => byte === 0)).toBe(true);
  expect(new TextDecoder('utf-16le').decode(setup.subarray(110, 110 + 22))).toBe('DOSIMETER-X');
});

it('marks guests', () => {
  expect(decodeSmb1SessionSetupResponse(smb1SessionAnswer({ status: 0, nativeOs: '', nativeLanMan: '', isGuest: true, userId: 7 }))).toMatchObject({
    isGuest: true,
    userId: 7,
  });
});
