/** The folders of an FTP server as a tree to be surveyed. Lists, and of a file reads 132 bytes where the server can be held to that; keeps no name. */
import { ConnectionFailure } from '../../model/connection.js';
import type { FolderListing, Tree, TreeEntry } from '../../model/tree.js';
import type { FtpControl } from './control.js';
import type { FtpEvidence } from './evidence.js';
import { type FolderRead, readFolder, receiveData } from './folder.js';
import { PermFacts } from './perm-facts.js';
import { isSayable } from './wire/command.js';
import type { ListedEntry } from './wire/entry.js';
import type { Features } from './wire/features.js';

/** 128 bytes of preamble and DICM (PS3.10 section 7.1). */
const firstBytesWanted = 132;
/** A server that makes folders up has an end here too. */
const deepest = 40;

export class FtpTree implements Tree<string> {
  readonly root: string;
  readonly firstBytes?: (file: string) => Promise<Uint8Array | null>;
  readonly #control: FtpControl;
  #how: 'mlsd' | 'list';
  #isBinary = false;
  /** The server kept to the range so far. */
  #keepsRange = true;
  readonly perms = new PermFacts();
  /** How the first folder came; later ones change it only for the better. */
  listing: FtpEvidence['listing'] = 'not-tried';
  /** TLS on a data connection did not come about. */
  dataFailed = false;
  /** Some listing came over TLS. */
  dataWorked = false;

  /** `root`: where the login led to. */
  constructor(control: FtpControl, features: Features, root: string) {
    this.#control = control;
    this.#how = features.mlst ? 'mlsd' : 'list';
    this.root = root;
    if (features.range) this.firstBytes = (file) => this.#firstBytes(file);
  }

  async list(folder: string, atMost: number): Promise<FolderListing<string> | null> {
    if (!isSayable(folder) || folder.split('/').length > deepest) return null;
    const read = await this.#read(folder, atMost);
    this.#note(read);
    if (read.end === 'refused') return null;
    if (read.end !== 'done') throw new ConnectionFailure('closed', 'a folder could not be transferred', { connected: true, spoke: true });
    const entries = read.entries.filter(({ kind, name }) => kind !== 'this-folder' && kind !== 'parent' && name !== '.' && name !== '..');
    return { entries: entries.map((entry) => treeEntry(folder, entry)), isWhole: read.isWhole };
  }

  /** A server that offers MLSD and does not know it is asked for LIST from then on. */
  async #read(folder: string, atMost: number): Promise<FolderRead> {
    const read = await readFolder(this.#control, folder, this.#how, atMost);
    if (this.#how === 'list' || read.end !== 'refused' || this.listing !== 'not-tried') return read;
    this.#how = 'list';
    return readFolder(this.#control, folder, this.#how, atMost);
  }

  #note({ end, dialect, entries, unreadable }: FolderRead): void {
    if (end === 'failed') this.dataFailed = true;
    if (end === 'done' && this.#control.protectsData) this.dataWorked = true;
    for (const { kind, perm } of entries) this.perms.note(kind, perm);
    const seen = end === 'done' ? (dialect ?? (unreadable > 0 ? 'unreadable' : 'empty')) : end === 'failed' ? 'no-data-connection' : end;
    const isFirst = this.listing === 'not-tried' || this.listing === 'empty';
    if (isFirst) this.listing = seen;
  }

  /** RANG, then RETR (draft-bryan-ftp-range). A server that sends more is cut off and not asked again. */
  async #firstBytes(file: string): Promise<Uint8Array | null> {
    if (!this.#keepsRange || !isSayable(file)) return null;
    if (!this.#isBinary) this.#isBinary = (await this.#control.ask('TYPE I')).code === 200;
    const bytes: number[] = [];
    const take = (chunk: Uint8Array): boolean => {
      bytes.push(...chunk.subarray(0, firstBytesWanted + 1 - bytes.length));
      return bytes.length <= firstBytesWanted;
    };
    const agreesToRange = async (): Promise<boolean> => {
      this.#keepsRange = (await this.#control.ask('RANG')).code === 350;
      return this.#keepsRange;
    };
    const { end } = await receiveData(this.#control, { verb: 'RETR', path: file }, take, agreesToRange);
    if (bytes.length > firstBytesWanted) this.#keepsRange = false;
    return end === 'done' ? Uint8Array.from(bytes.slice(0, firstBytesWanted)) : null;
  }
}

/** A name that would lead elsewhere is counted and cannot be opened: an empty path is not sayable. */
function treeEntry(folder: string, { name, kind, size, modified }: ListedEntry): TreeEntry<string> {
  const leadsElsewhere = name.includes('/') || name.includes('\\') || !isSayable(name);
  return {
    name: readable(name),
    kind: kind === 'this-folder' || kind === 'parent' ? 'folder' : kind,
    size,
    modified,
    handle: leadsElsewhere ? '' : folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`,
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** UTF-8 where it is that (RFC 2640), else one character a byte. */
function readable(name: string): string {
  try {
    return utf8.decode(Uint8Array.from(name, (character) => character.charCodeAt(0)));
  } catch {
    return name;
  }
}
