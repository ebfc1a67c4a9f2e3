import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPace } from './pace.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** When each connection started, milliseconds after the first. */
async function starts(pace: ReturnType<typeof createPace>, addresses: readonly string[]): Promise<readonly number[]> {
  const begun = performance.now();
  const started = addresses.map(async (address) => {
    await pace?.(address);
    return Math.round(performance.now() - begun);
  });
  await vi.runAllTimersAsync();
  return Promise.all(started);
}

describe('the pace of connections', () => {
  it('is even for the whole scan', async () => {
    const pace = createPace({ perSecond: 10, perNetworkAndSecond: null });
    expect(await starts(pace, ['10.0.0.1', '10.0.1.1', '127.0.0.1', '10.0.2.1'])).toEqual([0, 100, 200, 300]);
  });

  it('is even within a network, and networks do not wait for each other', async () => {
    const pace = createPace({ perSecond: null, perNetworkAndSecond: 10 });
    expect(await starts(pace, ['10.0.0.1', '10.0.1.1', '10.0.0.2', '10.0.1.2'])).toEqual([0, 0, 100, 100]);
  });

  it('does not hold up this computer for its network', async () => {
    const pace = createPace({ perSecond: null, perNetworkAndSecond: 1 });
    expect(await starts(pace, ['127.0.0.1', '127.0.0.2', '::1'])).toEqual([0, 0, 0]);
  });

  it('keeps the slower of both', async () => {
    const pace = createPace({ perSecond: 100, perNetworkAndSecond: 1 });
    expect(await starts(pace, ['10.0.0.1', '10.0.0.2', '10.0.1.1'])).toEqual([0, 1_000, 20]);
  });

  it('is nobody where nothing is limited', () => {
    expect(createPace({ perSecond: null, perNetworkAndSecond: null })).toBeUndefined();
  });
});
