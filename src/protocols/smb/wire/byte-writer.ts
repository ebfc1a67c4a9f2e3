/** Builds one message front to back, little-endian as SMB has it. Opens no sockets. */

export class ByteWriter {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;

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

  get length(): number {
    return this.#at;
  }

  uint8(...values: readonly number[]): this {
    for (const value of values) {
      const at = this.#room(1);
      this.#bytes[at] = value;
    }
    return this;
  }

  uint16(...values: readonly number[]): this {
    for (const value of values) {
      const at = this.#room(2);
      this.#view.setUint16(at, value, true);
    }
    return this;
  }

  uint32(...values: readonly number[]): this {
    for (const value of values) {
      const at = this.#room(4);
      this.#view.setUint32(at, value, true);
    }
    return this;
  }

  uint64(value: bigint): this {
    const at = this.#room(8);
    this.#view.setBigUint64(at, value, true);
    return this;
  }

  bytes(content: Uint8Array): this {
    const start = this.#room(content.length);
    this.#bytes.set(content, start);
    return this;
  }

  zeros(length: number): this {
    this.#room(length);
    return this;
  }

  align(unit: number): this {
    return this.zeros((unit - (this.#at % unit)) % unit);
  }

  /** One byte a character. */
  ascii(text: string): this {
    return this.bytes(asciiBytes(text));
  }

  utf16(text: string): this {
    return this.bytes(utf16Bytes(text));
  }

  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#at);
  }
}

export const asciiBytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0) & 0x7f);

/** UTF-16LE without a terminator. */
export function utf16Bytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index += 1) view.setUint16(index * 2, text.charCodeAt(index), true);
  return bytes;
}

/** UTF-16LE to text, whatever stands in it: unpaired surrogates and control characters stay as they are, an odd last byte is dropped. */
export function utf16Text(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = 0; at + 1 < bytes.length; at += 2) text += String.fromCharCode(view.getUint16(at, true));
  return text;
}
