/**
 * One share as folders and files over SMB 1, for the survey. Folders are listed, files are read for 132 bytes at most; names stay within the paths that open them.
 */
import type { FolderListing, Tree, TreeEntry } from '../../model/tree.js';
import { WireError } from '../../model/wire.js';
import { entryIn, type Granted, type Handle, weighedFiles } from './share-tree.js';
import type { Smb1Talk } from './smb1-talk.js';
import { decodeDirectoryEntries } from './wire/query-directory.js';
import { firstBytesLength } from './wire/read.js';
import { decodeSmb1CreateResponse, encodeSmb1Close, encodeSmb1Create, type Smb1OpenFor } from './wire/smb1-create.js';
import type { Smb1Place } from './wire/smb1-message.js';
import { decodeSmb1ReadResponse, encodeSmb1ReadFirstBytes } from './wire/smb1-read.js';
import { decodeSmb1Found, encodeSmb1FindClose, encodeSmb1FindFirst, encodeSmb1FindNext, type Smb1TransactionResult } from './wire/smb1-transaction.js';
import { statuses } from './wire/status.js';

/** Pages in a row that name nothing: the first may hold `.` and `..` alone. */
const mostEmptyPages = 2;

export class Smb1ShareTree implements Tree<Handle> {
  readonly root: Handle = { path: '', isAway: false };
  readonly folders: Granted = { mask: 0, asked: 0 };
  readonly files: Granted = { mask: 0, asked: 0 };
  /** Status of the attempt to list the root; `null`: not tried, or success was said and no list came. */
  rootStatus: number | null = null;
  readonly #talk: Smb1Talk;
  readonly #place: Smb1Place;
  /** The first file of each of the first folders. */
  readonly #toWeigh: Handle[] = [];
  /** Paths that were read: what might be done to them was said with that. */
  readonly #read = new Set<string>();

  constructor(talk: Smb1Talk, place: Smb1Place) {
    this.#talk = talk;
    this.#place = place;
  }

  async list(folder: Handle, atMost: number): Promise<FolderListing<Handle> | null> {
    const first = await this.#talk.transact('transaction2', (id) => encodeSmb1FindFirst(this.#place, id, pathOf(folder)));
    const note = (status: number): void => {
      if (folder === this.root) this.rootStatus = status;
    };
    if (first.status !== statuses.success) note(holdsNothing(first.status) ? statuses.success : first.status);
    if (holdsNothing(first.status)) return { entries: [], isWhole: true };
    if (first.status !== statuses.success || !first.result) return null;
    const entries: TreeEntry<Handle>[] = [];
    let page = pageOf(first.result, true);
    note(statuses.success); // a list came
    const { search } = page;
    for (let empty = 0; ; ) {
      for (const entry of page.entries) entries.push(entryIn(folder, entry));
      empty = page.entries.length === 0 ? empty + 1 : 0;
      if (page.isEnd || page.count === 0 || empty === mostEmptyPages || entries.length >= atMost || search === null) break;
      const { status, result } = await this.#talk.transact('transaction2', (id) => encodeSmb1FindNext(this.#place, id, search));
      if (holdsNothing(status)) page = { ...page, entries: [], count: 0, isEnd: true };
      else if (status !== statuses.success || !result) break;
      else page = pageOf(result, false);
    }
    // The server ends the search itself where it came to the end.
    if (!page.isEnd && search !== null) await this.#talk.ask((id) => encodeSmb1FindClose(this.#place, id, search));
    this.#keepForWeighing(entries);
    return { entries, isWhole: page.isEnd };
  }

  async firstBytes(file: Handle): Promise<Uint8Array | null> {
    if (file.isAway) return null;
    return this.#opened(file, 'read', async (id) => {
      this.#read.add(file.path);
      const answer = await this.#talk.ask((multiplexId) => encodeSmb1ReadFirstBytes(this.#place, multiplexId, id));
      return answer.status === statuses.success ? decodeSmb1ReadResponse(answer).slice(0, firstBytesLength) : null;
    });
  }

  /** What might be done to the root and to a few files. */
  async weigh(): Promise<void> {
    await this.#opened(this.root, 'look', async () => null, this.folders);
    for (const file of this.#toWeigh.filter(({ path }) => !this.#read.has(path))) await this.#opened(file, 'look', async () => null);
  }

  /** `null` where it did not open. */
  async #opened<Result>(handle: Handle, openFor: Smb1OpenFor, act: (file: number) => Promise<Result>, granted: Granted = this.files): Promise<Result | null> {
    const answer = await this.#talk.ask((id) => encodeSmb1Create(this.#place, id, pathOf(handle) || '\\', openFor));
    if (answer.status !== statuses.success) return null;
    const { file, maximalAccess } = decodeSmb1CreateResponse(answer);
    if (maximalAccess !== null) {
      granted.mask = (granted.mask | maximalAccess) >>> 0;
      granted.asked += 1;
    }
    const result = await act(file);
    await this.#talk.ask((id) => encodeSmb1Close(this.#place, id, file));
    return result;
  }

  #keepForWeighing(entries: readonly TreeEntry<Handle>[]): void {
    const file = entries.find(({ kind }) => kind === 'file');
    if (file && this.#toWeigh.length < weighedFiles) this.#toWeigh.push(file.handle);
  }
}

const pathOf = ({ path }: Handle): string => (path === '' ? '' : `\\${path}`);
const holdsNothing = (status: number): boolean => status === statuses.noSuchFile || status === statuses.noMoreFiles;

function pageOf({ parameters, data }: Smb1TransactionResult, isFirst: boolean) {
  const found = decodeSmb1Found(parameters, isFirst);
  const entries = decodeDirectoryEntries(data);
  if (entries.length > found.count) throw new WireError('SearchCount', 2, `${found.count} entries were promised and ${entries.length} came`);
  return { ...found, entries };
}
