/** Good bytes → bytes that are nearly good. The same seed gives the same bytes. */

/** 32 bits at a time (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  uint32(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** 0 to `end`, exclusive; 0 where that is nothing. */
  below(end: number): number {
    return end <= 0 ? 0 : this.uint32() % end;
  }

  oneOf<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
}

export const longestInput = 65_536;

/** Lengths and counts that decoders get wrong: nothing, one, and the edges of signs and widths. */
const telling = [0, 1, 2, 3, 4, 7, 8, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0xff_ffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff];

type Mutation = (bytes: Uint8Array, dice: Dice, others: readonly Uint8Array[]) => Uint8Array;

const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

const flipBit: Mutation = (bytes, dice) => {
  const copy = bytes.slice();
  const at = dice.below(copy.length);
  copy[at] = (copy[at] ?? 0) ^ (1 << dice.below(8));
  return copy;
};

const setByte: Mutation = (bytes, dice) => {
  const copy = bytes.slice();
  copy[dice.below(copy.length)] = dice.below(256);
  return copy;
};

/** In one, two or four bytes, either end first; or what is left of the input, give or take one. */
const editLength: Mutation = (bytes, dice) => {
  const copy = bytes.slice();
  const width = dice.oneOf([1, 2, 4]);
  if (copy.length < width) return copy;
  const at = dice.below(copy.length - width + 1);
  const value = dice.below(4) === 0 ? copy.length - at - width + dice.below(3) - 1 : dice.oneOf(telling);
  const isLittle = dice.below(2) === 0;
  for (let index = 0; index < width; index += 1) copy[at + index] = value >>> (8 * (isLittle ? index : width - 1 - index));
  return copy;
};

const truncate: Mutation = (bytes, dice) => bytes.slice(0, dice.below(bytes.length + 1));

const splice: Mutation = (bytes, dice, others) => {
  const other = dice.oneOf(others);
  return joined(bytes.subarray(0, dice.below(bytes.length + 1)), other.subarray(dice.below(other.length + 1)));
};

const part = (bytes: Uint8Array, dice: Dice): Uint8Array => {
  const from = dice.below(bytes.length);
  return bytes.subarray(from, from + 1 + dice.below(Math.min(64, bytes.length - from)));
};

const insert = (bytes: Uint8Array, dice: Dice, what: Uint8Array): Uint8Array => {
  const at = dice.below(bytes.length + 1);
  return joined(bytes.subarray(0, at), what, bytes.subarray(at));
};

const duplicate: Mutation = (bytes, dice) => insert(bytes, dice, part(bytes, dice));

/** Nesting, pages and lists without end begin like this. */
const repeat: Mutation = (bytes, dice) => {
  const piece = part(bytes, dice);
  const room = Math.max(0, longestInput - bytes.length);
  const times = Math.min(dice.oneOf([2, 8, 64, 1_024, longestInput]), Math.floor(room / Math.max(1, piece.length)));
  return insert(bytes, dice, joined(...Array.from({ length: times }, () => piece)));
};

const remove: Mutation = (bytes, dice) => {
  const from = dice.below(bytes.length);
  return joined(bytes.subarray(0, from), bytes.subarray(from + 1 + dice.below(64)));
};

const noise: Mutation = (bytes, dice) =>
  insert(
    bytes,
    dice,
    Uint8Array.from({ length: 1 + dice.below(32) }, () => dice.below(256)),
  );

const mutations: readonly Mutation[] = [flipBit, setByte, editLength, editLength, truncate, splice, duplicate, remove, noise];

/** One to six changes; repeating something very often is rare, for it costs as much as a thousand others. */
export function mutated(seeds: readonly Uint8Array[], dice: Dice): Uint8Array {
  let bytes = dice.oneOf(seeds);
  for (let left = 1 + dice.below(6); left > 0; left -= 1) bytes = (dice.below(100) === 0 ? repeat : dice.oneOf(mutations))(bytes, dice, seeds);
  return bytes.subarray(0, longestInput);
}
