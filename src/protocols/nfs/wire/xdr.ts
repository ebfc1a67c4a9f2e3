/** XDR (RFC 4506), read and written: numbers are big-endian, everything is padded to four bytes. Knows no message and opens no sockets. */
import { WireError } from '../../../model/wire.js';

const padded = (length: number): number => (length + 3) & ~3;

/** Reads one complete structure, front to back. A length is compared with its limit before anything is made of it. */
export class XdrReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get offset(): number {
    return this.#at;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  #take(field: string, length: number): number {
    if (length > this.left) throw new WireError(field, this.#at, `needs ${length} bytes, ${this.left} are left`);
    const start = this.#at;
    this.#at += length;
    return start;
  }

  uint32(field: string): number {
    return this.#view.getUint32(this.#take(field, 4));
  }

  uint64(field: string): bigint {
    return this.#view.getBigUint64(this.#take(field, 8));
  }

  /** Any number but 0 counts as true: servers are not all strict (section 4.4 allows 0 and 1 only). */
  bool(field: string): boolean {
    return this.uint32(field) !== 0;
  }

  /** A copy of `length` bytes and their padding (section 4.9). */
  fixed(field: string, length: number): Uint8Array {
    const start = this.#take(field, padded(length));
    return this.#bytes.slice(start, start + length);
  }

  /** Counted bytes (section 4.10), copied. */
  opaque(field: string, atMost: number): Uint8Array {
    const length = this.#length(field, atMost);
    return this.fixed(field, length);
  }

  skipOpaque(field: string, atMost: number): void {
    this.#take(field, padded(this.#length(field, atMost)));
  }

  /** Counted text (section 4.11), one character a byte: servers do not say which encoding it is in. */
  text(field: string, atMost: number): string {
    const length = this.#length(field, atMost);
    const start = this.#take(field, padded(length));
    let text = '';
    for (let at = start; at < start + length; at += 1) text += String.fromCharCode(this.#bytes[at] ?? 0);
    return text;
  }

  /** Number of elements of an array (section 4.13). */
  count(field: string, atMost: number): number {
    return this.#length(field, atMost);
  }

  #length(field: string, atMost: number): number {
    const at = this.#at;
    const length = this.uint32(field);
    if (length > atMost) throw new WireError(field, at, `a length of ${length}, where at most ${atMost} are taken`);
    return length;
  }
}

/** Builds one structure, front to back. */
export class XdrWriter {
  readonly #bytes: number[] = [];

  uint32(...values: readonly number[]): this {
    for (const value of values) this.#bytes.push((value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
    return this;
  }

  uint64(value: bigint): this {
    return this.uint32(Number((value >> 32n) & 0xffffffffn), Number(value & 0xffffffffn));
  }

  fixed(content: Uint8Array): this {
    for (const byte of content) this.#bytes.push(byte);
    while (this.#bytes.length % 4 !== 0) this.#bytes.push(0);
    return this;
  }

  opaque(content: Uint8Array): this {
    return this.uint32(content.length).fixed(content);
  }

  /** One byte a character, as `XdrReader.text` reads it. */
  text(content: string): this {
    return this.opaque(Uint8Array.from(content, (character) => character.charCodeAt(0) & 0xff));
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}
