/** A connection without a network: bytes are handed over by the test. What real sockets do stands in dial.test.ts. */
import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { ConnectionFailure } from '../model/connection.js';
import type { Decode } from '../model/wire.js';
import { defaultLimits } from './limits.js';
import { SocketConnection } from './socket-connection.js';

const line: Decode<string> = (bytes) => {
  const end = bytes.indexOf(10);
  return end < 0 ? undefined : { message: String.fromCharCode(...bytes.subarray(0, end)), consumed: end + 1 };
};

function connectionWith(limits: Partial<typeof defaultLimits>) {
  const traffic = { connections: 1, messagesSent: 2, bytesSent: 0, bytesReceived: 0 };
  const ends: SocketConnection[] = [];
  const connection = new SocketConnection(new net.Socket(), undefined, { ...defaultLimits, ...limits }, traffic, (ended) => ends.push(ended));
  return { connection, traffic, ends };
}

const outcome = (promise: Promise<unknown>) => promise.catch((error: unknown) => (error instanceof ConnectionFailure ? error.outcome : error));
const bytes = (text: string) => Uint8Array.from([...text].map((character) => character.charCodeAt(0)));

describe('SocketConnection', () => {
  it('copies what it is handed: the place is used again for the next socket', async () => {
    const { connection } = connectionWith({});
    const shared = bytes('hello\n');
    connection.accept(shared);
    shared.fill(0x21);
    expect(await connection.receive(line)).toBe('hello');
    connection.close();
  });

  it('takes nothing more once it is over, and says once that it is', async () => {
    const { connection, ends, traffic } = connectionWith({ receiveBytes: 4 });
    connection.accept(bytes('hello'));
    connection.accept(bytes('late\n'));
    expect(await outcome(connection.receive(line))).toBe('over-limit');
    connection.close();
    expect(await outcome(connection.receive(line))).toBe('over-limit');
    expect(ends).toEqual([connection]);
    expect(traffic.bytesReceived).toBe(10);
  });

  it('reads nothing that comes after it was closed', async () => {
    const { connection } = connectionWith({});
    connection.close();
    connection.accept(bytes('late\n'));
    expect(await outcome(connection.receive(line))).toBe('closed');
  });

  it('keeps its deadline where bytes come faster than any timer', async () => {
    const { connection } = connectionWith({ answerMs: 30, receiveBytes: 1e9 });
    let isOver = false;
    const pump = () => {
      if (isOver) return;
      connection.accept(bytes('x'));
      setImmediate(pump);
    };
    pump();
    const never: Decode<never> = () => undefined;
    expect(await outcome(connection.receive(never)).finally(() => (isOver = true))).toBe('timed-out');
    connection.close();
  });
});
