/**
 * Folders of files that are only computed: a million entries take no memory, and the same options give the same tree. Paths are `/a/b`, the root is `/`.
 * Of a file there is a name, a size, a date and its first 132 bytes; no image. Opens no sockets and touches no disk.
 */

/** What the first bytes of a file are. `dicom`: an empty preamble and the prefix DICM (PS3.10 section 7.1). */
export type FileHead = 'dicom' | 'dicom-with-executable' | 'dicom-with-script' | 'executable' | 'script' | 'pdf' | 'zip' | 'text' | 'noise';

export interface VirtualFile {
  readonly kind: 'file';
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  readonly head: FileHead;
}

/** Never followed: leads to the folder above. */
export interface VirtualLink {
  readonly kind: 'link';
  readonly modified: number;
}

/** Children by number, from 0: whoever serves a page of a listing asks for those numbers only. */
export interface VirtualFolder {
  readonly kind: 'folder';
  readonly modified: number;
  readonly count: number;
  nameOf(index: number): string;
  /** Number of the child of this name. */
  indexOf(name: string): number | undefined;
  child(index: number): VirtualNode;
  /** What lies below, the folder itself not counted. Costs time in proportion to the folders, once. */
  truth(): TreeTruth;
}

export type VirtualNode = VirtualFile | VirtualLink | VirtualFolder;

export interface TreeTruth {
  readonly files: number;
  readonly folders: number;
  readonly links: number;
  /** Files whose first 132 bytes say DICOM. */
  readonly images: number;
  readonly bytes: number;
}

export interface VirtualEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link';
  readonly size: number;
  readonly modified: number;
}

/** `zero`: as Samba says it. `blocks`: as ext4, in steps of 4096. `entries`: as Btrfs, in proportion to the names. */
export type FolderSizes = 'zero' | 'blocks' | 'entries';

export interface VirtualTree {
  readonly root: VirtualFolder;
  /** `undefined`: no such path, or not one of its entries. */
  node(path: string): VirtualNode | undefined;
  /** Entries `from` up to, not including, `to`; all of them unless told otherwise. `undefined`: no such folder. */
  list(path: string, from?: number, to?: number): readonly VirtualEntry[] | undefined;
  stat(path: string): VirtualEntry | undefined;
  /** At most 132 bytes. `undefined`: no such file. */
  firstBytes(path: string): Uint8Array | undefined;
  readonly truth: TreeTruth;
}

export function virtualTree(root: VirtualFolder, folderSizes: FolderSizes = 'blocks'): VirtualTree {
  const node = (path: string): VirtualNode | undefined => {
    let here: VirtualNode = root;
    for (const name of path.split('/').filter((part) => part !== '')) {
      const index: number | undefined = here.kind === 'folder' ? here.indexOf(name) : undefined;
      if (here.kind !== 'folder' || index === undefined) return undefined;
      here = here.child(index);
    }
    return here;
  };
  const entry = (name: string, found: VirtualNode): VirtualEntry => ({
    name,
    kind: found.kind,
    size: found.kind === 'file' ? found.size : found.kind === 'link' ? 2 : sizeOfFolder(found, folderSizes),
    modified: found.modified,
  });
  return {
    root,
    node,
    list(path, from = 0, to = Number.POSITIVE_INFINITY) {
      const folder = node(path);
      if (folder?.kind !== 'folder') return undefined;
      const end = Math.min(to, folder.count);
      return Array.from({ length: Math.max(0, end - from) }, (_, at) => entry(folder.nameOf(from + at), folder.child(from + at)));
    },
    stat(path) {
      const found = node(path);
      return found && entry(path.slice(path.lastIndexOf('/') + 1), found);
    },
    firstBytes(path) {
      const found = node(path);
      return found?.kind === 'file' ? headOf(found) : undefined;
    },
    get truth() {
      return root.truth();
    },
  };
}

function sizeOfFolder(folder: VirtualFolder, sizes: FolderSizes): number {
  if (sizes === 'zero') return 0;
  const nameLength = folder.count > 0 ? folder.nameOf(0).length : 0;
  return sizes === 'entries' ? 2 * folder.count * nameLength : 4096 * Math.max(1, Math.ceil((folder.count * (nameLength + 12)) / 4096));
}

const heads: Readonly<Record<FileHead, { readonly start: string; readonly isDicom: boolean }>> = {
  dicom: { start: '', isDicom: true },
  'dicom-with-executable': { start: 'MZ', isDicom: true },
  'dicom-with-script': { start: '#!/bin/sh\n', isDicom: true },
  executable: { start: 'MZ', isDicom: false },
  script: { start: '#!/bin/sh\n', isDicom: false },
  pdf: { start: '%PDF-1.7\n', isDicom: false },
  zip: { start: 'PK\u0003\u0004', isDicom: false },
  text: { start: 'synthetic\n', isDicom: false },
  noise: { start: '\u0001\u0002', isDicom: false },
};

function headOf({ head, size }: VirtualFile): Uint8Array {
  const { start, isDicom } = heads[head];
  const bytes = new Uint8Array(132);
  bytes.set(new TextEncoder().encode(start));
  if (isDicom) bytes.set([0x44, 0x49, 0x43, 0x4d], 128);
  return bytes.subarray(0, Math.min(size, 132));
}

export const nothing: TreeTruth = { files: 0, folders: 0, links: 0, images: 0, bytes: 0 };

export const addTruth = (a: TreeTruth, b: TreeTruth): TreeTruth => ({
  files: a.files + b.files,
  folders: a.folders + b.folders,
  links: a.links + b.links,
  images: a.images + b.images,
  bytes: a.bytes + b.bytes,
});

/** What one node adds to the folder that holds it. */
export function truthOf(node: VirtualNode): TreeTruth {
  if (node.kind === 'link') return { ...nothing, links: 1 };
  if (node.kind === 'file') return { ...nothing, files: 1, images: heads[node.head].isDicom ? 1 : 0, bytes: node.size };
  return addTruth(node.truth(), { ...nothing, folders: 1 });
}

const someDay = Date.UTC(2021, 5, 1);

export const virtualFile = (head: FileHead, size: number, modified = someDay): VirtualFile => ({ kind: 'file', head, size, modified });

/** A folder of named children, in the order given. */
export function folderOf(children: Readonly<Record<string, VirtualNode>>, modified = someDay): VirtualFolder {
  const names = Object.keys(children);
  const places = new Map(names.map((name, index) => [name, index]));
  return withTruthOnce({
    kind: 'folder',
    modified,
    count: names.length,
    nameOf: (index) => names[index] ?? '',
    indexOf: (name) => places.get(name),
    child: (index) => children[names[index] ?? ''] ?? virtualFile('noise', 0),
    truth: () => Object.values(children).map(truthOf).reduce(addTruth, nothing),
  });
}

export interface NumberedFolder {
  readonly count: number;
  readonly modified?: number;
  nameOf(index: number): string;
  child(index: number): VirtualNode;
  /** Where every child adds the same. */
  readonly eachAdds?: TreeTruth;
}

/** A folder of computed children. A run of digits in a name is the child's number, from 1, so that the name leads back to it. */
export function numberedFolder({ count, modified = someDay, nameOf, child, eachAdds }: NumberedFolder): VirtualFolder {
  return withTruthOnce({
    kind: 'folder',
    modified,
    count,
    nameOf,
    indexOf(name) {
      const numbers = name.slice(0, 255).match(/\d+/g) ?? [];
      return numbers.map((digits) => Number(digits) - 1).find((index) => index >= 0 && index < count && nameOf(index) === name);
    },
    child,
    truth() {
      if (eachAdds)
        return { files: eachAdds.files * count, folders: eachAdds.folders * count, links: 0, images: eachAdds.images * count, bytes: eachAdds.bytes * count };
      let sum = nothing;
      for (let index = 0; index < count; index += 1) sum = addTruth(sum, truthOf(child(index)));
      return sum;
    },
  });
}

/** The children of several folders in one, for example numbered images beside a DICOMDIR. */
export function joinedFolder(parts: readonly VirtualFolder[]): VirtualFolder {
  const starts = parts.map((_, at) => parts.slice(0, at).reduce((sum, { count }) => sum + count, 0));
  const partAt = (index: number): readonly [VirtualFolder, number] | undefined => {
    const at = starts.findLastIndex((start, which) => start <= index && (parts[which]?.count ?? 0) > 0);
    const part = parts[at];
    return part && [part, index - (starts[at] ?? 0)];
  };
  return withTruthOnce({
    kind: 'folder',
    modified: parts[0]?.modified ?? someDay,
    count: parts.reduce((sum, { count }) => sum + count, 0),
    nameOf(index) {
      const found = partAt(index);
      return found ? found[0].nameOf(found[1]) : '';
    },
    indexOf(name) {
      for (const [at, part] of parts.entries()) {
        const index = part.indexOf(name);
        if (index !== undefined) return (starts[at] ?? 0) + index;
      }
      return undefined;
    },
    child(index) {
      const found = partAt(index);
      return found ? found[0].child(found[1]) : virtualFile('noise', 0);
    },
    truth: () => parts.map((part) => part.truth()).reduce(addTruth, nothing),
  });
}

function withTruthOnce(folder: VirtualFolder): VirtualFolder {
  let known: TreeTruth | undefined;
  return {
    ...folder,
    truth() {
      known ??= folder.truth();
      return known;
    },
  };
}

/** Uniform in [0, 1): the same for the same numbers, whatever was asked before. */
export function chanceOf(...numbers: readonly number[]): number {
  let state = 0x811c9dc5;
  for (const number of numbers) {
    state = Math.imul(state ^ (number | 0), 0x85ebca6b);
    state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
    state ^= state >>> 16;
  }
  state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
  return ((state ^ (state >>> 12)) >>> 0) / 4_294_967_296;
}

/** Positive and skewed, as sizes of series are: `median` times e to the power of a normal number with deviation `spread`. */
export function lognormal(median: number, spread: number, ...numbers: readonly number[]): number {
  const radius = Math.sqrt(-2 * Math.log(1 - chanceOf(...numbers, 1)));
  return median * Math.exp(spread * radius * Math.cos(2 * Math.PI * chanceOf(...numbers, 2)));
}
