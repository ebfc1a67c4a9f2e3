/**
 * One share as folders and files, for the survey. Folders are listed, files are read for 132 bytes at most, and each open is also
 * asked what this caller might do there: that changes nothing. Names stay within the paths that open them.
 */
import type { FolderListing, Tree, TreeEntry } from '../../model/tree.js';
import type { Conversation, Place } from './conversation.js';
import { decodeCreateResponse, encodeClose, encodeCreate, type FileId, type OpenFor } from './wire/create.js';
import type { Message } from './wire/message.js';
import { type DirectoryEntry, decodeQueryDirectoryResponse, encodeQueryDirectory, listingBytes } from './wire/query-directory.js';
import { decodeReadResponse, encodeReadFirstBytes, firstBytesLength } from './wire/read.js';
import { statuses } from './wire/status.js';

/** A path as CREATE takes it, and whether reading would fetch the file from elsewhere. */
export interface Handle {
  readonly path: string;
  readonly isAway: boolean;
}

/** What the opens granted, all together. */
export interface Granted {
  mask: number;
  asked: number;
}

/** Deeper, a server is making it up; Windows itself ends at 32,760 characters. */
const longestPath = 1_024;
/** Bytes of an answer that had no room for one more entry, whatever its name. */
const fullAnswer = listingBytes - 1_024;
/** Files whose access is looked at without reading them. */
export const weighedFiles = 4;

export class ShareTree implements Tree<Handle> {
  readonly root: Handle = { path: '', isAway: false };
  readonly folders: Granted = { mask: 0, asked: 0 };
  readonly files: Granted = { mask: 0, asked: 0 };
  /** Status of the attempt to list the root; `null`: not tried. */
  rootStatus: number | null = null;
  readonly #conversation: Conversation;
  readonly #place: Place;
  /** The first file of each of the first folders. */
  readonly #toWeigh: Handle[] = [];
  /** Paths that were read: what might be done to them was said with that. */
  readonly #read = new Set<string>();

  constructor(conversation: Conversation, place: Place) {
    this.#conversation = conversation;
    this.#place = place;
  }

  async list(folder: Handle, atMost: number): Promise<FolderListing<Handle> | null> {
    const query = { command: 'queryDirectory', body: encodeQueryDirectory } as const;
    const [created, ...answers] = await this.#exchange([opening(folder, 'list'), query, query]);
    if (folder === this.root) this.rootStatus = created?.status ?? null;
    if (created?.status !== statuses.success) return null;
    const file = this.#note(this.folders, created);
    const entries: TreeEntry<Handle>[] = [];
    let isWhole = answers.length > 0;
    while (answers.length > 0) {
      const answer = answers.shift();
      if (answer?.status !== statuses.success) {
        isWhole = answer?.status === statuses.noMoreFiles || answer?.status === statuses.noSuchFile;
        break;
      }
      const before = entries.length;
      for (const entry of decodeQueryDirectoryResponse(answer)) entries.push(entryIn(folder, entry));
      if (answers.length > 0) continue;
      isWhole = false;
      // A server that goes on without an entry would do so for ever. An answer with room left is most likely the last: one more question says so.
      const isLikelyLast = before < atMost && answer.bytes.length < fullAnswer;
      if (entries.length > before && (entries.length < atMost || isLikelyLast))
        answers.push(...(await this.#exchange([{ ...query, body: () => encodeQueryDirectory(file) }])));
    }
    await this.#exchange([{ command: 'close', body: () => encodeClose(file) }]);
    this.#keepForWeighing(entries);
    return { entries, isWhole };
  }

  async firstBytes(file: Handle): Promise<Uint8Array | null> {
    if (file.isAway) return null;
    const [created, read] = await this.#exchange([opening(file, 'read'), { command: 'read', body: encodeReadFirstBytes }, closing]);
    if (created?.status !== statuses.success) return null;
    this.#note(this.files, created);
    this.#read.add(file.path);
    if (read?.status !== statuses.success) return null;
    return decodeReadResponse(read).slice(0, firstBytesLength);
  }

  /** What might be done to a few files, and to the root where it does not let itself be listed. */
  async weigh(): Promise<void> {
    if (this.folders.asked === 0) await this.#look(this.root, this.folders);
    for (const file of this.#toWeigh.filter(({ path }) => !this.#read.has(path))) await this.#look(file, this.files);
  }

  async #look(handle: Handle, granted: Granted): Promise<void> {
    const [created] = await this.#exchange([opening(handle, 'look'), closing]);
    if (created?.status === statuses.success) this.#note(granted, created);
  }

  #exchange(asked: Parameters<Conversation['exchange']>[1]): Promise<readonly Message[]> {
    return this.#conversation.exchange(this.#place, asked);
  }

  #note(granted: Granted, created: Message): FileId {
    const { fileId, maximalAccess } = decodeCreateResponse(created);
    if (maximalAccess !== null) {
      granted.mask = (granted.mask | maximalAccess) >>> 0;
      granted.asked += 1;
    }
    return fileId;
  }

  #keepForWeighing(entries: readonly TreeEntry<Handle>[]): void {
    const file = entries.find(({ kind }) => kind === 'file');
    if (file && this.#toWeigh.length < weighedFiles) this.#toWeigh.push(file.handle);
  }
}

/** A name with a separator, or none at all, would lead somewhere else: such an entry is counted and never opened. */
export function entryIn(folder: Handle, { name, kind, size, modified, isAway }: DirectoryEntry): TreeEntry<Handle> {
  const path = folder.path === '' ? name : `${folder.path}\\${name}`;
  const isOdd = name === '' || /[\\/\0]/.test(name) || path.length > longestPath;
  return { name, kind: isOdd ? 'other' : kind, size, modified, handle: { path, isAway } };
}

const opening = ({ path }: Handle, openFor: OpenFor) => ({ command: 'create', body: () => encodeCreate(path, openFor) }) as const;
const closing = { command: 'close', body: encodeClose } as const;
