/** Bytes that arrived and were not yet decoded. Grows by doubling, so that a slow peer costs linear time. Opens no sockets. */

export class ReceiveBuffer {
  #bytes = new Uint8Array(0);
  #start = 0;
  #end = 0;

  /** A view, valid until the next `append`. */
  get pending(): Uint8Array {
    return this.#bytes.subarray(this.#start, this.#end);
  }

  append(chunk: Uint8Array): void {
    const length = this.#end - this.#start;
    if (this.#end + chunk.length > this.#bytes.length) this.#makeRoom(length + chunk.length);
    this.#bytes.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  consume(count: number): void {
    this.#start += count;
  }

  #makeRoom(needed: number): void {
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length, 1024 * Math.ceil((needed * 1.5) / 1024)));
    larger.set(this.pending);
    this.#end -= this.#start;
    this.#start = 0;
    this.#bytes = larger;
  }
}
