/** Permission bits for others, counted folder by folder. Knows no path. */
import { contentKind } from '../model/content-kind.js';
import type { OthersMay } from '../model/local-folder.js';

export type Counts = { -readonly [Key in keyof OthersMay]: number };

export const noCounts = (): Counts => ({
  files: 0,
  folders: 0,
  readFiles: 0,
  readImages: 0,
  writeFiles: 0,
  listFolders: 0,
  writeFolders: 0,
  emptyFolders: 0,
});

const read = 0o004;
const write = 0o002;
const search = 0o001;
const sticky = 0o1000;

/** `mode` as stat(2) gives it. */
export const letsThrough = (mode: number): boolean => (mode & search) !== 0;

/** `isReached`: another account gets as far as the folder that it lies in. */
export function countFile(counts: Counts, name: string, mode: number, isReached: boolean): void {
  counts.files += 1;
  if (!isReached) return;
  if ((mode & read) !== 0) {
    counts.readFiles += 1;
    if (contentKind(name) === 'dicom') counts.readImages += 1;
  }
  if ((mode & write) !== 0) counts.writeFiles += 1;
}

/** Without search it can be listed, and nothing in it be used. */
export function countFolder(counts: Counts, mode: number, isReached: boolean): void {
  counts.folders += 1;
  if (!isReached) return;
  if ((mode & read) !== 0) counts.listFolders += 1;
  if ((mode & write) === 0 || !letsThrough(mode)) return;
  counts.writeFolders += 1;
  if ((mode & sticky) === 0) counts.emptyFolders += 1;
}

export function addCounts(counts: Counts, other: Counts, sign: 1 | -1): void {
  for (const key of Object.keys(counts) as (keyof Counts)[]) counts[key] += sign * other[key];
}
