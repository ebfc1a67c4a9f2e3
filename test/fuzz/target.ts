/** What one decoder or parser has to stand, and how good inputs for it are come by. Opens no sockets. */
import type { Decoded } from '../../src/model/wire.js';
import { WireError } from '../../src/model/wire.js';
import { cassettes } from '../hostile/matrix/recorded.js';

export interface Target {
  /** `protocol/file.decoder`, as `scripts/house-rules.mjs` looks for it, or a name of its own. */
  readonly name: string;
  /** Good inputs, which are then damaged. */
  seeds(): readonly Uint8Array[];
  /** Throws where the input brought out a defect. */
  run(input: Uint8Array): void;
}

/** What a peer said in the cassettes of a protocol, message by message. */
export const heard = (protocol: string): readonly Uint8Array[] =>
  cassettes()
    .filter((cassette) => cassette.protocol === protocol)
    .flatMap(({ entries }) => entries.flatMap((entry) => ('receive' in entry ? [new Uint8Array(Buffer.from(entry.receive, 'hex'))] : [])))
    .filter((bytes) => bytes.length > 0);

/** Undefined, a message of more than nothing and no more than there is, or a `WireError`. */
export function streamed(name: string, seeds: () => readonly Uint8Array[], decode: (bytes: Uint8Array) => Decoded<unknown> | undefined): Target {
  return {
    name,
    seeds,
    run(input) {
      const decoded = expecting(WireError, () => decode(input));
      if (decoded && !(Number.isInteger(decoded.consumed) && decoded.consumed > 0 && decoded.consumed <= input.length))
        throw new Error(`consumed ${decoded.consumed} of ${input.length} bytes`);
    },
  };
}

/** A message or a `WireError`. */
export const whole = (name: string, seeds: () => readonly Uint8Array[], decode: (bytes: Uint8Array) => unknown): Target => ({
  name,
  seeds,
  run: (input) => void expecting(WireError, () => decode(input)),
});

/** Text is read of any bytes; `documented`: the error that it may throw, where there is one. */
export const read = (name: string, seeds: () => readonly (string | Uint8Array)[], parse: (text: string) => unknown, documented?: ErrorClass): Target => ({
  name,
  seeds: () => seeds().map((seed) => (typeof seed === 'string' ? new TextEncoder().encode(seed) : seed)),
  run: (input) => void expecting(documented, () => parse(new TextDecoder().decode(input))),
});

type ErrorClass = abstract new (...args: never[]) => Error;

/** The result, or nothing where the documented error was thrown. Every other error is thrown on. */
export function expecting<Result>(documented: ErrorClass | undefined, run: () => Result): Result | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof WireError && !(Number.isInteger(error.offset) && error.offset >= 0)) throw new Error(`an offset of ${error.offset}`);
    if (documented !== undefined && error instanceof documented) return undefined;
    throw error;
  }
}
