/**
 * Bytes → the parts of an HTTP answer (RFC 9112). Forgives what old and odd servers do: bare line feeds, a missing reason,
 * blank lines in front, junk among the headers. Opens no sockets and waits for nothing.
 */
import { type Decoded, WireError } from '../../../model/wire.js';

export interface ResponseHead {
  readonly version: '1.0' | '1.1';
  readonly status: number;
  /** Names in lower case, values as Latin-1 without the white space around them, in the order they came. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const mostHeaders = 200;

/** `maximumLength`: bytes of the whole head. */
export function decodeResponseHead(bytes: Uint8Array, maximumLength: number): Decoded<ResponseHead> | undefined {
  const start = afterBlankLines(bytes);
  refuseOtherProtocols(bytes, start);
  const end = endOfHead(bytes, start);
  if (end === undefined) {
    if (bytes.length >= maximumLength) throw new WireError('header section', maximumLength, 'it does not end');
    return undefined;
  }
  if (end > maximumLength) throw new WireError('header section', maximumLength, 'it does not end');
  const [statusLine = '', ...lines] = latin1(bytes.subarray(start, end)).split(/\r?\n/);
  return { message: { ...statusOf(statusLine, start), headers: headersOf(lines) }, consumed: end };
}

const isLineBreak = (byte: number | undefined): boolean => byte === lineFeed || byte === carriageReturn;

/** Some servers put a line break between one answer and the next. */
function afterBlankLines(bytes: Uint8Array): number {
  let start = 0;
  while (start < 4 && isLineBreak(bytes[start])) start += 1;
  return start;
}

const prefix = [...'HTTP/'].map((character) => character.charCodeAt(0));

function refuseOtherProtocols(bytes: Uint8Array, start: number): void {
  const seen = bytes.subarray(start, start + prefix.length);
  if (!seen.every((byte, index) => byte === prefix[index])) throw new WireError('status-line', start, 'it does not begin with HTTP/');
}

/** Just after the first empty line; both line endings, mixed too. */
function endOfHead(bytes: Uint8Array, start: number): number | undefined {
  for (let at = bytes.indexOf(lineFeed, start); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) {
    if (bytes[at + 1] === lineFeed) return at + 2;
    if (bytes[at + 1] === carriageReturn && bytes[at + 2] === lineFeed) return at + 3;
  }
  return undefined;
}

function statusOf(line: string, offset: number): Pick<ResponseHead, 'version' | 'status'> {
  const [, minor, status] = /^HTTP\/1\.([01]) {1,8}(\d{3})(?: |$)/.exec(line) ?? /^HTTP\/(2)(?:\.0)? {1,8}(\d{3})(?: |$)/.exec(line) ?? [];
  if (status === undefined) throw new WireError('status-line', offset, 'no version and status');
  return { version: minor === '0' ? '1.0' : '1.1', status: Number(status) };
}

/** Lines without a colon and names with a space are junk; a line that begins with white space belongs to the one before. */
function headersOf(lines: readonly string[]): readonly (readonly [string, string])[] {
  const headers: (readonly [string, string])[] = [];
  for (const line of lines.slice(0, mostHeaders)) {
    const colon = line.indexOf(':');
    const last = headers.at(-1);
    if (/^[ \t]/.test(line) && last) headers[headers.length - 1] = [last[0], `${last[1]} ${line.trim()}`.trim()];
    else if (colon > 0 && /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(line.slice(0, colon)))
      headers.push([line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]);
  }
  return headers;
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return text;
}

const longestChunkLine = 1_024;

/** The line in front of a chunk (RFC 9112 section 7.1) → its size in bytes; extensions are passed over. */
export function decodeChunkSize(bytes: Uint8Array): Decoded<number> | undefined {
  const start = afterBlankLines(bytes); // the line break that ends the chunk before
  const end = bytes.indexOf(lineFeed, start);
  if (end < 0 && bytes.length >= longestChunkLine) throw new WireError('chunk-size', start, 'the line does not end');
  if (end < 0) return undefined;
  const [, digits] = /^([0-9a-f]{1,8})[ \t]*(?:;|\r?$)/i.exec(latin1(bytes.subarray(start, Math.min(end, start + longestChunkLine)))) ?? [];
  if (digits === undefined) throw new WireError('chunk-size', start, 'no hexadecimal number');
  return { message: Number.parseInt(digits, 16), consumed: end + 1 };
}

/** Whatever has come, at most `most` bytes. */
export function decodeSome(bytes: Uint8Array, most: number): Decoded<Uint8Array> | undefined {
  if (bytes.length === 0) return undefined;
  const taken = bytes.slice(0, most);
  return { message: taken, consumed: taken.length };
}
