/** The rsync daemon of a device of the estate: lists modules and folders, and writes down what no scan may send. Takes and gives no file. */
import type { Socket } from 'node:net';
import type { DeviceLog } from './device-log.js';
import type { RsyncBehaviour, RsyncModule } from './ftp-behaviour.js';
import { writePages } from './page-writer.js';
import type { VirtualEntry } from './virtual-tree.js';

export function serveRsync(socket: Socket, behaviour: RsyncBehaviour, log: DeviceLog): void {
  const lines = new Lines();
  socket.on('data', (chunk: Uint8Array) => lines.push(Buffer.from(chunk).toString('latin1')));
  socket.on('close', () => lines.end());
  socket.write('@RSYNCD: 31.0\n');
  converse(socket, lines, behaviour, log).catch(() => void socket.destroy());
}

async function converse(socket: Socket, lines: Lines, { modules }: RsyncBehaviour, log: DeviceLog): Promise<void> {
  await lines.next();
  const asked = await lines.next();
  if (asked === undefined) return;
  log.commands += 1;
  if (asked === '#list') {
    socket.end(`${modules.map(({ name }) => `${name.padEnd(15)}\tstorage\n`).join('')}@RSYNCD: EXIT\n`);
    return;
  }
  const module = modules.find(({ name }) => name === asked);
  if (!module) return void socket.end(`@ERROR: Unknown module '${asked}'\n`);
  if (module.asksForPassword) return void socket.write('@RSYNCD: AUTHREQD c3ludGhldGlj\n');
  socket.write('@RSYNCD: OK\n');
  await transfer(socket, lines, module, log);
}

const seed = Uint8Array.of(1, 2, 3, 4);

async function transfer(socket: Socket, lines: Lines, module: RsyncModule, log: DeviceLog): Promise<void> {
  const words: string[] = [];
  for (let word = await lines.next(); word; word = await lines.next()) words.push(word);
  socket.write(seed);
  if (!words.includes('--sender')) return receive(socket, lines, words, module, log);
  if (!words.includes('-d')) log.violations.push('rsync of more than a folder');
  const path = `/${(words.at(-1) ?? '').slice(module.name.length + 1)}`;
  if (module.tree.node(path)?.kind !== 'folder') {
    socket.end(Buffer.concat([frame(3, Buffer.from('rsync: change_dir failed\n')), frame(0, end)]));
    return;
  }
  socket.write(frame(0, encodeEntry({ name: '.', kind: 'folder', size: 4_096, modified: 0 })));
  await writePages(socket, module.tree, path, (entry) => frame(0, encodeEntry(entry)));
  if (socket.writable) socket.end(frame(0, end));
}

/** Without `-n`, or with anything behind the question, the caller would have something to store. */
function receive(socket: Socket, lines: Lines, words: readonly string[], module: RsyncModule, log: DeviceLog): void {
  if (!words.includes('-n')) log.violations.push('rsync upload');
  lines.onMore = () => log.violations.push('rsync upload');
  if (!module.isWritable) socket.end(frame(3, Buffer.from('ERROR: module is read only\n')));
}

const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value % 4_294_967_296);
  return bytes;
};
/** An empty flag ends the list, and no error follows. */
const end = Buffer.concat([Buffer.of(0), int32(0)]);

function frame(kind: number, payload: Buffer): Buffer {
  const head = int32(payload.length);
  head[3] = 7 + kind;
  return Buffer.concat([head, payload]);
}

/** Nothing is shared with the entry before: flags for a long name, its length, size, time and mode. */
function encodeEntry({ name, kind, size, modified }: VirtualEntry): Buffer {
  const bytes = Buffer.from(name);
  const mode = kind === 'folder' ? 0o040755 : kind === 'link' ? 0o120777 : 0o100644;
  const length = size < 0xffff_ffff ? int32(size) : Buffer.concat([int32(0xffff_ffff), int32(size), int32(Math.floor(size / 4_294_967_296))]);
  return Buffer.concat([Buffer.of(0x41), int32(bytes.length), bytes, length, int32(Math.floor(modified / 1_000)), int32(mode)]);
}

class Lines {
  #pending = '';
  #hasEnded = false;
  #wake: (() => void) | undefined;
  /** Called for whatever comes from then on. */
  onMore: (() => void) | undefined;

  push(text: string): void {
    this.onMore?.();
    this.#pending = (this.#pending + text).slice(-65_536);
    this.#wake?.();
  }

  end(): void {
    this.#hasEnded = true;
    this.#wake?.();
  }

  /** `undefined`: the caller left. */
  async next(): Promise<string | undefined> {
    for (;;) {
      const at = this.#pending.indexOf('\n');
      if (at >= 0) {
        const line = this.#pending.slice(0, at);
        this.#pending = this.#pending.slice(at + 1);
        return line;
      }
      if (this.#hasEnded) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
