/** Writes a folder of any length to a socket, a page at a time, as fast as the caller takes it and no faster. */
import type { Socket } from 'node:net';
import type { VirtualEntry, VirtualTree } from './virtual-tree.js';

const pageLength = 200;

/** Resolves when all was written, or the caller left. */
export async function writePages(socket: Socket, tree: VirtualTree, path: string, encode: (entry: VirtualEntry) => Uint8Array): Promise<void> {
  for (let from = 0; ; from += pageLength) {
    const page = tree.list(path, from, from + pageLength) ?? [];
    if (page.length === 0 || !socket.writable) return;
    const isFull = !socket.write(Buffer.concat(page.map(encode)));
    if (isFull) await drained(socket);
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}
