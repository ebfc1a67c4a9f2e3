/** What a peer speaks, from the first bytes it sends. Keeps nothing of them: greetings name hosts, products and people. */
import type { ServiceHint } from '../model/connection.js';

const ascii = (text: string): readonly number[] => [...text].map((character) => character.charCodeAt(0));

/** First bytes → service. Order matters only where one prefix contains another. */
const greetings: readonly (readonly [ServiceHint, readonly number[]])[] = [
  ['http', ascii('HTTP/')],
  ['http', ascii('<!DOCTYPE')],
  ['http', ascii('<html')],
  ['ssh', ascii('SSH-')],
  ['rsync', ascii('@RSYNCD:')],
  ['vnc', ascii('RFB ')],
  ['smb', [0xff, 0x53, 0x4d, 0x42]],
];

/** `unknown` also where too few bytes came to tell; once it tells, further bytes do not change the answer. */
export function recogniseService(bytes: Uint8Array): ServiceHint {
  const known = greetings.find(([, prefix]) => startsWith(bytes, prefix));
  if (known) return known[0];
  if (isTlsRecord(bytes)) return 'tls';
  if (isDicomPdu(bytes)) return 'dicom';
  const line = replyLine(bytes);
  return line === undefined ? 'unknown' : serviceOfReply(line);
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return bytes.length >= prefix.length && prefix.every((byte, index) => bytes[index] === byte);
}

/** Content type 20 to 23, then version 3.x (RFC 8446 section 5.1). */
function isTlsRecord(bytes: Uint8Array): boolean {
  const type = bytes[0] ?? 0;
  return type >= 0x14 && type <= 0x17 && bytes[1] === 3 && (bytes[2] ?? 255) <= 4;
}

/** PDU type 1 to 7, reserved zero, and a length below 1 MiB (PS3.8 section 9.3.1). */
function isDicomPdu(bytes: Uint8Array): boolean {
  const type = bytes[0] ?? 0;
  return bytes.length >= 6 && type >= 1 && type <= 7 && bytes[1] === 0 && bytes[2] === 0 && (bytes[3] ?? 255) < 0x10;
}

const longestReply = 200;

/** FTP and SMTP both greet with 220: undecided until the first line is whole, or long enough to judge. */
export const isUnfinishedReply = (bytes: Uint8Array): boolean => startsWith(bytes, ascii('220')) && replyLine(bytes) === undefined;

function replyLine(bytes: Uint8Array): string | undefined {
  if (!startsWith(bytes, ascii('220'))) return undefined;
  const start = bytes.subarray(0, longestReply);
  const end = start.indexOf(0x0a);
  return end < 0 && bytes.length < longestReply ? undefined : String.fromCharCode(...start.subarray(0, end < 0 ? longestReply : end));
}

/** A mail server says SMTP, or at least has mail in its name; a file server may have that too, but says FTP. */
function serviceOfReply(line: string): ServiceHint {
  if (/smtp/i.test(line)) return 'smtp';
  return /mail/i.test(line) && !/ftp/i.test(line) ? 'smtp' : 'ftp';
}
