/** A web server on 127.0.0.1 that answers each request with whatever bytes its script writes. Follows no rule by itself. */
import net from 'node:net';
import type { Dial, Traffic } from '../../src/model/connection.js';
import type { Endpoint } from '../../src/model/endpoint.js';
import { createDial, StopSwitch } from '../../src/net/dial.js';
import type { DialLimits } from '../../src/net/limits.js';
import { noTraffic, patientLimits } from './probing.js';

export interface WebRequest {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What is returned is written; the socket is there for everything else. */
export type WebScript = (request: WebRequest, socket: net.Socket) => string | Uint8Array | undefined;

export interface WebPeer {
  readonly endpoint: Endpoint;
  readonly requests: readonly WebRequest[];
  connections: number;
  /** Of all dials together. */
  readonly traffic: Traffic;
  dial(limits?: Partial<DialLimits>): Dial;
  stop(): Promise<void>;
}

export async function webPeer(script: WebScript, address = '127.0.0.1'): Promise<WebPeer> {
  const requests: WebRequest[] = [];
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    peer.connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined); // callers may reset
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const request = parsed(text.slice(0, end));
        text = text.slice(end + 4);
        requests.push(request);
        const answer = script(request, socket);
        if (answer !== undefined && !socket.destroyed) socket.write(answer);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const { port } = server.address() as net.AddressInfo;
  const endpoint = { host: address, address, port };
  const traffic = noTraffic();
  const peer: WebPeer = {
    traffic,
    endpoint,
    requests,
    connections: 0,
    dial: (limits = {}) => createDial(endpoint, { permit: () => undefined, limits: { ...patientLimits, ...limits }, stop: new StopSwitch() }, traffic),
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return peer;
}

function parsed(head: string): WebRequest {
  const [line = '', ...lines] = head.split('\r\n');
  const [method = '', path = ''] = line.split(' ');
  const headers = lines.map((each) => [each.slice(0, each.indexOf(':')).toLowerCase(), each.slice(each.indexOf(':') + 1).trim()]);
  return { method, path, headers: Object.fromEntries(headers) };
}

/** A whole answer, as a decent server would give it. */
export function answer(status: number, headers: Readonly<Record<string, string>>, body = ''): string {
  const lines = Object.entries({ 'content-length': String(Buffer.byteLength(body)), ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} X\r\n${lines.join('')}\r\n${body}`;
}

/** Writes until nobody reads any more. */
export function forEver(socket: net.Socket, piece: Uint8Array, begin = ''): undefined {
  socket.write(begin);
  const more = (): void => {
    while (!socket.destroyed && socket.writable && socket.write(piece));
    if (!socket.destroyed) socket.once('drain', more);
  };
  more();
  return undefined;
}
