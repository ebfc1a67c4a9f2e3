/**
 * How many columns a text takes in a terminal: 0 for combining marks, 2 for East Asian wide characters and most pictographs, else 1.
 * A short table, not the whole of Unicode Standard Annex 11: an unlisted character costs a crooked column, nothing more.
 */

const wide: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f], // Hangul leading consonants
  [0x2e80, 0x303e], // CJK radicals, punctuation
  [0x3041, 0xa4cf], // kana, CJK ideographs, Yi
  [0xac00, 0xd7a3], // Hangul syllables
  [0xf900, 0xfaff], // CJK compatibility ideographs
  [0xfe30, 0xfe6f], // CJK compatibility forms
  [0xff00, 0xff60], // full-width forms
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff], // pictographs
  [0x20000, 0x3fffd], // CJK extensions
];
const combining = /\p{M}/u;
const ascii = /^[\x20-\x7e]*$/;

export function displayWidth(text: string): number {
  return ascii.test(text) ? text.length : [...text].reduce((total, character) => total + characterWidth(character), 0);
}

function characterWidth(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (combining.test(character)) return 0;
  return wide.some(([first, last]) => point >= first && point <= last) ? 2 : 1;
}

/** The longest beginning that fits; empty where not even the first character does. */
export function beginning(text: string, width: number): string {
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += characterWidth(character);
    if (used > width) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** Cut at the end, with an ellipsis. */
export function fit(text: string, width: number): string {
  return displayWidth(text) <= width ? text : `${beginning(text, width - 1)}…`;
}

/** Cut in the middle: a host's first label and its port both tell endpoints apart. */
export function fitMiddle(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const tail = Math.floor((width - 1) * 0.6);
  return `${beginning(text, width - 1 - tail)}…${backwards(beginning(backwards(text), tail))}`;
}

const backwards = (text: string): string => [...text].reverse().join('');

const spaces = (text: string, width: number): string => ' '.repeat(Math.max(0, width - displayWidth(text)));
export const padEnd = (text: string, width: number): string => text + spaces(text, width);
export const padStart = (text: string, width: number): string => spaces(text, width) + text;
