import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileText } from '../../test/golden/hostile-text.js';
import { visible, visibleText } from './visible.js';

describe('visibleText', () => {
  it.each([
    ['plain text stays', 'Orthanc 1.12.4 – 心臓', 'Orthanc 1.12.4 – 心臓'],
    ['an escape sequence', '\u001b[2Jgone', '\\u{1b}[2Jgone'],
    ['the single-character introducer (C1)', '\u009b2J', '\\u{9b}2J'],
    ['a right-to-left override', 'gpj.\u202eexe', 'gpj.\\u{202e}exe'],
    ['zero width', 'a\u200bb', 'a\\u{200b}b'],
    ['half a surrogate pair', 'a\ud800b', 'a\\u{d800}b'],
    ['line breaks and tabs become spaces', 'a\r\n\tb\nc', 'a b c'],
    ['the Unicode line separator', 'a\u2028b', 'a\\u{2028}b'],
    ['DEL and BEL', '\u007f\u0007', '\\u{7f}\\u{7}'],
  ])('%s', (_title, text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it('leaves nothing that a reader cannot see', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(visibleText(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('visible', () => {
  it('reaches keys and every depth', () => {
    expect(visible({ a: ['\u0007', { '\u0008': '\u0009' }], n: 1, none: null, yes: true })).toEqual({
      a: ['\\u{7}', { '\\u{8}': ' ' }],
      n: 1,
      none: null,
      yes: true,
    });
  });
});
