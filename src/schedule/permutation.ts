/**
 * The order in which a scan visits its addresses: pseudo-random, so that no network gets all its connections at once, and without a
 * list, so that a million addresses cost no more than ten. A Feistel network over the next power of four, walked in cycles until it
 * falls inside (Black and Rogaway, "Ciphers with Arbitrary Finite Domains", 2002). It hides nothing: it only spreads. Pure.
 */

/** A bijection of 0 to `size - 1` onto itself. The same seed gives the same order. `size` up to 2^48. */
export function permutation(size: number, seed: number): (index: number) => number {
  if (size < 2) return (index) => index;
  if (size > 2 ** 48) throw new RangeError('more places than the permutation can order');
  const halfBits = Math.max(1, Math.ceil(Math.log2(size) / 2));
  const half = 2 ** halfBits;
  const keys = [0x9e3779b9, 0x7f4a7c15, 0xf39cc060, 0x5cedc834].map((constant) => mix(seed ^ constant, Math.imul(seed, 0x85ebca6b)));
  const encrypt = (index: number): number => {
    let left = Math.floor(index / half);
    let right = index % half;
    for (const key of keys) [left, right] = [right, (left ^ mix(right, key)) & (half - 1)];
    return left * half + right;
  };
  return (index) => {
    let place = encrypt(index);
    while (place >= size) place = encrypt(place);
    return place;
  };
}

/** The finalizer of MurmurHash3 (public domain) over two numbers of 32 bits. */
function mix(value: number, key: number): number {
  let hash = Math.imul(value ^ key, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
