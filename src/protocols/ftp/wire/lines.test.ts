import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineSplitter } from './lines.js';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const split = (text: string, chunk: number) => {
  const splitter = new LineSplitter();
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += chunk) lines.push(...splitter.push(bytesOf(text.slice(at, at + chunk))));
  return { lines: [...lines, ...splitter.rest()], dropped: splitter.dropped };
};

describe('lines', () => {
  it.each([
    ['a\r\nb\r\n', ['a', 'b']],
    ['a\nb', ['a', 'b']],
    ['', []],
    ['\r\n\r\n', ['', '']],
    ['\xff\x00\r\n', ['\xff\x00']],
  ])('%j', (text, lines) => {
    expect(split(text, 100)).toEqual({ lines, dropped: 0 });
  });

  it('drops what is too long, and only that', () => {
    const text = `a\r\n${'x'.repeat(10_000)}\r\nb\r\n${'y'.repeat(4_096)}\r\nz`;
    expect(split(text, 1_000_000)).toEqual({ lines: ['a', 'b', 'z'], dropped: 2 }); // with its carriage return the second is one too long
    expect(split('x'.repeat(1_000_000), 999)).toEqual({ lines: [], dropped: 1 });
  });

  it('are the same however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('\r', '\n', 'a', '\xe9'), maxLength: 60 }), fc.integer({ min: 1, max: 7 }), (text, chunk) => {
        expect(split(text, chunk)).toEqual(split(text, 1_000));
      }),
    );
  });
});
