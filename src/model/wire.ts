/** The contract of every decoder. Opens no sockets and never waits. */

/** Bytes that cannot be the message. `field` names the part in the standard's words, `offset` counts bytes from the message's start. */
export class WireError extends Error {
  readonly field: string;
  readonly offset: number;

  constructor(field: string, offset: number, problem: string) {
    super(`${field} at byte ${offset}: ${problem}`);
    this.name = 'WireError';
    this.field = field;
    this.offset = offset;
  }
}

/** A complete message and how many bytes it took (always more than 0). */
export interface Decoded<Message> {
  readonly message: Message;
  readonly consumed: number;
}

/** `undefined` means "need more bytes"; malformed bytes throw `WireError`. Any bytes give one of the three, in bounded time. */
export type Decode<Message> = (bytes: Uint8Array) => Decoded<Message> | undefined;
