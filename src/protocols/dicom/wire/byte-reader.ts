/** Reads fixed fields out of one complete message; running over its end is a `WireError`. Opens no sockets. */
import { WireError } from '../../../model/wire.js';

export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #end: number;
  /** What an offset within `bytes` differs from its position in the whole message, for errors. */
  readonly #base: number;
  #at: number;

  /** `part` reads on in the same bytes: a message of a hundred items needs no hundred views. */
  constructor(bytes: Uint8Array, base = 0, part: { readonly view: DataView; readonly start: number; readonly end: number } | undefined = undefined) {
    this.#bytes = bytes;
    this.#view = part?.view ?? new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = part?.start ?? 0;
    this.#end = part?.end ?? bytes.length;
    this.#base = base;
  }

  get left(): number {
    return this.#end - this.#at;
  }

  get offset(): number {
    return this.#base + this.#at;
  }

  #take(field: string, length: number): number {
    if (length > this.left) throw new WireError(field, this.offset, `needs ${length} bytes, ${this.left} are left`);
    const start = this.#at;
    this.#at += length;
    return start;
  }

  uint8(field: string): number {
    return this.#view.getUint8(this.#take(field, 1));
  }

  uint16be(field: string): number {
    return this.#view.getUint16(this.#take(field, 2));
  }

  uint32be(field: string): number {
    return this.#view.getUint32(this.#take(field, 4));
  }

  uint16le(field: string): number {
    return this.#view.getUint16(this.#take(field, 2), true);
  }

  uint32le(field: string): number {
    return this.#view.getUint32(this.#take(field, 4), true);
  }

  skip(field: string, length: number): void {
    this.#take(field, length);
  }

  /** A view, not a copy. */
  bytes(field: string, length: number): Uint8Array {
    const start = this.#take(field, length);
    return this.#bytes.subarray(start, start + length);
  }

  /** A reader of the next `length` bytes only. */
  part(field: string, length: number): ByteReader {
    const start = this.#take(field, length);
    return new ByteReader(this.#bytes, this.#base, { view: this.#view, start, end: start + length });
  }
}
