import { describe, expect, it } from 'vitest';
import { isLoopback, networkOf } from './network.js';

describe('the network of an address', () => {
  it.each([
    ['10.20.30.40', '10.20.30'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::5', '2001:db8:0:0'],
    ['2001:db8:1:2::', '2001:db8:1:2'],
    ['fe80::1', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['::', '0:0:0:0'],
  ])('%s lies in %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('knows this computer', () => {
    expect(['127.0.0.1', '127.9.8.7', '::1', '128.0.0.1', '12.7.0.0'].map(isLoopback)).toEqual([true, true, true, false, false]);
  });
});
