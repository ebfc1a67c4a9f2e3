/** Text → lines no wider than asked. Knows no colours: colour a line after it was wrapped. */
import { beginning, displayWidth } from './width.js';

interface Indent {
  /** Columns before the first line. */
  readonly first?: string;
  /** Columns before the lines after it; as wide as `first` where not given. */
  readonly rest?: string;
}

/** Breaks between words, and within a word only where it is wider than a whole line. Empty text gives no line. */
export function wrap(text: string, width: number, indent: Indent = {}): readonly string[] {
  const first = indent.first ?? '';
  const rest = indent.rest ?? ' '.repeat(displayWidth(first));
  const room = Math.max(1, width - Math.max(displayWidth(first), displayWidth(rest)));
  const words = text
    .split(/\s+/)
    .filter((word) => word !== '')
    .flatMap((word) => pieces(word, room));
  return fill(words, room).map((line, index) => `${index === 0 ? first : rest}${line}`);
}

function fill(words: readonly string[], room: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (displayWidth(longer) <= room) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** A character wider than the whole room is a piece of its own: every piece takes something away, so this ends. */
function pieces(word: string, room: number): readonly string[] {
  const parts: string[] = [];
  let left = word;
  while (displayWidth(left) > room) {
    const part = beginning(left, room) || String.fromCodePoint(left.codePointAt(0) ?? 32);
    parts.push(part);
    left = left.slice(part.length);
  }
  return left === '' ? parts : [...parts, left];
}
