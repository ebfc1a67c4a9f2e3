/** Numbers and counted parts of the TLS presentation language (RFC 8446 section 3), read and written. Knows no message. */
import { WireError } from '../../../model/wire.js';

/** Reads one complete structure front to back; running over its end is a `WireError`. */
export class OctetReader {
  readonly #bytes: Uint8Array;
  /** Position in the whole message, for errors. */
  readonly #base: number;
  #at = 0;

  constructor(bytes: Uint8Array, base = 0) {
    this.#bytes = bytes;
    this.#base = base;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  get offset(): number {
    return this.#base + this.#at;
  }

  /** A view, not a copy. */
  bytes(field: string, length: number): Uint8Array {
    if (length > this.left) throw new WireError(field, this.offset, `needs ${length} bytes, ${this.left} are left`);
    const start = this.#at;
    this.#at += length;
    return this.#bytes.subarray(start, this.#at);
  }

  /** Unsigned, big-endian, 1 to 3 bytes wide. */
  uint(field: string, width: 1 | 2 | 3): number {
    return this.bytes(field, width).reduce((value, byte) => value * 256 + byte, 0);
  }

  /** A reader of the part whose length stands in the next `width` bytes. */
  counted(field: string, width: 1 | 2 | 3): OctetReader {
    const length = this.uint(`${field} length`, width);
    const base = this.offset;
    return new OctetReader(this.bytes(field, length), base);
  }
}

export const uint8 = (value: number): readonly number[] => [value & 0xff];
export const uint16 = (value: number): readonly number[] => [value >> 8, value & 0xff];
export const uint24 = (value: number): readonly number[] => [value >> 16, (value >> 8) & 0xff, value & 0xff];

const writers = { 1: uint8, 2: uint16, 3: uint24 } as const;

/** A part with its length before it. Throws `RangeError` when the part is too long for `width` bytes. */
export function counted(width: 1 | 2 | 3, ...parts: readonly (readonly number[])[]): readonly number[] {
  const content = parts.flat();
  if (content.length >= 256 ** width) throw new RangeError(`a part of ${content.length} bytes does not fit a ${width}-byte length`);
  return [...writers[width](content.length), ...content];
}
