/**
 * Bytes of a text value → text, by Specific Character Set (PS3.3 section C.12.1.1.2, PS3.5 section 6.1), for classing only. Where
 * the bytes belong to no repertoire that was declared, each becomes a letter: a name in a script that nobody named is still a name.
 * Any bytes give a text; opens no sockets and keeps nothing.
 */

/** Bytes of a value that are looked at. */
const longest = 512;

/** Number in a defined term → what it is decoded with. ISO-IR 13 is half-width katakana beside ASCII, as Shift JIS has them. */
const repertoires: Readonly<Record<string, string>> = {
  '6': 'utf-8',
  '13': 'shift_jis',
  '58': 'gbk',
  '87': 'euc-jp',
  '100': 'iso-8859-1',
  '101': 'iso-8859-2',
  '109': 'iso-8859-3',
  '110': 'iso-8859-4',
  '126': 'iso-8859-7',
  '127': 'iso-8859-6',
  '138': 'iso-8859-8',
  '144': 'iso-8859-5',
  '148': 'windows-1254',
  '149': 'euc-kr',
  '159': 'euc-jp',
  '166': 'windows-874',
  '192': 'utf-8',
  '203': 'iso-8859-15',
};

/** `characterSet` as it stands in (0008,0005), values separated by backslashes; empty where it was not sent. */
export function decodeText(bytes: Uint8Array, characterSet: string): string {
  const value = trimmed(bytes.subarray(0, longest));
  const terms = characterSet.split('\\').map(labelOf);
  const declared = terms[0] ?? null;
  if (value.includes(escapeByte)) return decodeExtended(value, declared);
  if (value.every((byte) => byte < 0x80)) return ascii(value);
  if (terms.length > 1 && declared === null) return undeclared(value);
  return declared === null || declared === 'utf-8' ? undeclared(value) : decodeAs(declared, value);
}

/** Also as devices misspell it: `ISO-IR 100`, `ISO_8859-1`, `ISO IR 192`. `null`: the default repertoire, or a term nobody knows. */
function labelOf(term: string): string | null {
  const tidy = term
    .trim()
    .toUpperCase()
    .replace(/[\s_-]+/g, ' ')
    .slice(0, 32);
  if (tidy === 'GB18030' || tidy === 'GBK') return tidy.toLowerCase();
  if (tidy === 'GB2312') return 'gbk';
  if (tidy === 'UTF 8' || tidy === 'UTF8') return 'utf-8';
  const latin = /^ISO ?8859 (\d{1,2})$/.exec(tidy)?.[1];
  if (latin !== undefined) return `iso-8859-${latin}`;
  const number = /^ISO (?:2022 )?IR ?(\d{1,3})$/.exec(tidy)?.[1];
  return number === undefined || number === '6' ? null : (repertoires[number] ?? null);
}

/** Nothing was declared, or UTF-8: then it is UTF-8 if it can be; single bytes among ASCII are Latin letters; the rest are letters of some script. */
function undeclared(bytes: Uint8Array): string {
  const text = decodeAs('utf-8', bytes);
  // A value that was cut in the middle of a character ends with one replacement.
  if (!text.slice(0, -1).includes('\ufffd')) return text;
  const pairs = bytes.some((byte, index) => byte >= 0x80 && (bytes[index + 1] ?? 0) >= 0x80);
  return pairs ? someScript(bytes) : decodeAs('iso-8859-1', bytes);
}

const escapeByte = 0x1b;
const ascii = (bytes: Uint8Array): string => String.fromCharCode(...bytes);
const someScript = (bytes: Uint8Array): string => String.fromCharCode(...bytes.map((byte) => (byte < 0x80 ? byte : 0xe0 | (byte & 7))));

/** Node without full ICU knows fewer repertoires: then each byte is a letter. */
function decodeAs(label: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return someScript(bytes);
  }
}

function trimmed(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0x20 || bytes[end - 1] === 0)) end -= 1;
  return bytes.subarray(0, end);
}

/** What an escape sequence designates (PS3.3 tables C.12-3 and C.12-4): a repertoire for bytes below 80H (G0), or for those above (G1). */
const designations: readonly (readonly [sequence: string, g: 'g0' | 'g1', label: string | null])[] = [
  ['(B', 'g0', null],
  ['(J', 'g0', null],
  ['$B', 'g0', 'jis-x-0208'],
  ['$@', 'g0', 'jis-x-0208'],
  ['$(D', 'g0', 'jis-x-0212'],
  [')I', 'g1', 'shift_jis'],
  ['-A', 'g1', 'iso-8859-1'],
  ['-B', 'g1', 'iso-8859-2'],
  ['-C', 'g1', 'iso-8859-3'],
  ['-D', 'g1', 'iso-8859-4'],
  ['-F', 'g1', 'iso-8859-7'],
  ['-G', 'g1', 'iso-8859-6'],
  ['-H', 'g1', 'iso-8859-8'],
  ['-L', 'g1', 'iso-8859-5'],
  ['-M', 'g1', 'windows-1254'],
  ['-T', 'g1', 'windows-874'],
  ['-b', 'g1', 'iso-8859-15'],
  ['$)C', 'g1', 'euc-kr'],
  ['$)A', 'g1', 'gbk'],
];

/** Code extensions (ISO/IEC 2022). More tolerant than PS3.5 section 6.1.2.5.3: what was designated stays so beyond a delimiter, as many devices take it. */
function decodeExtended(bytes: Uint8Array, initial: string | null): string {
  let g0: string | null = null;
  let g1 = initial;
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    if (byte === escapeByte) {
      const sequence = ascii(bytes.subarray(at + 1, at + 4));
      const found = designations.find(([start]) => sequence.startsWith(start));
      if (found?.[1] === 'g0') g0 = found[2];
      if (found?.[1] === 'g1') g1 = found[2];
      at += 1 + (found?.[0].length ?? 0);
      continue;
    }
    const end = runEnd(bytes, at);
    const run = bytes.subarray(at, end);
    text += byte >= 0x80 ? (g1 === null ? someScript(run) : decodeAs(g1, run)) : g0 === null ? ascii(run) : decodePairs(run, g0);
    at = end;
  }
  return text;
}

/** Bytes on the same side of 80H, up to the next escape. */
function runEnd(bytes: Uint8Array, start: number): number {
  const isHigh = (bytes[start] ?? 0) >= 0x80;
  let end = start + 1;
  while (end < bytes.length && bytes[end] !== escapeByte && (bytes[end] ?? 0) >= 0x80 === isHigh) end += 1;
  return end;
}

/** JIS X 0208 and 0212 in G0 are pairs of 7-bit bytes; with the high bit set they are EUC-JP, the latter after 8FH. */
function decodePairs(run: Uint8Array, set: string): string {
  const raised: number[] = [];
  for (let at = 0; at < run.length; at += 2) {
    const [first = 0, second = 0] = run.subarray(at, at + 2);
    if (first <= 0x20 || second <= 0x20) return decodeAs('euc-jp', Uint8Array.from(raised)) + ascii(run.subarray(at));
    if (set === 'jis-x-0212') raised.push(0x8f);
    raised.push(first | 0x80, second | 0x80);
  }
  return decodeAs('euc-jp', Uint8Array.from(raised));
}
