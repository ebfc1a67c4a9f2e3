/** An FTP server on 127.0.0.1 that answers as its script says, right or wrong; data connections are its own. Lets nobody write: it has no files. */
import net from 'node:net';
import tls from 'node:tls';
import type { Dial, Traffic } from '../../src/model/connection.js';
import type { Endpoint } from '../../src/model/endpoint.js';
import { createDial, StopSwitch } from '../../src/net/dial.js';
import { type DialLimits, defaultLimits } from '../../src/net/limits.js';

/** What the script decides on for one command. Without an answer the peer is silent. */
export type FtpAnswer = string | undefined;

export interface FtpSession {
  readonly socket: net.Socket;
  /** 0 for the first control connection. */
  readonly index: number;
  /** Opens a port for data; the number goes into the reply. */
  listen(): Promise<number>;
  /** `150`, the bytes on the data connection, then `226`. A stream goes on until the caller leaves. */
  transfer(data: string | Uint8Array | ((socket: net.Socket) => void), replies?: { readonly before?: string; readonly after?: string }): Promise<void>;
  /** After the answer to AUTH TLS. */
  secure(context: tls.SecureContext, answer: string): void;
}

/** Called with each command; `AUTH TLS` and transfers are done through the session, which then writes the replies. */
export type FtpScript = (command: string, session: FtpSession) => FtpAnswer | Promise<FtpAnswer>;

export interface FtpPeer {
  readonly endpoint: Endpoint;
  /** Every command that came, in order. */
  readonly heard: readonly string[];
  readonly connections: number;
  dial(limits?: Partial<DialLimits>, traffic?: Traffic): Dial;
  /** Resolves once every connection so far is closed, by whichever side. */
  allClosed(): Promise<void>;
  stop(): Promise<void>;
}

export async function ftpPeer(script: FtpScript, greeting = '220 FTP ready\r\n'): Promise<FtpPeer> {
  const heard: string[] = [];
  const sockets = new Set<net.Socket>();
  const servers: net.Server[] = [];
  const closings: Promise<void>[] = [];
  let connections = 0;
  const keep = (socket: net.Socket) => {
    sockets.add(socket);
    closings.push(new Promise((resolve) => void socket.on('error', () => undefined).on('close', () => resolve(void sockets.delete(socket)))));
  };
  const server = net.createServer((socket) => {
    keep(socket);
    serve(socket, connections, script, { heard, servers, keep });
    connections += 1;
    socket.write(greeting);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  const { port } = server.address() as net.AddressInfo;
  const endpoint = { host: '127.0.0.1', address: '127.0.0.1', port };
  return {
    endpoint,
    heard,
    get connections() {
      return connections;
    },
    dial: (limits = {}, traffic = { connections: 0, messagesSent: 0, bytesSent: 0, bytesReceived: 0 }) =>
      createDial(endpoint, { permit: () => undefined, limits: { ...defaultLimits, ...limits }, stop: new StopSwitch() }, traffic),
    allClosed: async () => void (await Promise.all(closings)),
    async stop() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((each) => new Promise((resolve) => each.close(resolve))));
    },
  };
}

interface Shared {
  readonly heard: string[];
  readonly servers: net.Server[];
  readonly keep: (socket: net.Socket) => void;
}

function serve(socket: net.Socket, index: number, script: FtpScript, { heard, servers, keep }: Shared): void {
  let control: net.Socket = socket;
  let data: Promise<net.Socket> | undefined;
  const session: FtpSession = {
    get socket() {
      return control;
    },
    index,
    async listen() {
      const listener = net.createServer();
      servers.push(listener);
      data = new Promise((resolve) => listener.once('connection', resolve));
      void data.then(keep);
      await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
      return (listener.address() as net.AddressInfo).port;
    },
    async transfer(bytes, { before = '150 here it comes\r\n', after = '226 done\r\n' } = {}) {
      control.write(before);
      const open = await data;
      if (!open) return;
      if (typeof bytes === 'function') {
        open.once('close', () => control.write(after));
        bytes(open);
      } else open.end(bytes, () => control.write(after));
    },
    secure(context, answer) {
      control.removeAllListeners('data');
      control.write(answer);
      control = new tls.TLSSocket(socket, { isServer: true, secureContext: context });
      control.on('error', () => undefined);
      control.on('data', onData);
    },
  };
  let pending = '';
  let queue = Promise.resolve();
  const onData = (chunk: Buffer) => {
    pending += chunk.toString('latin1');
    for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
      const command = pending.slice(0, end);
      pending = pending.slice(end + 2);
      heard.push(command);
      queue = queue.then(async () => {
        const answer = await script(command, session);
        if (answer !== undefined && control.writable) control.write(Buffer.from(answer, 'latin1'));
      });
    }
  };
  control.on('data', onData);
}

/** What most servers have in common; `special` answers first, and `undefined` of it goes on to these. */
export function ordinary(special: (command: string, session: FtpSession) => FtpAnswer | 'done' | Promise<FtpAnswer | 'done'> = () => undefined): FtpScript {
  return async (command, session) => {
    const answer = await special(command, session);
    if (answer !== undefined) return answer === 'done' ? undefined : answer;
    const verb = command.split(' ')[0] ?? '';
    if (verb === 'EPSV') return `229 Entering Extended Passive Mode (|||${await session.listen()}|)\r\n`;
    const known: Readonly<Record<string, string>> = {
      FEAT: '211-Features:\r\n EPSV\r\n211 End\r\n',
      USER: '331 Any password\r\n',
      PASS: '230 Come in\r\n',
      PWD: '257 "/" is where you are\r\n',
      CWD: '250 changed\r\n',
      TYPE: '200 binary\r\n',
      QUIT: '221 Goodbye\r\n',
    };
    return known[verb] ?? '502 no such command\r\n';
  };
}
