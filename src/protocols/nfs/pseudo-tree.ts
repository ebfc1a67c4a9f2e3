/** The tree that NFSv4 begins with: which of its folders are exports. Goes no further into them. */
import { type FoundEntry, isRefusal, type ListingPage, listingStart, type Refusal } from './file-server.js';
import { nobody } from './identities.js';
import type { Server4 } from './server4.js';
import type { FileAttributes } from './wire/attributes.js';

export interface Export4 {
  /** As a person would write it; to be classed and dropped. */
  readonly path: string;
  /** `null`: its attributes are refused, so it has to be looked up. */
  readonly handle: Uint8Array | null;
  readonly attributes: FileAttributes | null;
  /** Where it hangs, to ask for its security flavours. `null`: the root itself. */
  readonly parent: { readonly handle: Uint8Array; readonly name: string } | null;
}

export interface PseudoTree {
  readonly exports: readonly Export4[];
  readonly rootHandle: Uint8Array;
}

/** Listings of the tree above the exports; it is small wherever an administrator made it. */
const mostFolders = 32;
const mostExports = 64;
const mostPages = 8;

interface Passage {
  readonly path: string;
  readonly handle: Uint8Array;
}

/** Throws `ConnectionFailure`, `WireError` or `RpcRefused`. */
export async function walkPseudoTree(server: Server4): Promise<PseudoTree | Refusal> {
  const start = await server.run([{ op: 'putrootfh' }, { op: 'getfh' }, { op: 'getattr' }], nobody);
  const root = start.results.find((result) => result.op === 'getfh')?.handle;
  const attributes = start.results.find((result) => result.op === 'getattr')?.attributes ?? null;
  if (!root) return { refusedBy: 'server', status: start.status };
  const whole: Export4 = { path: '/', handle: root, attributes, parent: null };
  const exports: Export4[] = [];
  const passages: Passage[] = [{ path: '', handle: root }];
  for (let visited = 0; visited < mostFolders; visited += 1) {
    const passage = passages.shift();
    if (!passage) return { exports, rootHandle: root };
    const entries = await listAll(server, passage.handle);
    if (entries.some(({ attributes }) => attributes !== null && attributes.kind !== 'folder')) return { exports: [whole, ...exports], rootHandle: root };
    for (const entry of entries) {
      if (isPassage(entry, attributes)) passages.push({ path: `${passage.path}/${entry.name}`, handle: entry.handle });
      else if (exports.length < mostExports) exports.push(exportOf(entry, passage));
    }
  }
  // So many folders and no file: it is no list of exports, it is the export.
  return { exports: [whole, ...exports], rootHandle: root };
}

/** Still the same file system as the root: servers give each export one of its own. */
const isPassage = (entry: FoundEntry, root: FileAttributes | null): entry is FoundEntry & { handle: Uint8Array } =>
  entry.handle !== null && entry.attributes !== null && entry.attributes.fileSystem === root?.fileSystem;

function exportOf({ name, handle, attributes }: FoundEntry, { path, handle: parent }: Passage): Export4 {
  return { path: `${path}/${name}`, handle, attributes, parent: { handle: parent, name } };
}

async function listAll(server: Server4, folder: Uint8Array): Promise<readonly FoundEntry[]> {
  const entries: FoundEntry[] = [];
  let place: ListingPage['next'] = listingStart;
  for (let pages = 0; place !== null && pages < mostPages; pages += 1) {
    const page: ListingPage | Refusal = await server.list(folder, place, nobody);
    if (isRefusal(page)) break;
    entries.push(...page.entries);
    place = page.next;
  }
  return entries;
}
