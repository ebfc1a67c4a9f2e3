/** Real sockets on loopback: what each way a connection can go comes to. No peer here speaks a protocol. */

import { X509Certificate } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import net from 'node:net';
import { networkInterfaces } from 'node:os';
import tls from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { issueCertificate } from '../estate/certificate.js';
import { type Connection, ConnectionFailure, type Traffic } from '../model/connection.js';
import { type Decode, WireError } from '../model/wire.js';
import { createDial, type DialContext, StopSwitch } from './dial.js';
import { type DialLimits, defaultLimits } from './limits.js';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

interface Peer {
  readonly port: number;
  readonly sockets: net.Socket[];
  /** Each connection so far was closed. */
  closed(): Promise<unknown>;
}

async function peer(onConnection: (socket: net.Socket) => void = () => undefined, address = '127.0.0.1'): Promise<Peer> {
  const sockets: net.Socket[] = [];
  const closings: Promise<void>[] = [];
  const server = net.createServer((socket) => {
    sockets.push(socket);
    closings.push(new Promise((resolve) => socket.once('close', () => resolve())));
    socket.on('error', () => undefined).resume();
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  stops.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as net.AddressInfo).port, sockets, closed: () => Promise.all(closings) };
}

const noTraffic = (): Traffic => ({ connections: 0, messagesSent: 0, bytesSent: 0, bytesReceived: 0 });

function dialer(port: number, more: Partial<Omit<DialContext, 'limits'>> & { address?: string; traffic?: Traffic; limits?: Partial<DialLimits> } = {}) {
  const address = more.address ?? '127.0.0.1';
  const context: DialContext = { permit: () => undefined, stop: new StopSwitch(), ...more, limits: { ...defaultLimits, ...more.limits } };
  return createDial({ host: address, address, port }, context, more.traffic ?? noTraffic());
}

/** One line that ends with `\n`. */
const line: Decode<string> = (bytes) => {
  const end = bytes.indexOf(10);
  return end < 0 ? undefined : { message: String.fromCharCode(...bytes.subarray(0, end)), consumed: end + 1 };
};
const never: Decode<never> = () => undefined;

async function failureOf(action: Promise<unknown>): Promise<Pick<ConnectionFailure, 'outcome' | 'connected' | 'spoke'>> {
  const error = await action.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ConnectionFailure)) throw error;
  return { outcome: error.outcome, connected: error.connected, spoke: error.spoke };
}

/** A port that was open a moment ago and is closed now. */
async function closedPort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('opening', () => {
  it('a closed port is refused', async () => {
    expect(await failureOf(dialer(await closedPort()).open('plain'))).toEqual({ outcome: 'refused', connected: false, spoke: false });
  });

  it('out of scope, no packet leaves', async () => {
    const { port, sockets } = await peer();
    const asked: string[] = [];
    const traffic = noTraffic();
    const permit = (address: string, askedPort: number) => {
      asked.push(`${address}:${askedPort}`);
      return 'not ours';
    };
    const failure = await failureOf(dialer(port, { permit, traffic }).open('plain'));
    expect(failure).toEqual({ outcome: 'out-of-scope', connected: false, spoke: false });
    expect(asked).toEqual([`127.0.0.1:${port}`]);
    expect(traffic.connections).toBe(0);
    // A later connection on the same listener is the first that it sees
    (await dialer(port).open('plain')).close();
    await expect.poll(() => sockets.length).toBe(1);
  });

  it('scope is asked again for every connection', async () => {
    const { port } = await peer();
    let left = 1;
    const dial = dialer(port, { permit: () => (left-- > 0 ? undefined : 'the time window is over') });
    (await dial.open('plain')).close();
    expect((await failureOf(dial.open('plain'))).outcome).toBe('out-of-scope');
  });

  it('from a source port below 1024 where the system lets us, and another failure than the peer’s where not', async () => {
    const { port, sockets } = await peer();
    const opened = await dialer(port)
      .open('plain', { reservedSourcePort: true })
      .catch((error: unknown) => error);
    if (opened instanceof Error) expect(opened).toMatchObject({ outcome: 'unreachable', connected: false });
    else {
      await expect.poll(() => sockets.length).toBe(1);
      expect(sockets[0]?.remotePort).toBeLessThan(1_024);
      (opened as Connection).close();
    }
  });

  it('waits for its turn', async () => {
    const { port } = await peer();
    const order: string[] = [];
    const pace = async () => void order.push('paced');
    const connection = await dialer(port, { pace }).open('plain');
    order.push('open');
    connection.close();
    expect(order).toEqual(['paced', 'open']);
  });

  it.skipIf(
    !Object.values(networkInterfaces())
      .flat()
      .some((entry) => entry?.address === '::1'),
  )('IPv6', async () => {
    const { port } = await peer((socket) => socket.write('hello\n'), '::1');
    const connection = await dialer(port, { address: '::1' }).open('plain');
    expect(await connection.receive(line)).toBe('hello');
    connection.close();
  });

  it('counts connections and bytes', async () => {
    const traffic = noTraffic();
    const { port } = await peer((socket) => socket.write('hello\n'));
    const dial = dialer(port, { traffic });
    for (let count = 0; count < 2; count += 1) {
      const connection = await dial.open('plain');
      await connection.send(new Uint8Array(10));
      await connection.receive(line);
      connection.close();
    }
    expect(traffic).toEqual({ connections: 2, messagesSent: 2, bytesSent: 20, bytesReceived: 12 });
  });
});

describe('receiving', () => {
  /** What waiting for a line comes to with a peer that does this. */
  async function receiving(onConnection: (socket: net.Socket) => void, limits: Partial<DialLimits>, decode: Decode<unknown> = line) {
    const target = await peer(onConnection);
    const traffic = noTraffic();
    const conversation = async () => {
      const connection = await dialer(target.port, { limits, traffic }).open('plain');
      await connection.receive(decode).finally(() => connection.close());
    };
    const failure = await failureOf(conversation());
    await target.closed();
    return { ...failure, traffic };
  }

  it('from a silent peer times out', async () => {
    expect(await receiving(() => undefined, { answerMs: 50 })).toMatchObject({ outcome: 'timed-out', connected: true, spoke: false });
  });

  it('from a peer that stops in the middle times out', async () => {
    expect(await receiving((socket) => socket.write('hel'), { answerMs: 50 })).toMatchObject({ outcome: 'timed-out', connected: true, spoke: true });
  });

  it('from a peer that hangs up before a word is closed', async () => {
    expect(await receiving((socket) => socket.end(), {})).toMatchObject({ outcome: 'closed', connected: true, spoke: false });
  });

  it('from a peer that hangs up in the middle is closed', async () => {
    expect(await receiving((socket) => socket.end('hel'), {})).toMatchObject({ outcome: 'closed', connected: true, spoke: true });
  });

  it('from a peer that resets is closed', async () => {
    expect(await receiving((socket) => socket.resetAndDestroy(), {})).toMatchObject({ outcome: 'closed', connected: true, spoke: false });
  });

  it('from a peer that floods and takes nothing ends at the limit too while what we sent last waits to go out', async () => {
    const target = await peer((socket) => {
      socket.pause();
      const more = () => {
        while (socket.writable && socket.write(new Uint8Array(10_000))) {}
        if (socket.writable) socket.once('drain', more);
      };
      more();
    });
    const traffic = noTraffic();
    const connection = await dialer(target.port, { limits: { answerMs: 500, receiveBytes: 100_000 }, traffic }).open('plain');
    await connection.send(new Uint8Array(30_000_000)); // more than the system takes from us
    connection.close();
    await target.closed();
    expect(traffic.bytesReceived).toBeGreaterThan(100_000);
    expect(traffic.bytesReceived).toBeLessThanOrEqual(100_000 + 65_536);
  });

  it('over several connections has one end, however patient each of them is', async () => {
    const target = await peer((socket) => socket.write('hel'));
    const traffic = noTraffic();
    const dial = dialer(target.port, { limits: { probeMs: 60 }, traffic });
    const first = await dial.open('plain');
    await expect.poll(() => traffic.bytesReceived).toBe(3);
    expect(await failureOf(first.receive(line))).toMatchObject({ outcome: 'timed-out', connected: true, spoke: true });
    first.close();
    await new Promise((resolve) => setTimeout(resolve, 20)); // a timer may be a little early against the clock that limits are read from
    expect(await failureOf(dial.open('plain'))).toMatchObject({ outcome: 'timed-out', connected: true, spoke: true });
    expect(traffic.connections).toBe(1);
    await target.closed();
  });

  it('more than the limit ends the connection, one chunk later at most', async () => {
    const flood = (socket: net.Socket) => {
      const more = () => {
        while (socket.writable && socket.write(new Uint8Array(10_000))) {}
        if (socket.writable) socket.once('drain', more);
      };
      more();
    };
    const result = await receiving(flood, { receiveBytes: 100_000 }, never);
    expect(result).toMatchObject({ outcome: 'over-limit', connected: true, spoke: true });
    expect(result.traffic.bytesReceived).toBeGreaterThan(100_000);
    expect(result.traffic.bytesReceived).toBeLessThanOrEqual(100_000 + 65_536);
  });

  it('exactly the limit is no offence', async () => {
    const target = await peer((socket) => socket.write('hello\n'));
    const connection = await dialer(target.port, { limits: { receiveBytes: 6 } }).open('plain');
    expect(await connection.receive(line)).toBe('hello');
    connection.close();
  });

  it('a drip of bytes does not outlive the answer', async () => {
    expect(await receiving(drip, { answerMs: 100 })).toMatchObject({ outcome: 'timed-out', spoke: true });
  });

  it('a drip of whole answers does not outlive the connection', async () => {
    const target = await peer((socket) => drip(socket, '\n'));
    const connection = await dialer(target.port, { limits: { totalMs: 200 } }).open('plain');
    const patient = async () => {
      for (;;) await connection.receive(line, { withinMs: 60_000 });
    };
    expect(await failureOf(patient())).toEqual({ outcome: 'timed-out', connected: true, spoke: true });
    connection.close();
    await target.closed();
  });

  it('a flood of whole answers does not outlive the connection', async () => {
    const target = await peer();
    const connection = await dialer(target.port, { limits: { totalMs: 50 } }).open('plain');
    target.sockets[0]?.write('x\n'.repeat(2000));
    // Answers lie ready; the deadline counts all the same
    await connection.receive(line);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect((await failureOf(connection.receive(line))).outcome).toBe('timed-out');
    connection.close();
    await target.closed();
  });

  it('what arrived before the peer hung up is still read', async () => {
    const target = await peer((socket) => socket.end('one\ntwo\n'));
    const connection = await dialer(target.port).open('plain');
    expect(await connection.receive(line)).toBe('one');
    expect(await connection.receive(line)).toBe('two');
    expect((await failureOf(connection.receive(line))).outcome).toBe('closed');
    await target.closed();
  });

  it('an error of the decoder reaches the caller and leaves the connection to it', async () => {
    const target = await peer((socket) => socket.write('hello\n'));
    const connection = await dialer(target.port).open('plain');
    const broken = connection.receive(() => {
      throw new WireError('greeting', 0, 'is none');
    });
    // The decoder is asked even where nothing came yet
    await expect(broken).rejects.toThrow(WireError);
    expect(await connection.receive(line)).toBe('hello');
    connection.close();
    await target.closed();
  });

  it('asks the decoder once for each arrival', async () => {
    const target = await peer();
    const connection = await dialer(target.port).open('plain');
    const seen: number[] = [];
    const watching: Decode<string> = (bytes) => {
      seen.push(bytes.length);
      return line(bytes);
    };
    const answer = connection.receive(watching);
    for (const letter of 'hello\n') {
      target.sockets[0]?.write(letter);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await answer).toBe('hello');
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
    connection.close();
  });
});

/** One byte, then another, for ever. */
function drip(socket: net.Socket, byte = 'x'): void {
  const timer = setInterval(() => socket.writable && socket.write(byte), 10);
  socket.on('close', () => clearInterval(timer));
}

describe('closing', () => {
  it('flushes what was sent', async () => {
    const got: Uint8Array[] = [];
    const target = await peer((socket) => socket.on('data', (chunk: Uint8Array) => got.push(chunk)));
    const connection = await dialer(target.port).open('plain');
    await connection.send(new Uint8Array(100_000));
    connection.close();
    connection.close();
    await target.closed();
    expect(got.reduce((sum, chunk) => sum + chunk.length, 0)).toBe(100_000);
  });

  it('nothing is sent or received afterwards', async () => {
    const target = await peer((socket) => socket.write('hello\n'));
    const connection = await dialer(target.port).open('plain');
    connection.close();
    expect((await failureOf(connection.send(Uint8Array.of(1)))).outcome).toBe('closed');
    expect((await failureOf(connection.receive(never))).outcome).toBe('closed');
    await target.closed();
  });

  it('leaves no socket behind where the peer takes nothing', async () => {
    const ours: net.Socket[] = [];
    const watch = (message: unknown) => void ours.push((message as { socket: net.Socket }).socket);
    subscribe('net.client.socket', watch);
    stops.push(() => unsubscribe('net.client.socket', watch));
    const target = await peer((socket) => socket.pause());
    const connection = await dialer(target.port, { limits: { answerMs: 50 } }).open('plain');
    await connection.send(new Uint8Array(20_000_000));
    connection.close();
    // The peer never reads, so it would never see the end: our own side must be gone all the same
    await expect.poll(() => ours.map((socket) => socket.closed), { timeout: 4_000 }).toEqual([true]);
  });
});

describe('stopping', () => {
  it('before: nothing is opened', async () => {
    const { port } = await peer();
    const traffic = noTraffic();
    const dial = dialer(port, { stop: new StopSwitch(AbortSignal.abort()), traffic });
    expect((await failureOf(dial.open('plain'))).outcome).toBe('timed-out');
    expect(traffic.connections).toBe(0);
  });

  it('while waiting for a turn: nothing is opened', async () => {
    const { port } = await peer();
    const control = new AbortController();
    const traffic = noTraffic();
    const pace = async () => control.abort();
    const dial = dialer(port, { stop: new StopSwitch(control.signal), pace, traffic });
    expect((await failureOf(dial.open('plain'))).outcome).toBe('timed-out');
    expect(traffic.connections).toBe(0);
  });

  it('while connecting', async () => {
    const { port } = await peer();
    const control = new AbortController();
    const opening = failureOf(dialer(port, { stop: new StopSwitch(control.signal) }).open('plain'));
    await null;
    control.abort();
    expect((await opening).outcome).toBe('timed-out');
  });

  it('while a TLS handshake hangs', async () => {
    const target = await peer();
    const control = new AbortController();
    const opening = failureOf(dialer(target.port, { stop: new StopSwitch(control.signal) }).open('tls'));
    await expect.poll(() => target.sockets.length).toBe(1);
    control.abort();
    expect((await opening).outcome).toBe('timed-out');
    await target.closed();
  });

  it('while waiting for an answer, and in a pause', async () => {
    const target = await peer();
    const control = new AbortController();
    const dial = dialer(target.port, { stop: new StopSwitch(control.signal) });
    const connection = await dial.open('plain');
    const answer = failureOf(connection.receive(line));
    const pause = dial.pause(60_000);
    control.abort();
    expect((await answer).outcome).toBe('timed-out');
    await pause;
    await target.closed();
    await dial.pause(60_000);
  });

  it('ends connections that were added too late', () => {
    const control = new AbortController();
    const stop = new StopSwitch(control.signal);
    const ended: string[] = [];
    stop.add({ end: ({ detail }) => void ended.push(`early ${detail}`) });
    control.abort();
    stop.add({ end: ({ detail }) => void ended.push(`late ${detail}`) });
    expect(ended).toEqual(['early stopped', 'late stopped']);
  });

  it('keeps no connection that is over', async () => {
    const target = await peer((socket) => socket.write('hello\n'));
    const live = new Set<unknown>();
    class WatchedSwitch extends StopSwitch {
      override add(connection: Parameters<StopSwitch['add']>[0]): void {
        live.add(connection);
        super.add(connection);
      }

      override remove(connection: Parameters<StopSwitch['remove']>[0]): void {
        live.delete(connection);
        super.remove(connection);
      }
    }
    const dial = dialer(target.port, { stop: new WatchedSwitch() });
    const connection = await dial.open('plain');
    expect(live.size).toBe(1);
    await connection.receive(line);
    target.sockets[0]?.destroy();
    await failureOf(connection.receive(line));
    (await dial.open('plain')).close();
    await dial.pause(1);
    expect(live.size).toBe(0);
  });

  it('leaves alone what was closed before', async () => {
    const target = await peer();
    const control = new AbortController();
    const connection = await dialer(target.port, { stop: new StopSwitch(control.signal) }).open('plain');
    connection.close();
    control.abort();
    expect((await failureOf(connection.receive(line))).outcome).toBe('closed');
  });
});

describe('TLS', () => {
  async function securePeer(onConnection: (socket: tls.TLSSocket) => void) {
    const day = 86_400_000;
    const issued = await issueCertificate({
      subject: 'self-signed.example',
      key: 'ec256',
      digest: 'sha256',
      notBefore: new Date(Date.now() - day),
      notAfter: new Date(Date.now() + day),
    });
    const context = tls.createSecureContext({ cert: issued.certificatePem, key: issued.privateKeyPem });
    const target = await peer((socket) => onConnection(new tls.TLSSocket(socket, { isServer: true, secureContext: context }).on('error', () => undefined)));
    return { target, der: new X509Certificate(issued.certificatePem).raw };
  }

  it('shows version, suite and the self-signed certificate', async () => {
    const { target, der } = await securePeer((socket) => socket.write('hello\n'));
    const connection = await dialer(target.port).open('tls');
    expect(connection.secure).toMatchObject({ version: 'TLSv1.3', cipherSuite: expect.stringMatching(/^TLS_/) });
    expect(connection.secure?.chain.map((certificate) => Buffer.from(certificate).equals(der))).toEqual([true]);
    expect(await connection.receive(line)).toBe('hello');
    connection.close();
    await target.closed();
  });

  it.each([
    [true, 'true'],
    [false, 'false'],
  ])('resumes the last session on another port where that is asked for: %s', async (resumes, expected) => {
    const { target } = await securePeer((socket) => void socket.on('secure', () => socket.write(`${(socket as tls.TLSSocket).isSessionReused()}\n`)));
    const dial = dialer(target.port);
    const first = await dial.open('tls');
    expect(await first.receive(line)).toBe('false');
    const data = await dial.open('plain', { port: target.port, resumes });
    const secured = await data.startTls();
    expect(await secured.receive(line)).toBe(expected);
    for (const connection of [first, secured]) connection.close();
    await target.closed();
  });

  it('starts on a connection that was in the clear, and drops what came in the clear after that', async () => {
    const { target: secured } = await securePeer((socket) => socket.write('secret\n'));
    const target = await peer((socket) => {
      socket.once('data', () => {
        socket.pause().write('go ahead\n');
        const inner = net.connect(secured.port, '127.0.0.1', () => void socket.pipe(inner).pipe(socket));
        inner.on('error', () => undefined);
      });
    });
    const traffic = noTraffic();
    const connection = await dialer(target.port, { traffic }).open('plain');
    await connection.send(Uint8Array.of(1));
    expect(await connection.receive(line)).toBe('go ahead');
    const upgraded = await connection.startTls();
    expect(upgraded.secure).toMatchObject({ version: 'TLSv1.3' });
    expect(await upgraded.receive(line)).toBe('secret');
    expect(traffic.connections).toBe(1);
    upgraded.close();
    await target.closed();
  });

  it('does not start where the peer answers in the clear', async () => {
    const target = await peer((socket) => void socket.on('data', () => socket.write('500 what?\r\n')));
    const connection = await dialer(target.port).open('plain');
    expect(await failureOf(connection.startTls())).toMatchObject({ outcome: 'closed', connected: true });
    await target.closed();
  });

  it.each([
    ['a silent peer times out', () => undefined, { outcome: 'timed-out', connected: true }],
    ['a peer that hangs up is closed', (socket: net.Socket) => socket.end(), { outcome: 'closed', connected: true }],
    ['a peer that resets is closed', (socket: net.Socket) => socket.resetAndDestroy(), { outcome: 'closed', connected: true }],
    ['a peer that speaks in the clear is closed', (socket: net.Socket) => socket.write('220 ready\r\n'), { outcome: 'closed', connected: true }],
  ])('%s', async (_, onConnection, expected) => {
    const target = await peer((socket) => void onConnection(socket));
    const failure = await failureOf(dialer(target.port, { limits: { answerMs: 100 } }).open('tls'));
    expect(failure).toMatchObject(expected);
    await target.closed();
  });
});

it('another port of the same address is asked for, and scope is asked again', async () => {
  const target = await peer((socket) => socket.write('data\n'));
  const asked: number[] = [];
  const dial = dialer(1, { permit: (_, port) => void asked.push(port) });
  const connection = await dial.open('plain', { port: target.port });
  expect(await connection.receive(line)).toBe('data');
  expect(asked).toEqual([target.port]);
  connection.close();
});

/** The type says it, the test shows it: a plain connection has no session. */
it('a plain connection has no session', async () => {
  const { port } = await peer();
  const connection: Connection = await dialer(port).open('plain');
  expect(connection.secure).toBeUndefined();
  connection.close();
});
