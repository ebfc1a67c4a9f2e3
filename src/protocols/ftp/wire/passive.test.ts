import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readExtendedPort, readPassive } from './passive.js';

describe('the reply to EPSV', () => {
  it.each([
    ['Entering Extended Passive Mode (|||60747|)', 60_747],
    ['Extended Passive mode OK (!!!21!)', 21],
    ['(|||0|)', undefined],
    ['(|||65536|)', undefined],
    ['(|||99999999999999999999|)', undefined],
    ['(|||12', undefined],
    ['(||12|)', undefined],
    ['|||12|', undefined],
    ['(|||1e3|)', undefined],
    ['(|1|10.0.0.1|12|)', undefined],
    ['(', undefined],
    ['', undefined],
  ])('%j', (text, port) => {
    expect(readExtendedPort(text)).toBe(port);
  });
});

describe('the reply to PASV', () => {
  it.each([
    ['Entering Passive Mode (127,0,0,1,4,1).', { address: '127.0.0.1', port: 1025 }],
    ['Entering Passive Mode 10,0,0,1,255,255', { address: '10.0.0.1', port: 65_535 }],
    ['(192,168,1,1,0,0)', undefined],
    ['(256,0,0,1,4,1)', undefined],
    ['(1,2,3,4,5)', undefined],
    ['(1271,0,0,1,4,1)', undefined],
    ['no numbers', undefined],
  ])('%j', (text, expected) => {
    expect(readPassive(text)).toEqual(expected);
  });
});

it('both take any text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('(', '|', ',', '1', '2') })), (text) => {
      const ports = [readExtendedPort(text), readPassive(text)?.port].filter((port) => port !== undefined);
      for (const port of ports) expect(Number.isInteger(port) && port > 0 && port < 65_536).toBe(true);
    }),
  );
});
