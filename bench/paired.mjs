// Two programs measured in turn. A machine whose speed drifts does not tilt the result.

export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** A B A B ..., and the median of the ratios pair by pair. Seconds in, a row of the table out. */
export function paired(name, count, ours, peer) {
  const pairs = Array.from({ length: count }, () => ({ ours: ours(), peer: peer() }));
  const ratio = median(pairs.map((pair) => pair.peer / pair.ours));
  return {
    name,
    ours: `${median(pairs.map((pair) => pair.ours)).toFixed(2)} s`,
    peer: `${median(pairs.map((pair) => pair.peer)).toFixed(2)} s`,
    'peer ÷ ours': ratio.toFixed(2),
  };
}
