/** The folders of an rsync module as a tree to be surveyed: one connection and one list a folder. Contents of files cannot be asked for by these requests. */
import { type Connection, ConnectionFailure, type Dial, type Transport } from '../../model/connection.js';
import type { FolderListing, Tree, TreeEntry } from '../../model/tree.js';
import { WireError } from '../../model/wire.js';
import { askModule } from './session.js';
import { decodeFileEntry, type FileEntry } from './wire/file-list.js';
import { decodeFrame, decodeSeed, type Frame } from './wire/frame.js';
import { concat } from './wire/numbers.js';
import { folderRequest, goodbye, isFolderPath } from './wire/request.js';

/** Bytes of one frame; rsync sends 32 KiB at most. */
const longestFrame = 1_048_576;
/** Milliseconds for all folders of one module, and for one of them. */
const moduleMs = 120_000;
const folderMs = 30_000;
/** A server that makes folders up has an end here too. */
const deepest = 40;

export class RsyncTree implements Tree<string> {
  readonly root = '';
  readonly #dial: Dial;
  readonly #transport: Transport;
  readonly #module: string;
  readonly #until = performance.now() + moduleMs;
  #first: Connection | undefined;
  /** How the root came. */
  rootListing: 'listed' | 'refused' | 'not-tried' = 'not-tried';

  /** `first`: a connection that was let in to the module already. */
  constructor(dial: Dial, transport: Transport, module: string, first: Connection) {
    this.#dial = dial;
    this.#transport = transport;
    this.#module = module;
    this.#first = first;
  }

  async list(folder: string, atMost: number): Promise<FolderListing<string> | null> {
    if (!isFolderPath(folder) || folder.split('/').length > deepest) return null;
    if (performance.now() > this.#until) throw new ConnectionFailure('timed-out', 'the module took too long', { connected: true, spoke: true });
    const connection = await this.#connect();
    try {
      const read = await readFolder(connection, this.#module, folder, atMost);
      if (folder === this.root) this.rootListing = read === null ? 'refused' : 'listed';
      return read && { isWhole: read.isWhole, entries: read.entries.filter(({ name }) => name !== '.').map((entry) => treeEntry(folder, entry)) };
    } finally {
      connection.close();
    }
  }

  /** Not used by a survey that ended early. */
  close(): void {
    this.#first?.close();
  }

  async #connect(): Promise<Connection> {
    const first = this.#first;
    this.#first = undefined;
    if (first) return first;
    const { connection, answer } = await askModule(this.#dial, this.#transport, this.#module);
    if (answer === 'open') return connection;
    connection.close();
    throw new ConnectionFailure('closed', 'the module lets nobody in any more', { connected: true, spoke: true });
  }
}

interface FolderRead {
  readonly entries: readonly FileEntry[];
  readonly isWhole: boolean;
}

/** `null`: refused (no such right, or no such folder). */
async function readFolder(connection: Connection, module: string, path: string, atMost: number): Promise<FolderRead | null> {
  await connection.send(folderRequest(module, path));
  await connection.receive(decodeSeed);
  const list = new ListReader(atMost);
  const until = performance.now() + folderMs;
  while (!list.isDone) {
    if (performance.now() > until) return { entries: list.entries, isWhole: false };
    try {
      list.push(await nextFrame(connection));
    } catch (error) {
      // "module is write only", and no list at all
      if (error instanceof ConnectionFailure && list.hasComplained && list.entries.length === 0) return null;
      throw error;
    }
  }
  if (list.hasEnded) await takeLeave(connection);
  if (list.entries.length === 0 && list.hasComplained) return null;
  return { entries: list.entries, isWhole: list.hasEnded && !list.hasComplained };
}

const nextFrame = (connection: Connection): Promise<Frame> => connection.receive((bytes) => decodeFrame(bytes, longestFrame));

/** In order, so that the daemon's log holds no error; it answers with figures that nobody reads. */
async function takeLeave(connection: Connection): Promise<void> {
  try {
    await connection.send(goodbye);
    for (let frames = 0; frames < 20; frames += 1) await nextFrame(connection);
  } catch (error) {
    if (!(error instanceof ConnectionFailure) && !(error instanceof WireError)) throw error;
  }
}

/** Frames → entries. An entry may be cut between two frames. */
class ListReader {
  readonly #atMost: number;
  readonly entries: FileEntry[] = [];
  #pending: Uint8Array = new Uint8Array(0);
  #previous: FileEntry | undefined;
  hasEnded = false;
  /** The daemon reported that something could not be read. */
  hasComplained = false;

  constructor(atMost: number) {
    this.#atMost = atMost;
  }

  get isDone(): boolean {
    return this.hasEnded || this.entries.length >= this.#atMost;
  }

  push({ kind, payload }: Frame): void {
    if (kind === 'error') this.hasComplained = true;
    if (kind !== 'data') return;
    this.#pending = this.#pending.length === 0 ? payload : concat(this.#pending, payload);
    let at = 0;
    while (!this.isDone) {
      const decoded = decodeFileEntry(this.#pending.subarray(at), this.#previous);
      if (!decoded) break;
      at += decoded.consumed;
      if (decoded.message === 'end') this.hasEnded = true;
      else {
        this.#previous = decoded.message;
        this.entries.push(decoded.message);
      }
    }
    this.#pending = this.#pending.slice(at);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A name that would lead elsewhere is counted and cannot be opened: `..` is no path. */
function treeEntry(folder: string, { name, kind, size, modified }: FileEntry): TreeEntry<string> {
  const leadsElsewhere = name.includes('/') || name === '..' || !isFolderPath(name);
  return { name: readable(name), kind, size, modified: modified * 1_000, handle: leadsElsewhere ? '..' : folder === '' ? name : `${folder}/${name}` };
}

function readable(name: string): string {
  try {
    return utf8.decode(Uint8Array.from(name, (character) => character.charCodeAt(0)));
  } catch {
    return name;
  }
}
