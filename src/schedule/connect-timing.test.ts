import { describe, expect, it } from 'vitest';
import { createConnectTiming } from './connect-timing.js';

const learn = (...answers: readonly (readonly [string, number])[]) => {
  const timing = createConnectTiming();
  for (const [address, ms] of answers) timing.answered(address, ms);
  return timing;
};
const times = (count: number, address: string, ms: number) => Array.from({ length: count }, () => [address, ms] as const);

describe('how long a connection may take to stand', () => {
  it.each([
    ['nothing is known', learn(), 3_000],
    ['too little is known', learn(...times(4, '10.0.0.1', 2)), 3_000],
    ['the network answers at once', learn(...times(5, '10.0.0.1', 2)), 1_200],
    ['the network is slow', learn(...times(5, '10.0.0.1', 1_500)), expect.closeTo(2_449, -1)],
    ['the network is very slow', learn(...times(5, '10.0.0.1', 2_900)), 3_000],
    ['another network answers at once', learn(...times(5, '10.0.1.1', 2)), 3_000],
  ])('where %s', (_, timing, expected) => {
    expect(timing.connectMs('10.0.0.200', 3_000)).toEqual(expected);
  });

  it('never makes a short limit longer', () => {
    expect(learn(...times(9, '10.0.0.1', 2)).connectMs('10.0.0.2', 200)).toBe(200);
  });
});
