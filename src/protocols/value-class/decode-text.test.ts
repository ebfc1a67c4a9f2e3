/** Every repertoire of PS3.3 section C.12.1.1.2 with the example names of PS3.5 annexes H to K, and bytes that belong to none. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.js';

const hex = (text: string) => Uint8Array.from((text.match(/[0-9a-f]{2}/g) ?? []).map((pair) => Number.parseInt(pair, 16)));

describe('decodeText', () => {
  it.each<[string, string, string, string]>([
    ['default repertoire', '', '42 65 72 67 65 72 5e 43 6c 61 72 61 20', 'Berger^Clara'],
    ['Latin-1', 'ISO_IR 100', 'c4 6e 65 61 73 5e 52 fc 64 69 67 65 72', 'Äneas^Rüdiger'],
    ['Latin-2', 'ISO_IR 101', '57 61 b3 ea 73 61', 'Wałęsa'],
    ['Latin-3', 'ISO_IR 109', 'c6 75', 'Ĉu'],
    ['Latin-4', 'ISO_IR 110', 'd3 65 6e', 'Ķen'],
    ['Cyrillic', 'ISO_IR 144', 'bb ee da 63 65 dc d1 79 70 d3', 'Люкceмбypг'],
    ['Arabic', 'ISO_IR 127', 'e2 c8 c7 e6 ea 5e e4 e6 d2 c7 d1', 'قباني^لنزار'],
    ['Greek', 'ISO_IR 126', 'c4 e9 ef ed f5 f3 e9 ef f2', 'Διονυσιος'],
    ['Hebrew', 'ISO_IR 138', 'f9 f8 e5 ef 5e e3 e1 e5 f8 e4', 'שרון^דבורה'],
    ['Latin-5', 'ISO_IR 148', 'de 61 68 69 6e', 'Şahin'],
    ['Latin-9', 'ISO_IR 203', 'a6 69 6d 61', 'Šima'],
    ['Thai', 'ISO_IR 166', 'ca c1 aa d2 c2', 'สมชาย'],
    ['JIS X 0201 katakana', 'ISO_IR 13', 'd4 cf c0 de 5e c0 db b3', 'ﾔﾏﾀﾞ^ﾀﾛｳ'],
    ['UTF-8', 'ISO_IR 192', 'e7 8e 8b 5e e5 b0 8f e6 9d b1', '王^小東'],
    ['GB18030', 'GB18030', 'cd f5 5e d0 a1 b6 ab', '王^小东'],
    ['GBK', 'GBK', 'cd f5 5e d0 a1 b6 ab', '王^小东'],
    ['a term as devices misspell it', 'ISO-IR 100', 'fc', 'ü'],
    ['another', 'ISO_8859-1', 'fc', 'ü'],
    [
      'JIS X 0208 by code extension (PS3.5 annex H.3.1)',
      '\\ISO 2022 IR 87',
      '59 61 6d 61 64 61 5e 54 61 72 6f 75 3d 1b 24 42 3b 33 45 44 1b 28 42 5e 1b 24 42 42 40 4f 3a 1b 28 42 3d 1b 24 42 24 64 24 5e 24 40 1b 28 42 5e 1b 24 42 24 3f 24 6d 24 26 1b 28 42',
      'Yamada^Tarou=山田^太郎=やまだ^たろう',
    ],
    [
      'JIS X 0201 first, then JIS X 0208 (PS3.5 annex H.3.2)',
      'ISO 2022 IR 13\\ISO 2022 IR 87',
      'd4 cf c0 de 5e c0 db b3 3d 1b 24 42 3b 33 45 44 1b 28 4a 5e 1b 24 42 42 40 4f 3a 1b 28 4a',
      'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎',
    ],
    ['JIS X 0212', '\\ISO 2022 IR 159', '1b 24 28 44 30 21 1b 28 42', '丂'],
    [
      'KS X 1001 (PS3.5 annex I.2)',
      '\\ISO 2022 IR 149',
      '48 6f 6e 67 5e 47 69 6c 64 6f 6e 67 3d 1b 24 29 43 fb f3 5e 1b 24 29 43 d1 ce d4 d7 3d 1b 24 29 43 c8 ab 5e 1b 24 29 43 b1 e6 b5 bf',
      'Hong^Gildong=洪^吉洞=홍^길동',
    ],
    ['GB2312 by code extension (PS3.5 annex K.2)', '\\ISO 2022 IR 58', '1b 24 29 41 d5 c5 5e 1b 24 29 41 d0 a1 b6 ab', '张^小东'],
    ['Latin-1 and Greek by code extension', 'ISO 2022 IR 100\\ISO 2022 IR 126', 'fc 20 1b 2d 46 c4', 'ü Δ'],
    ['Cyrillic, Arabic, Hebrew, Thai by code extension', '\\ISO 2022 IR 144', '1b 2d 4c b1 1b 2d 47 c8 1b 2d 48 e0 1b 2d 54 a1', 'Бبאก'],
    ['Latin-2 to 5 and 9 by code extension', '\\ISO 2022 IR 101', '1b 2d 42 b3 1b 2d 43 c6 1b 2d 44 d3 1b 2d 4d de 1b 2d 62 a6 1b 2d 41 fc', 'łĈĶŞŠü'],
    ['an escape that nobody knows is left out', '', '41 1b 25 42', 'A%B'],
  ])('%s', (_, characterSet, bytes, text) => {
    expect(decodeText(hex(bytes), characterSet)).toBe(text);
  });

  it.each<[string, string, RegExp]>([
    ['UTF-8 that nobody declared', 'e7 8e 8b', /^王$/],
    ['Latin-1 that nobody declared', '4d fc 6c 6c 65 72', /^Müller$/],
    ['EUC-KR that nobody declared: letters of some script', 'b1 e8 5e c8 f1 c1 df', /^\p{L}{2}\^\p{L}{4}$/u],
  ])('%s', (_, bytes, text) => {
    expect(decodeText(hex(bytes), '')).toMatch(text);
  });

  it('gives a text of bounded length for any bytes and any declaration', () => {
    const term = fc.oneof(
      fc.constantFrom(
        '',
        'ISO_IR 100',
        'ISO 2022 IR 87',
        'ISO 2022 IR 149',
        'ISO 2022 IR 58',
        'ISO_IR 13',
        'ISO_IR 166',
        'GB18030',
        'ISO_IR 192',
        'ISO_IR 999',
      ),
      fc.string({ maxLength: 12 }),
    );
    const escapes = fc.constantFrom('1b2442', '1b2840', '1b242844', '1b242943', '1b2429', '1b24', '1b').map((text) => [...hex(text)]);
    const bytes = fc.array(fc.oneof(fc.array(fc.nat(255), { maxLength: 8 }), escapes), { maxLength: 90 }).map((parts) => Uint8Array.from(parts.flat()));
    fc.assert(
      fc.property(bytes, fc.array(term, { maxLength: 3 }), (value, terms) => {
        expect(decodeText(value, terms.join('\\')).length).toBeLessThanOrEqual(1_024);
      }),
      { numRuns: 2_000 },
    );
  });
});
