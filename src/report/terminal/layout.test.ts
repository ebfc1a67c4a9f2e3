import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { table } from './table.js';
import { displayWidth, fit, fitMiddle, padStart } from './width.js';
import { wrap } from './wrap.js';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.array(fc.constantFrom('心', 'é', 'e\u0301', 'ab', ' '), { maxLength: 40 }).map((parts) => parts.join('')),
);

describe('width', () => {
  it.each([
    ['abc', 3],
    ['心臓', 4],
    ['e\u0301', 1],
    ['ﾊ', 1],
    ['', 0],
  ])('of %j', (shown, width) => expect(displayWidth(shown)).toBe(width));

  it('fits what it cuts', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 50 }), (long, width) => {
        expect(displayWidth(fit(long, width))).toBeLessThanOrEqual(width);
        expect(displayWidth(fitMiddle(long, width))).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('keeps both ends of an endpoint', () => {
    expect(fitMiddle('archive.radiology.example:11112', 20)).toBe('archive.…ample:11112');
    expect(padStart('心', 4)).toBe('  心');
  });
});

describe('wrap', () => {
  it('breaks between words and hangs under the indent', () => {
    expect(wrap('one two three four', 12, { first: '■ ', rest: '   ' })).toEqual(['■ one two', '   three', '   four']);
  });

  it('never exceeds the width and loses nothing', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 60 }), (long, width) => {
        const lines = wrap(long, width, { first: '  ' });
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replace(/\s/g, '')).toBe(long.replace(/\s/g, ''));
      }),
    );
  });
});

describe('table', () => {
  const columns = [
    { head: 'A', cells: ['a long cell of text', 'b'], least: 6 },
    { head: 'N', cells: ['1', '20'], align: 'right' as const },
  ];

  it('shrinks what may shrink', () => {
    expect(table(columns, 12)).toEqual({ head: 'A          N', rows: ['a long …   1', 'b         20'] });
  });

  it('gives up where it cannot fit', () => expect(table(columns, 9)).toBeUndefined());
});
