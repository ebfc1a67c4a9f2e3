/**
 * A folder of this computer as a `Tree` for the survey. Follows no symbolic link, opens no FIFO, socket or device, leaves other file systems out unless
 * asked, and writes nothing. Reads at most 132 bytes of a file. What it saw of permissions, and what it could not see, is counted on the way.
 */
import fs, { type Dirent, type Stats } from 'node:fs';
import { type FileHandle, opendir } from 'node:fs/promises';
import { ConnectionFailure } from '../model/connection.js';
import type { NotSeen } from '../model/local-folder.js';
import type { FolderListing, Tree, TreeEntry } from '../model/tree.js';
import { type LocalPlace, pathOf, readableName } from './local-path.js';
import { isNotOpened, type NotOpened, openFile, openFolder, reasonOf } from './open-file.js';
import { addCounts, type Counts, countFile, countFolder, letsThrough, noCounts } from './permissions.js';

export interface LocalTreeOptions {
  /** Whether folders are entered on which another file system is mounted. */
  readonly crossMounts: boolean;
  /** Stops between two folders; what was seen until then stands. */
  readonly signal: AbortSignal;
  /** Called after each folder. */
  onListed?(entries: number): void;
}

/** Where the system shows a process its open files, a listing cannot be led elsewhere by a folder that is exchanged meanwhile. */
const ownFiles = '/proc/self/fd';
const showsOwnFiles = fs.existsSync(ownFiles);
/** Entries that one system call may bring. */
const bufferSize = 512;
const firstBytes = 132;

interface Tally {
  readonly others: Counts;
  /** 1 where entries are listed that may not be looked at, or give an error. */
  refused: 0 | 1;
  failed: 0 | 1;
  special: number;
  vanished: number;
  otherFileSystems: number;
  /** In case their contents are to be looked at. */
  files: { readonly place: LocalPlace; readonly name: string; readonly size: number }[];
}

export class LocalTree implements Tree<LocalPlace> {
  readonly root: LocalPlace;
  readonly others: Counts = noCounts();
  special = 0;
  readonly #notSeen = { refused: 0, failed: 0, vanished: 0, otherFileSystems: 0 };
  readonly #options: LocalTreeOptions;
  /** Folders that were given up before their end are listed a second time, and must not count twice. */
  readonly #givenUp = new Map<LocalPlace, Tally>();
  readonly #visit: ((folder: LocalPlace, files: Tally['files']) => void) | undefined;

  constructor(root: LocalPlace, options: LocalTreeOptions, visit?: (folder: LocalPlace, files: Tally['files']) => void) {
    this.root = root;
    this.#options = options;
    this.#visit = visit;
  }

  get notSeen(): NotSeen {
    return { ...this.#notSeen };
  }

  async list(folder: LocalPlace, atMost: number): Promise<FolderListing<LocalPlace> | null> {
    this.#stopIfAsked();
    if (!this.#isEntered(folder)) return null; // what lies there was not seen
    const handle = await openFolder(folder);
    if (isNotOpened(handle)) return this.#unopened(handle);
    try {
      return await this.#listOpened(folder, handle, atMost);
    } catch (error) {
      if (error instanceof ConnectionFailure) throw error;
      return this.#unopened(reasonOf(error));
    } finally {
      await handle.close();
    }
  }

  async firstBytes(file: LocalPlace): Promise<Uint8Array | null> {
    this.#stopIfAsked();
    const handle = await openFile(file);
    if (isNotOpened(handle)) return null;
    try {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(firstBytes), 0, firstBytes, 0);
      return buffer.subarray(0, bytesRead);
    } catch {
      return null;
    } finally {
      await handle.close();
    }
  }

  #stopIfAsked(): void {
    if (this.#options.signal.aborted) throw new ConnectionFailure('closed', 'stopped by the user');
  }

  #isEntered({ identity }: LocalPlace): boolean {
    return this.#options.crossMounts || identity === null || identity.dev === this.root.identity?.dev;
  }

  /** A folder that is gone holds nothing; the others hold what nobody saw. */
  #unopened(reason: NotOpened): FolderListing<LocalPlace> | null {
    this.#notSeen[reason === 'exchanged' ? 'vanished' : reason] += 1;
    return reason === 'vanished' ? { entries: [], isWhole: true } : null;
  }

  async #listOpened(folder: LocalPlace, handle: FileHandle, atMost: number): Promise<FolderListing<LocalPlace>> {
    const path = showsOwnFiles ? Buffer.from(`${ownFiles}/${handle.fd}`) : pathOf(folder);
    const prefix = Buffer.concat([path, Buffer.from('/')]);
    const entries: TreeEntry<LocalPlace>[] = [];
    const tally: Tally = { others: noCounts(), refused: 0, failed: 0, special: 0, vanished: 0, otherFileSystems: 0, files: [] };
    let isWhole = true;
    // the options' types leave out that names may be bytes
    const names = (await opendir(path, { encoding: 'buffer' as BufferEncoding, bufferSize })) as unknown as AsyncIterable<ByteDirent>;
    for await (const dirent of names) {
      if (entries.length >= atMost) {
        isWhole = false;
        break;
      }
      const entry = this.#entryOf(folder, dirent, prefix, tally);
      if (entry) entries.push(entry);
      if (entries.length % bufferSize === 0) this.#stopIfAsked();
    }
    this.#count(folder, tally, isWhole);
    this.#options.onListed?.(entries.length);
    return { entries, isWhole };
  }

  #entryOf(folder: LocalPlace, dirent: ByteDirent, prefix: Buffer, tally: Tally): TreeEntry<LocalPlace> | null {
    const seen = statsOf(Buffer.concat([prefix, dirent.name]));
    if (seen === 'vanished') {
      tally.vanished += 1;
      return null;
    }
    if (typeof seen === 'string') tally[seen] = 1;
    const stats = typeof seen === 'string' ? null : seen;
    const name = readableName(dirent.name);
    const kind = kindOf(stats ?? dirent);
    const isReached = kind === 'folder' ? folder.isReached && stats !== null && letsThrough(stats.mode) : folder.isReached;
    const place = { parent: folder, name: dirent.name.toString('latin1'), identity: stats && { dev: stats.dev, ino: stats.ino }, isReached };
    if (kind === 'other') tally.special += 1;
    if (stats && kind === 'folder') {
      if (this.#isEntered(place)) countFolder(tally.others, stats.mode, folder.isReached);
      else tally.otherFileSystems += 1;
    }
    if (stats && kind === 'file') {
      countFile(tally.others, name, stats.mode, folder.isReached);
      if (this.#visit) tally.files.push({ place, name, size: stats.size });
    }
    return { name, kind, size: stats?.size ?? null, modified: stats?.mtimeMs ?? null, handle: place };
  }

  #count(folder: LocalPlace, tally: Tally, isWhole: boolean): void {
    const before = this.#givenUp.get(folder);
    if (before) this.#add(before, -1);
    if (!isWhole) this.#givenUp.set(folder, { ...tally, files: [] });
    this.#add(tally, 1);
    this.#visit?.(folder, tally.files);
  }

  #add({ others, refused, failed, special, vanished, otherFileSystems }: Tally, sign: 1 | -1): void {
    addCounts(this.others, others, sign);
    this.#notSeen.refused += sign * refused;
    this.#notSeen.failed += sign * failed;
    this.special += sign * special;
    this.#notSeen.vanished += sign * vanished;
    this.#notSeen.otherFileSystems += sign * otherFileSystems;
  }
}

type ByteDirent = Omit<Dirent, 'name'> & { readonly name: Buffer };

/** `refused`: it may not be looked at. Waits without yielding, which is three times faster; the folder itself was opened without. */
function statsOf(path: Buffer): Stats | 'vanished' | 'refused' | 'failed' {
  try {
    return fs.lstatSync(path, { throwIfNoEntry: false }) ?? 'vanished';
  } catch (error) {
    return reasonOf(error);
  }
}

function kindOf(entry: Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): TreeEntry<never>['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}
