import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireError } from '../../../model/wire.js';
import { decodeLine, readGreeting, readModuleAnswer, readModuleLine } from './line.js';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('a line', () => {
  it.each([
    ['a\n', 'a'],
    ['a\r\n', 'a'],
    ['\n', ''],
    ['\xff\0\n', '\xff\0'],
  ])('%j', (text, line) => {
    expect(decodeLine(bytesOf(text))).toEqual({ message: line, consumed: text.length });
    for (let length = 0; length < text.length; length += 1) expect(decodeLine(bytesOf(text.slice(0, length)))).toBeUndefined();
  });

  it('has a limit', () => {
    expect(() => decodeLine(bytesOf('x'.repeat(11)), 10)).toThrow(WireError);
    expect(() => decodeLine(bytesOf(`${'x'.repeat(11)}\n`), 10)).toThrow(WireError);
    expect(decodeLine(bytesOf(`${'x'.repeat(10)}\n`), 10)?.consumed).toBe(11);
  });

  it('is one of three things for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => {
        try {
          const decoded = decodeLine(bytes, 20);
          if (decoded) expect(bytes[decoded.consumed - 1]).toBe(0x0a);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
    );
  });
});

it.each([
  ['@RSYNCD: 32.0 sha512 sha256 sha1 md5 md4', { protocol: 32, digests: ['sha512', 'sha256', 'sha1', 'md5', 'md4'] }],
  ['@RSYNCD: 31.0', { protocol: 31, digests: [] }],
  ['@RSYNCD: 29', { protocol: 29, digests: [] }],
  ['@RSYNCD: 32.0 rot13 md5', { protocol: 32, digests: ['md5'] }],
  ['@RSYNCD: many', undefined],
  ['@ERROR: no', undefined],
  ['SSH-2.0', undefined],
])('the greeting %j', (line, expected) => {
  expect(readGreeting(line)).toEqual(expected);
});

it.each([
  ['imaging        \tTestbed archive', 'imaging'],
  ['imaging        \t', 'imaging'],
  ['a very long name of a module\tx', 'a very long name of a module'],
  ['imaging\tpadding is missing', undefined],
  ['Welcome to our server', undefined],
  ['               \tno name', undefined],
  ['', undefined],
])('the line %j of a list', (line, name) => {
  expect(readModuleLine(line)).toBe(name);
});

it.each([
  ['@RSYNCD: OK', 'open'],
  ['@RSYNCD: AUTHREQD TxiAdu', 'login'],
  ['@ERROR: access denied to imaging from host (10.0.0.1)', 'denied'],
  ['@ERROR: max connections (4) reached -- try again later', 'busy'],
  ["@ERROR: Unknown module 'x'", 'unknown'],
  ['@ERROR: chdir failed', 'unknown'],
  ['@RSYNCD: EXIT', 'unknown'],
  ['Welcome', undefined],
])('the answer %j', (line, answer) => {
  expect(readModuleAnswer(line)).toBe(answer);
});
