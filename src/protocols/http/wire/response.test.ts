import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireError } from '../../../model/wire.js';
import { decodeChunkSize, decodeResponseHead, decodeSome } from './response.js';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const head = (text: string) => decodeResponseHead(bytesOf(text), 1_000);

describe('the head of an answer', () => {
  it.each([
    [
      'as in the book',
      'HTTP/1.1 200 OK\r\nServer: x\r\nA: b\r\n\r\nbody',
      {
        version: '1.1',
        status: 200,
        headers: [
          ['server', 'x'],
          ['a', 'b'],
        ],
      },
      36,
    ],
    ['bare line feeds', 'HTTP/1.0 404 Not Found\nServer: x\n\n', { version: '1.0', status: 404, headers: [['server', 'x']] }, 34],
    ['mixed line ends', 'HTTP/1.1 200 OK\r\nA: b\n\r\n', { version: '1.1', status: 200, headers: [['a', 'b']] }, 24],
    ['no reason', 'HTTP/1.1 401\r\n\r\n', { version: '1.1', status: 401, headers: [] }, 16],
    ['blank lines in front', '\r\nHTTP/1.1 200 OK\r\n\r\n', { version: '1.1', status: 200, headers: [] }, 21],
    ['junk among headers', 'HTTP/1.1 200 OK\r\njunk\r\na b: c\r\n: d\r\nE:f\r\n\r\n', { version: '1.1', status: 200, headers: [['e', 'f']] }, 46],
    ['a folded header', 'HTTP/1.1 200 OK\r\nA: b\r\n  c\r\n\r\n', { version: '1.1', status: 200, headers: [['a', 'b c']] }, 30],
    ['a version from the future', 'HTTP/2 200 \r\n\r\n', { version: '1.1', status: 200, headers: [] }, 15],
  ])('%s', (_, text, message, consumed) => {
    const decoded = head(text);
    expect(decoded?.message).toEqual(message);
    expect(text.slice(0, decoded?.consumed)).toHaveLength(Math.min(consumed, text.length));
    expect(text.slice(decoded?.consumed)).toBe(text.includes('body') ? 'body' : '');
  });

  it.each(['SSH-2.0-x\r\n\r\n', '<html>', 'HTTPS/1.1 200', 'HTTP/1.1 2000 OK\r\n\r\n', 'HTTP/1.1 OK\r\n\r\n', 'HTTP/9 200 OK\r\n\r\n'])('is not %j', (text) => {
    expect(() => head(text)).toThrow(WireError);
  });

  it('has a limit, and one for the number of headers', () => {
    expect(() => head(`HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(200)}`)).toThrow(/does not end/);
    expect(() => head(`HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(200)}\r\n`)).toThrow(/does not end/);
    expect(decodeResponseHead(bytesOf(`HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(900)}\r\n`), 16_384)?.message.headers).toHaveLength(200);
  });

  it('is the same one byte at a time', () => {
    const whole = 'HTTP/1.1 200 OK\r\nServer: x\r\n\r\n';
    for (let length = 0; length < whole.length; length += 1) expect(head(whole.slice(0, length))).toBeUndefined();
    expect(head(whole)?.consumed).toBe(whole.length);
  });

  it('is one of three things for any bytes', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: fc.constantFrom('\r', '\n', ':', ' ', 'A', '0'), maxLength: 60 }));
    fc.assert(
      fc.property(fc.boolean(), text, (begins, rest) => {
        const bytes = bytesOf((begins ? 'HTTP/1.1 200 ' : '') + rest);
        try {
          const decoded = decodeResponseHead(bytes, 64);
          if (decoded) expect(decoded.consumed).toBeGreaterThan(0);
          if (decoded) expect(decoded.consumed).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
    );
  });
});

describe('the size of a chunk', () => {
  it.each([
    ['1a\r\n', 26],
    ['\r\n0\r\n', 0],
    ['FF;name=value\r\n', 255],
    ['5  \n', 5],
  ])('%j', (text, size) => expect(decodeChunkSize(bytesOf(text))).toEqual({ message: size, consumed: text.length }));

  it.each(['x\r\n', '\r\n\r\n\r\n\r\n', '-1\r\n', '123456789\r\n', `1;${'x'.repeat(2_000)}`])('is not %j', (text) => {
    expect(() => decodeChunkSize(bytesOf(text))).toThrow(WireError);
  });

  it('is one of three things for any bytes, and the same one byte at a time', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        try {
          const decoded = decodeChunkSize(bytes);
          if (decoded) expect(decoded.consumed).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
    );
    expect([decodeChunkSize(bytesOf('1')), decodeChunkSize(bytesOf('1a\r'))]).toEqual([undefined, undefined]);
  });
});

describe('some bytes', () => {
  it('are what has come, up to a limit', () => {
    expect(decodeSome(bytesOf(''), 5)).toBeUndefined();
    expect(decodeSome(bytesOf('abc'), 2)).toEqual({ message: bytesOf('ab'), consumed: 2 });
  });
});
