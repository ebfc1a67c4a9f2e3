import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireError } from '../../../model/wire.js';
import { decodeReply } from './reply.js';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const limits = { bytes: 400, lines: 10 };
const decode = (text: string) => decodeReply(bytesOf(text), limits);

describe('a reply', () => {
  it.each([
    ['of one line', '220 ready\r\n', { code: 220, lines: ['ready'] }],
    ['with a bare line feed', '220 ready\n', { code: 220, lines: ['ready'] }],
    ['without text', '200\r\n', { code: 200, lines: [''] }],
    ['of several lines', '211-Features:\r\n MLST a*;\r\n211 End\r\n', { code: 211, lines: ['Features:', ' MLST a*;', 'End'] }],
    ['whose lines repeat the code', '220-a\r\n220-b\r\n220 c\r\n', { code: 220, lines: ['a', '220-b', 'c'] }],
    ['with another code inside', '211-a\r\n530 b\r\n211 c\r\n', { code: 211, lines: ['a', '530 b', 'c'] }],
    ['that ends with the code alone', '211-a\r\n211\r\n', { code: 211, lines: ['a', ''] }],
    ['after a blank line', '\r\n226 done\r\n', { code: 226, lines: ['done'] }],
    ['with bytes that are no ASCII', '220 \xff\x00\xe9\r\n', { code: 220, lines: ['\xff\x00\xe9'] }],
  ])('%s', (_, text, message) => {
    expect(decode(text)).toEqual({ message, consumed: text.length });
    expect(decode(`${text}221 next\r\n`)).toEqual({ message, consumed: text.length });
    for (let length = 0; length < text.length; length += 1) expect(decode(text.slice(0, length))).toBeUndefined();
  });

  it.each(['SSH-2.0-x', 'HTTP/1.1 200 OK', '22x ', '020 ', '700 ', '2200', '\x15\x03\x01', '220:'])('is not %j', (text) => {
    expect(() => decode(text)).toThrow(WireError);
  });

  it('has limits: bytes of a line, bytes of all, lines', () => {
    expect(() => decode(`220 ${'x'.repeat(500)}`)).toThrow(/does not end/);
    expect(() => decode(`220 ${'x'.repeat(500)}\r\n`)).toThrow(/does not end/);
    expect(() => decode(`220-${'a\r\n'.repeat(200)}`)).toThrow(WireError);
    expect(() => decode(`220-a\r\n${'b\r\n'.repeat(12)}`)).toThrow(/more than 10 lines/);
    expect(() => decode('\r\n'.repeat(300))).toThrow(/does not end/);
  });

  it('is one of three things for any bytes, and the same one byte at a time', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: fc.constantFrom('\r', '\n', '-', ' ', '2', '0', 'A'), maxLength: 60 }),
    );
    fc.assert(
      fc.property(fc.constantFrom('', '220 ', '220-', '\r\n'), text, (begin, rest) => {
        const bytes = bytesOf(begin + rest);
        const outcome = (length: number) => {
          try {
            return decodeReply(bytes.subarray(0, length), { bytes: 40, lines: 4 });
          } catch (error) {
            expect(error).toBeInstanceOf(WireError);
            return 'malformed';
          }
        };
        const whole = outcome(bytes.length);
        if (whole !== undefined && whole !== 'malformed') {
          expect(whole.consumed).toBeGreaterThan(0);
          expect(whole.consumed).toBeLessThanOrEqual(bytes.length);
          expect(outcome(whole.consumed)).toEqual(whole);
          for (let length = 0; length < whole.consumed; length += 1) expect(outcome(length)).toBeUndefined();
        }
      }),
    );
  });
});
