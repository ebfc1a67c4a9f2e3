/** Which source port is taken, and what is said where none may be. Real sockets are in dial.test.ts. */
import { describe, expect, it } from 'vitest';
import { ConnectionFailure } from '../model/connection.js';
import { fromReservedPort } from './reserved-port.js';

/** As a socket fails that could not start from its port. */
const failing = (code: string, syscall: string, onError: (error: Error) => void): never => {
  onError(Object.assign(new Error(code), { code, syscall }));
  throw new ConnectionFailure('closed', code);
};

describe('source ports below 1024', () => {
  it('are tried downward from 1023 until one is free', async () => {
    const tried: number[] = [];
    const opened = await fromReservedPort(async (port, onError) => {
      tried.push(port);
      return port > 1_020 ? failing(port === 1_022 ? 'EADDRNOTAVAIL' : 'EADDRINUSE', 'connect', onError) : port;
    });
    expect([opened, tried]).toEqual([1_020, [1_023, 1_022, 1_021, 1_020]]);
  });

  it.each([
    ['may not be taken', 'EACCES', 1],
    ['are all taken', 'EADDRINUSE', 32],
  ])('%s: that says nothing about the peer', async (_, code, expected) => {
    let tries = 0;
    const opening = fromReservedPort(async (_port, onError) => {
      tries += 1;
      return failing(code, 'bind', onError);
    });
    await expect(opening).rejects.toMatchObject({ outcome: 'unreachable', connected: false });
    expect(tries).toBe(expected);
  });

  it('a peer that refuses is a peer that refuses', async () => {
    const opening = fromReservedPort(async (_port, onError) => failing('ECONNREFUSED', 'connect', onError));
    await expect(opening).rejects.toMatchObject({ outcome: 'closed', message: 'ECONNREFUSED' });
  });
});
