/** Single values of C-FIND responses, read without trust. Opens no sockets. */
import { asciiText } from './wire/text.js';

/** Integer String, PS3.5 section 6.2; `null` for empty, negative or unreadable. */
export function integerOf(value: Uint8Array | undefined): number | null {
  const text = asciiText(value ?? new Uint8Array(0), 12);
  return /^\+?[0-9]+$/.test(text) ? Number(text) : null;
}

/** `null` where it is none that could be sent back. */
export function uidOf(value: Uint8Array | undefined): string | null {
  const text = asciiText(value ?? new Uint8Array(0), 64);
  return /^[0-9.]+$/.test(text) ? text : null;
}
