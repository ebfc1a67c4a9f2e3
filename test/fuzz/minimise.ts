/** The smallest input that still fails in the same way, as far as cutting and zeroing lead. */

export function minimise(input: Uint8Array, stillFails: (input: Uint8Array) => boolean, mostTries: number): Uint8Array {
  let smallest = input;
  let tries = 0;
  const takes = (candidate: Uint8Array): boolean => {
    tries += 1;
    if (tries > mostTries || !stillFails(candidate)) return false;
    smallest = candidate;
    return true;
  };
  for (let size = 2 ** Math.ceil(Math.log2(Math.max(1, input.length))); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < smallest.length && tries < mostTries; ) {
      if (!takes(new Uint8Array(Buffer.concat([smallest.subarray(0, at), smallest.subarray(at + size)])))) at += size;
    }
  }
  for (let at = 0; at < smallest.length && tries < mostTries; at += 1) if (smallest[at] !== 0) takes(smallest.map((byte, index) => (index === at ? 0 : byte)));
  return smallest;
}

/** Two failures are one where the same error comes from the same line. */
export function signature(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const place = error.stack?.split('\n').find((line) => line.trim().startsWith('at ')) ?? '';
  return `${error.name} ${place.trim()}`;
}
