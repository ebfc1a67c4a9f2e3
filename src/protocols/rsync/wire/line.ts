/** The lines in which an rsync daemon greets, lists its modules and lets in or refuses; one character a byte. */
import { type Decoded, WireError } from '../../../model/wire.js';

export const longestLine = 4_096;

/** Throws `WireError` where a line does not end within the limit. */
export function decodeLine(bytes: Uint8Array, limit = longestLine): Decoded<string> | undefined {
  const end = bytes.indexOf(0x0a);
  if (end > limit || (end < 0 && bytes.length > limit)) throw new WireError('line', limit, 'does not end');
  if (end < 0) return undefined;
  let text = '';
  for (let at = 0; at < end; at += 1) text += String.fromCharCode(bytes[at] ?? 0);
  return { message: text.endsWith('\r') ? text.slice(0, -1) : text, consumed: end + 1 };
}

/** `@RSYNCD: 31.0 sha512 md5`: version of the protocol, and since 32 the digests for passwords. `undefined`: no greeting. */
export function readGreeting(line: string): { readonly protocol: number; readonly digests: readonly string[] } | undefined {
  const parts = /^@RSYNCD: (\d{1,3})(?:\.\d{1,3})?(?: (.{0,400}))?$/.exec(line);
  if (!parts) return undefined;
  const words = (parts[2] ?? '').split(' ').filter((word) => (knownDigests as readonly string[]).includes(word));
  return { protocol: Number(parts[1]), digests: words };
}

const knownDigests = ['sha512', 'sha256', 'sha1', 'md5', 'md4'] as const;

/** A module in a list: its name, blanks up to 15 characters, a tab, a comment (which is not kept). `undefined`: a line of the daemon's message of the day. */
export function readModuleLine(line: string): string | undefined {
  const tab = line.indexOf('\t');
  const name = line.slice(0, Math.max(0, tab)).replace(/ {1,15}$/, '');
  return tab === Math.max(15, name.length) && name !== '' ? name : undefined;
}

/** How a daemon answers to the name of a module. `busy`: its limit of connections. `unknown`: another error, or a module that is not there. */
export type ModuleAnswer = 'open' | 'login' | 'denied' | 'busy' | 'unknown';

/** `undefined`: not an answer (the message of the day goes on). */
export function readModuleAnswer(line: string): ModuleAnswer | undefined {
  if (line.startsWith('@RSYNCD: OK')) return 'open';
  if (line.startsWith('@RSYNCD: AUTHREQD')) return 'login';
  if (line.startsWith('@RSYNCD: EXIT')) return 'unknown';
  if (!line.startsWith('@ERROR')) return undefined;
  if (/access denied/i.test(line)) return 'denied';
  return /max connections/i.test(line) ? 'busy' : 'unknown';
}
