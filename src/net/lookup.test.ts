import { describe, expect, it } from 'vitest';
import { lookupAddresses } from './lookup.js';

describe('lookupAddresses', () => {
  it('gives the loopback addresses of localhost, each once', async () => {
    const addresses = await lookupAddresses('localhost');
    expect(addresses.length).toBeGreaterThan(0);
    expect(new Set(addresses).size).toBe(addresses.length);
    for (const address of addresses) expect(address).toMatch(/^(127\.\d+\.\d+\.\d+|::1)$/);
  });

  it('leaves an address as it is', async () => {
    expect(await lookupAddresses('127.0.0.9')).toEqual(['127.0.0.9']);
  });
});
