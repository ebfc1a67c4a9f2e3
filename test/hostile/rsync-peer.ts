/** An rsync daemon on 127.0.0.1 that answers as its script says, right or wrong, and can encode a list of files. Takes nothing that is sent to it. */
import net from 'node:net';
import type { Dial, Traffic } from '../../src/model/connection.js';
import type { Endpoint } from '../../src/model/endpoint.js';
import { createDial, StopSwitch } from '../../src/net/dial.js';
import { type DialLimits, defaultLimits } from '../../src/net/limits.js';

export interface RsyncCaller {
  readonly socket: net.Socket;
  /** The next line, without its end. */
  line(): Promise<string>;
  /** Arguments up to the empty one. */
  arguments(): Promise<readonly string[]>;
  say(bytes: string | Uint8Array): void;
}

export type RsyncScript = (caller: RsyncCaller) => Promise<void>;

export interface RsyncPeer {
  readonly endpoint: Endpoint;
  readonly connections: number;
  /** Everything that callers sent, by connection. */
  readonly heard: readonly string[];
  dial(limits?: Partial<DialLimits>, traffic?: Traffic): Dial;
  allClosed(): Promise<void>;
  stop(): Promise<void>;
}

export async function rsyncPeer(script: RsyncScript): Promise<RsyncPeer> {
  const sockets = new Set<net.Socket>();
  const closings: Promise<void>[] = [];
  const heard: string[] = [];
  const server = net.createServer((socket) => {
    const index = closings.length;
    heard.push('');
    sockets.add(socket);
    closings.push(new Promise((resolve) => void socket.on('close', () => resolve(void sockets.delete(socket)))));
    socket.on('error', () => undefined);
    const lines = new Lines((text) => {
      heard[index] += text;
    });
    socket.on('data', (chunk) => lines.push(chunk.toString('latin1')));
    script({
      socket,
      line: () => lines.next(),
      async arguments() {
        const words: string[] = [];
        for (let word = await lines.next(); word !== ''; word = await lines.next()) words.push(word);
        return words;
      },
      say: (bytes) => void (socket.writable && socket.write(bytes)),
    }).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  const endpoint = { host: '127.0.0.1', address: '127.0.0.1', port };
  return {
    endpoint,
    heard,
    get connections() {
      return closings.length;
    },
    dial: (limits = {}, traffic = { connections: 0, messagesSent: 0, bytesSent: 0, bytesReceived: 0 }) =>
      createDial(endpoint, { permit: () => undefined, limits: { ...defaultLimits, ...limits }, stop: new StopSwitch() }, traffic),
    allClosed: async () => void (await Promise.all(closings)),
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

class Lines {
  readonly #note: (text: string) => void;
  #pending = '';
  #wake: (() => void) | undefined;

  constructor(note: (text: string) => void) {
    this.#note = note;
  }

  push(text: string): void {
    this.#note(text);
    this.#pending += text;
    this.#wake?.();
  }

  async next(): Promise<string> {
    for (;;) {
      const end = this.#pending.indexOf('\n');
      if (end >= 0) {
        const line = this.#pending.slice(0, end);
        this.#pending = this.#pending.slice(end + 1);
        return line;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};

/** Tag 0: data; 3: an error. */
export function frame(tag: number, payload: Uint8Array | string): Buffer {
  const body = Buffer.from(payload as string, 'latin1');
  const head = int32(body.length);
  head[3] = 7 + tag;
  return Buffer.concat([head, body]);
}

export interface PeerFile {
  readonly name: string;
  readonly mode?: number;
  readonly size?: number;
  readonly modified?: number;
}

/** Without any abbreviation: name, size, time and mode of each. */
export function fileList(files: readonly PeerFile[], end = true): Buffer {
  const entries = files.map(({ name, mode = 0o100644, size = 140, modified = 1_574_676_708 }) => {
    const bytes = Buffer.from(name, 'latin1');
    return Buffer.concat([Buffer.of(0x40 | 0x01), int32(bytes.length), bytes, int32(size), int32(modified), int32(mode)]);
  });
  return Buffer.concat([...entries, ...(end ? [Buffer.of(0), int32(0)] : [])]);
}

export const seed = int32(0x12345678);

/** Module → folder (below the module, with a slash behind it) → files. `null`: a password is asked for. */
export type PeerModules = Readonly<Record<string, Readonly<Record<string, readonly PeerFile[]>> | null>>;

export interface PeerOptions {
  readonly greeting?: string;
  readonly motd?: string;
  /** Modules that take an upload. */
  readonly writable?: readonly string[];
  /** Modules that are not in the list. */
  readonly hidden?: readonly string[];
}

/** A daemon as rsync's own. */
export function ordinaryDaemon(modules: PeerModules, { greeting = '@RSYNCD: 31.0\n', motd = '', writable = [], hidden = [] }: PeerOptions = {}): RsyncScript {
  return async (caller) => {
    caller.say(`${greeting}${motd}`);
    await caller.line();
    const name = await caller.line();
    if (name === '#list') {
      const listed = Object.keys(modules).filter((module) => !hidden.includes(module));
      for (const module of listed) caller.say(`${module.padEnd(15)}\tcomment\n`);
      caller.say('@RSYNCD: EXIT\n');
      caller.socket.end();
      return;
    }
    const folders = modules[name];
    if (!folders) {
      caller.say(folders === null ? '@RSYNCD: AUTHREQD abcdefgh\n' : `@ERROR: Unknown module '${name}'\n`);
      if (folders === undefined) caller.socket.end();
      return;
    }
    caller.say('@RSYNCD: OK\n');
    const words = await caller.arguments();
    caller.say(seed);
    if (!words.includes('--sender')) {
      if (writable.includes(name)) return;
      caller.say(frame(3, 'ERROR: module is read only\n'));
      caller.socket.end();
      return;
    }
    const folder = (words.at(-1) ?? '').slice(name.length + 1);
    const files = folders[folder];
    caller.say(
      files ? frame(0, fileList([{ name: '.', mode: 0o040755 }, ...files])) : Buffer.concat([frame(3, 'rsync: change_dir failed\n'), frame(0, fileList([]))]),
    );
    caller.socket.end();
  };
}
