/** Frames of the session service on any bytes, and however they are cut. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyBytesNear, outcomeOf } from '../../../../test/fixtures/decoding.js';
import { decodeFrame, encodeFrame, encodeSessionRequest, frameLimit } from './frame.js';

const framed = fc.uint8Array({ maxLength: 200 }).map((payload) => encodeFrame(payload));
const good = [encodeFrame(new Uint8Array(70)), Uint8Array.of(0x85, 0, 0, 0), Uint8Array.of(0x83, 0, 0, 1, 0x82), Uint8Array.of(0x82, 0, 0, 0)];

describe('decodeFrame', () => {
  it('gives nothing, a frame or a WireError for any bytes, one at a time as all at once', () => {
    fc.assert(
      fc.property(fc.oneof(framed, anyBytesNear(good)), (bytes) => {
        let early: unknown;
        for (let length = 0; length < bytes.length && early === undefined; length += 1) early = outcomeOf(decodeFrame, bytes.subarray(0, length));
        const atOnce = outcomeOf(decodeFrame, bytes);
        const isOther = atOnce !== undefined && 'message' in atOnce && atOnce.message.type === 'other'; // consumes what there is
        if (isOther) expect(early ?? atOnce).toMatchObject({ message: { type: 'other' } });
        else expect(early ?? atOnce).toEqual(atOnce);
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads back what encodeFrame writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (payload) => {
        const bytes = encodeFrame(payload);
        expect(decodeFrame(bytes)).toEqual({ message: { type: 'message', payload }, consumed: bytes.length });
      }),
    );
  });

  it.each([
    ['a granted session', [0x82, 0, 0, 0], { type: 'session-granted' }],
    ['a refused one, with its reason', [0x83, 0, 0, 1, 0x82], { type: 'session-refused', error: 0x82 }],
    ['a retarget, which is not followed', [0x84, 0, 0, 6, 127, 0, 0, 1, 0, 139], { type: 'session-refused', error: 0x84 }],
    ['a keep-alive', [0x85, 0, 0, 0], { type: 'keep-alive' }],
    ['a web server', [0x48, 0x54], { type: 'other' }],
  ])('knows %s', (_, bytes, frame) => {
    expect(decodeFrame(Uint8Array.from(bytes))?.message).toEqual(frame);
  });

  it('refuses a length before anything of it came', () => {
    expect(() => decodeFrame(Uint8Array.of(0, 0xff, 0xff, 0xff))).toThrow(/StreamProtocolLength at byte 1/);
    expect(decodeFrame(Uint8Array.of(0, 2, 0, 0))).toBeUndefined();
    expect(frameLimit).toBeGreaterThan(2 * 65_536);
  });
});

it('asks a NetBIOS session of any server, under its own name (RFC 1001 section 14.1)', () => {
  const request = encodeSessionRequest('*SMBSERVER', 'DOSIMETER');
  expect([request[0], request[3], request.length]).toEqual([0x81, 68, 72]);
  expect(String.fromCharCode(...request.subarray(5, 37))).toBe('CKFDENECFDEFFCFGEFFCCACACACACACA');
  expect(String.fromCharCode(...request.subarray(39, 71))).toBe('EEEPFDEJENEFFEEFFCCACACACACACAAA');
});
