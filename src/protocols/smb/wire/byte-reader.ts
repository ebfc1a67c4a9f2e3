/** Reads fixed fields, little-endian as SMB has them, out of one complete message; running over its end is a `WireError`. Opens no sockets. */
import { WireError } from '../../../model/wire.js';

export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at: number;

  /** Offsets count from the start of `bytes`, as the offsets within SMB messages do. */
  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = Math.min(at, bytes.length);
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  get offset(): number {
    return this.#at;
  }

  #take(field: string, length: number): number {
    if (length > this.left) throw new WireError(field, this.#at, `needs ${length} bytes, ${this.left} are left`);
    const start = this.#at;
    this.#at += length;
    return start;
  }

  uint8(field: string): number {
    return this.#view.getUint8(this.#take(field, 1));
  }

  uint16(field: string): number {
    return this.#view.getUint16(this.#take(field, 2), true);
  }

  uint32(field: string): number {
    return this.#view.getUint32(this.#take(field, 4), true);
  }

  uint64(field: string): bigint {
    return this.#view.getBigUint64(this.#take(field, 8), true);
  }

  skip(field: string, length: number): void {
    this.#take(field, length);
  }

  /** To the next multiple of `unit`; at the very end nothing needs to be there. */
  align(unit: number): void {
    this.#at = Math.min(this.#bytes.length, Math.ceil(this.#at / unit) * unit);
  }

  /** A view, not a copy. */
  bytes(field: string, length: number): Uint8Array {
    const start = this.#take(field, length);
    return this.#bytes.subarray(start, start + length);
  }
}

/** A buffer that a message places by offset and length, both from its own start. Empty where the length is 0, whatever the offset says. */
export function placed(message: Uint8Array, field: string, offset: number, length: number): Uint8Array {
  if (length === 0) return message.subarray(0, 0);
  if (offset > message.length || length > message.length - offset)
    throw new WireError(field, Math.min(offset, message.length), `${length} bytes lie outside the message`);
  return message.subarray(offset, offset + length);
}

/** MS-SMB2 gives every body a StructureSize; another one is another message. */
export function expectSize(reader: ByteReader, expected: number): void {
  const at = reader.offset;
  const size = reader.uint16('StructureSize');
  if (size !== expected) throw new WireError('StructureSize', at, `is ${size} where ${expected} is due`);
}
