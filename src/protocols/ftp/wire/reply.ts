/** Bytes → one reply of the control connection (RFC 959 section 4.2), of one line or several. Knows no code's meaning and opens no sockets. */
import { type Decoded, WireError } from '../../../model/wire.js';

export interface Reply {
  readonly code: number;
  /** One character a byte, without code and line end. Holds what the server likes: to be looked at and dropped. */
  readonly lines: readonly string[];
}

export interface ReplyLimits {
  readonly bytes: number;
  readonly lines: number;
}

export const replyLimits: ReplyLimits = { bytes: 32_768, lines: 400 };

/** Throws `WireError` where no reply begins, and beyond the limits. */
export function decodeReply(bytes: Uint8Array, limits: ReplyLimits = replyLimits): Decoded<Reply> | undefined {
  let at = skipBlank(bytes);
  const code = codeAt(bytes, at);
  if (code === undefined) return undefinedWithin(bytes, limits);
  const lines: string[] = [];
  for (;;) {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0 || end >= limits.bytes) return undefinedWithin(bytes, limits);
    const line = textOf(bytes, at, end);
    at = end + 1;
    const isLast = endsReply(line, code, lines.length === 0);
    lines.push(lines.length === 0 || isLast ? line.slice(4) : line);
    if (isLast) return { message: { code, lines }, consumed: at };
    if (lines.length >= limits.lines) throw new WireError('reply', at, `more than ${limits.lines} lines`);
  }
}

/** Some servers leave a blank line behind a listing. */
function skipBlank(bytes: Uint8Array): number {
  let at = 0;
  while (bytes[at] === 0x0d || bytes[at] === 0x0a) at += 1;
  return at;
}

/** Three digits, 1 to 6 first (RFC 2228 adds 6yz), then a blank, a hyphen or the end of the line. `undefined`: not all there yet. */
function codeAt(bytes: Uint8Array, at: number): number | undefined {
  let code = 0;
  for (let place = 0; place < 3; place += 1) {
    const byte = bytes[at + place];
    if (byte === undefined) return undefined;
    if (byte < 0x30 || byte > 0x39 || (place === 0 && (byte === 0x30 || byte > 0x36))) throw new WireError('reply code', at + place, 'not a digit of a code');
    code = code * 10 + byte - 0x30;
  }
  const next = bytes[at + 3];
  if (next !== undefined && next !== 0x20 && next !== 0x2d && next !== 0x0d && next !== 0x0a) throw new WireError('reply code', at + 3, 'something behind it');
  return next === undefined ? undefined : code;
}

/** `ddd-` begins a reply of several lines; it ends with a line of the same code and a blank. */
function endsReply(line: string, code: number, isFirst: boolean): boolean {
  if (isFirst) return line.charAt(3) !== '-';
  return line.startsWith(`${code} `) || line === String(code);
}

function undefinedWithin(bytes: Uint8Array, limits: ReplyLimits): undefined {
  if (bytes.length > limits.bytes) throw new WireError('reply', limits.bytes, 'does not end');
  return undefined;
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  const end = to > from && bytes[to - 1] === 0x0d ? to - 1 : to;
  let text = '';
  for (let at = from; at < end; at += 1) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}
