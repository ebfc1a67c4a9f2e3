/** Builds one message, front to back; lengths are filled in when their part is finished. Opens no sockets. */

/** Room that the last message left: most fit, and new room for each costs more than writing it. */
let spare: Uint8Array<ArrayBuffer> | undefined;

/** A message at a time: after `finish` a writer is used up. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  #at = 0;

  constructor() {
    this.#bytes = spare ?? new Uint8Array(4096);
    this.#view = new DataView(this.#bytes.buffer);
    spare = undefined;
  }

  #room(length: number): number {
    const start = this.#at;
    this.#at += length;
    if (this.#at > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#at, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return start;
  }

  uint8(...values: readonly number[]): this {
    for (const value of values) {
      const at = this.#room(1);
      this.#bytes[at] = value;
    }
    return this;
  }

  uint16be(value: number): this {
    const at = this.#room(2);
    this.#view.setUint16(at, value);
    return this;
  }

  uint32be(value: number): this {
    const at = this.#room(4);
    this.#view.setUint32(at, value);
    return this;
  }

  uint16le(value: number): this {
    const at = this.#room(2);
    this.#view.setUint16(at, value, true);
    return this;
  }

  uint32le(value: number): this {
    const at = this.#room(4);
    this.#view.setUint32(at, value, true);
    return this;
  }

  /** One byte a character; what is not ASCII loses its upper bits. */
  ascii(text: string): this {
    const start = this.#room(text.length);
    for (let index = 0; index < text.length; index += 1) this.#bytes[start + index] = text.charCodeAt(index) & 0x7f;
    return this;
  }

  bytes(content: Uint8Array): this {
    const start = this.#room(content.length);
    this.#bytes.set(content, start);
    return this;
  }

  zeros(length: number): this {
    const start = this.#room(length);
    this.#bytes.fill(0, start, start + length);
    return this;
  }

  /** A 16-bit big-endian length, then the part that it counts. Throws `RangeError` when the part is too long for it. */
  counted16be(part: () => void): this {
    const at = this.#room(2);
    part();
    const length = this.#at - at - 2;
    if (length > 0xffff) throw new RangeError(`a part of ${length} bytes does not fit a 16-bit length`);
    this.#view.setUint16(at, length);
    return this;
  }

  counted32be(part: () => void): this {
    const at = this.#room(4);
    part();
    this.#view.setUint32(at, this.#at - at - 4);
    return this;
  }

  counted32le(part: () => void): this {
    const at = this.#room(4);
    part();
    this.#view.setUint32(at, this.#at - at - 4, true);
    return this;
  }

  finish(): Uint8Array {
    const message = this.#bytes.slice(0, this.#at);
    spare = this.#bytes;
    this.#bytes = nothing;
    return message;
  }
}

const nothing = new Uint8Array(0);
