/** One export as a `Tree` for the survey, and on the way a few files and folders that tell more about rights than the export's own folder. */
import { ConnectionFailure, NotThisProtocol } from '../../model/connection.js';
import type { FolderListing, Tree, TreeEntry } from '../../model/tree.js';
import { WireError } from '../../model/wire.js';
import { type FileServer, type FoundEntry, isRefusal, type ListingPage, listingStart, type Refusal } from './file-server.js';
import { ownerOf } from './identities.js';
import type { FileAttributes } from './wire/attributes.js';
import type { Credential } from './wire/rpc.js';

/** Seen in a listing: what its permissions say is asked for once. */
export interface Witness {
  readonly handle: Uint8Array;
  readonly attributes: FileAttributes;
}

/** The first of each sort. */
export interface Witnesses {
  /** Nobody else than the owner and the group may read it: tells whether root is squashed. */
  closed?: Witness;
  /** Anyone may write to it. */
  writable?: Witness;
  /** It belongs to somebody or to some group, and a caller can claim to be that. */
  owned?: Witness;
  file?: Witness;
}

const othersMayRead = 0o004;
const othersMayWrite = 0o002;
const isOpaqueTo = (mode: number): boolean => (mode & 0o007) === 0;
/** Pages of one folder, and pages in a row without an entry, that are taken. */
const mostPages = 4_096;
const mostEmptyPages = 8;

export class ExportTree implements Tree<Uint8Array | null> {
  readonly root: Uint8Array;
  readonly witnesses: Witnesses = {};
  readonly #server: FileServer;
  readonly #as: Credential;
  readonly firstBytes: (file: Uint8Array | null) => Promise<Uint8Array | null>;

  constructor(server: FileServer, root: Uint8Array, as: Credential) {
    this.#server = server;
    this.root = root;
    this.#as = as;
    this.firstBytes = (file) => this.#firstBytes(file);
  }

  async list(folder: Uint8Array | null, atMost: number): Promise<FolderListing<Uint8Array | null> | null> {
    if (folder === null) return null;
    const entries: TreeEntry<Uint8Array | null>[] = [];
    let place: ListingPage['next'] = listingStart;
    let empty = 0;
    for (let pages = 0; place !== null; pages += 1) {
      if (entries.length >= atMost || pages === mostPages || empty === mostEmptyPages) return { entries, isWhole: false };
      const page: ListingPage | Refusal = await sensible(this.#server.list(folder, place, this.#as));
      if (isRefusal(page)) return pages === 0 ? null : { entries, isWhole: false };
      for (const entry of page.entries) entries.push(this.#entryOf(entry));
      empty = page.entries.length === 0 ? empty + 1 : 0;
      place = page.next;
    }
    return { entries, isWhole: true };
  }

  async #firstBytes(file: Uint8Array | null): Promise<Uint8Array | null> {
    if (file === null) return null;
    const answer = await sensible(this.#server.firstBytes(file, this.#as));
    return isRefusal(answer) ? null : answer;
  }

  #entryOf({ name, handle, attributes }: FoundEntry): TreeEntry<Uint8Array | null> {
    if (handle && attributes) this.#note({ handle, attributes });
    return {
      name: readableName(name),
      kind: attributes?.kind ?? 'other',
      size: attributes?.size ?? null,
      modified: attributes?.modified ?? null,
      handle,
    };
  }

  #note(witness: Witness): void {
    const { kind, mode } = witness.attributes;
    if ((kind !== 'file' && kind !== 'folder') || mode === null) return;
    if (isOpaqueTo(mode)) this.witnesses.closed ??= witness;
    if ((mode & othersMayWrite) !== 0) this.witnesses.writable ??= witness;
    if (ownerOf(witness.attributes) && (mode & 0o220) !== 0) this.witnesses.owned ??= witness;
    if (kind === 'file' && (mode & othersMayRead) !== 0) this.witnesses.file ??= witness;
  }
}

/** An answer that makes no sense ends the conversation like a server that hangs up. */
async function sensible<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof WireError || error instanceof NotThisProtocol)
      throw new ConnectionFailure('not-this-protocol', error.message, { connected: true, spoke: true });
    throw error;
  }
}

/** Names come as bytes; nearly all of them are UTF-8. */
function readableName(name: string): string {
  if (!/[\x80-\xff]/.test(name)) return name;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(name, (character) => character.charCodeAt(0)));
  } catch {
    return name;
  }
}
