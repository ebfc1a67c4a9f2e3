/** Chunks of a data connection → lines, one character a byte. A line that is too long is dropped and counted; nothing else is kept of it. */

const longestLine = 4096;

export class LineSplitter {
  #open = '';
  #skipping = false;
  /** Lines that were too long. */
  dropped = 0;

  push(chunk: Uint8Array): readonly string[] {
    const lines: string[] = [];
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      this.#append(chunk, from, end);
      this.#finish(lines);
      from = end + 1;
    }
    this.#append(chunk, from, chunk.length);
    return lines;
  }

  /** What stood behind the last line end; call it once, when no more comes. */
  rest(): readonly string[] {
    const lines: string[] = [];
    if (this.#open !== '') this.#finish(lines);
    return lines;
  }

  #append(chunk: Uint8Array, from: number, to: number): void {
    if (this.#skipping) return;
    if (this.#open.length + to - from > longestLine) {
      this.#skipping = true;
      this.#open = '';
      this.dropped += 1;
      return;
    }
    let text = '';
    for (let at = from; at < to; at += 1) text += String.fromCharCode(chunk[at] ?? 0);
    this.#open += text;
  }

  #finish(lines: string[]): void {
    if (!this.#skipping) lines.push(this.#open.endsWith('\r') ? this.#open.slice(0, -1) : this.#open);
    this.#open = '';
    this.#skipping = false;
  }
}
