/**
 * Makes characters visible that a peer could hide behind: terminal escapes, line breaks, text that runs backwards. Every person-readable
 * format passes the report through here first, so that no section can forget to. Escapes no HTML: `html-escape` does.
 */

/** Controls (C0, DEL, C1), format characters (bidirectional overrides, zero widths), lone surrogates, line and paragraph separators. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Tabs and line breaks become spaces; every other unseen character its code point in braces: `\u{1b}`. */
export function visibleText(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ').replace(unseen, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The same document with every string in it made visible, keys of records included. */
export function visible<Value>(value: Value): Value {
  return visibleValue(value) as Value;
}

function visibleValue(value: unknown): unknown {
  if (typeof value === 'string') return visibleText(value);
  if (Array.isArray(value)) return value.map(visibleValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [visibleText(key), visibleValue(part)]));
}
