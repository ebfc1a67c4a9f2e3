/**
 * A store names devices and their holes, so only its owner may read it. Creates the file before SQLite does, because SQLite
 * would take the umask's mode; `-wal` and `-shm` inherit the mode of the file. On Windows the folder's rights decide instead.
 */
import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from './store-error.js';

/** Makes missing folders (0700) and the file (0600). Leaves what exists as it is. Throws errors of the system and `StoreError`. */
export function createPrivately(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats && !stats.isFile()) throw new StoreError(`${path} is not a file: give another --store`);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600)); // an existing file is opened too: whoever may not write it learns it here
}

/**
 * Takes an existing store away from group and others (copied with another mode, or made by hand). Tightened and not refused:
 * whoever can open it for writing owns it or was given it, and a scan must not fail over a mode that can be mended.
 */
export function tighten(path: string): void {
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats && (stats.mode & 0o077) !== 0) chmodSync(file, 0o600);
  }
}
