/** Builds messages from parts. Opens no sockets. */

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const uint16be = (value: number): Uint8Array => Uint8Array.of((value >> 8) & 0xff, value & 0xff);
export const uint32be = (value: number): Uint8Array => Uint8Array.of((value >>> 24) & 0xff, (value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff);
export const uint16le = (value: number): Uint8Array => Uint8Array.of(value & 0xff, (value >> 8) & 0xff);
export const uint32le = (value: number): Uint8Array => Uint8Array.of(value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, (value >>> 24) & 0xff);
