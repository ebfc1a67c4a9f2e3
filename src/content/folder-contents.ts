/** What one listing says: how many of each kind, which files deserve a look, which rules speak. Names are looked at here and go no further. */
import { type ContentKind, contentKind, contentKinds } from '../model/content-kind.js';
import type { SuspiciousFile } from '../model/content-survey.js';
import type { TreeEntry } from '../model/tree.js';
import { isRansomNote, plainName, suspicionOf } from './suspicious.js';

/** `named`: like DICOM. `placed`: without an ending, beside DICOM files or on a medium with a DICOMDIR. `maybe`: a number or a key, as archives name what they keep. */
export const imageSigns = ['named', 'placed', 'maybe'] as const;
export type ImageSign = (typeof imageSigns)[number];

/** Where a folder lies: what the folders above it said. */
export interface FolderPlace {
  readonly depth: number;
  /** Of the folder, in small letters. */
  readonly name: string;
  /** There is a DICOMDIR here or above. */
  readonly isMedium: boolean;
}

export interface Candidate<Handle> {
  readonly handle: Handle;
  readonly sign: ImageSign;
  readonly depth: number;
  readonly size: number | null;
  /** A file that a rule speaks of lies beside it. */
  readonly isInBadCompany: boolean;
}

export interface FolderReading<Handle> {
  /** In the order of `amountNames`. */
  readonly amounts: readonly number[];
  readonly years: ReadonlyMap<number, number>;
  readonly candidates: readonly Candidate<Handle>[];
  /** `at`: its number among the files of the listing. */
  readonly suspicious: readonly (Suspect<Handle> & { readonly at: number })[];
  readonly isMedium: boolean;
}

/** `handle` is for whoever may tell a person where it is; it is not kept. */
export interface Suspect<Handle> {
  readonly handle: Handle;
  readonly file: SuspiciousFile;
}

export const amountNames = ['entries', 'files', 'folders', 'bytes', 'sized', 'named', 'placed', 'maybe', ...contentKinds] as const;
export type AmountName = (typeof amountNames)[number];

/** The preamble, the prefix and at least one element. */
const leastDicomBytes = 132;

export function readFolder<Handle>(entries: readonly TreeEntry<Handle>[], place: FolderPlace): FolderReading<Handle> {
  const files = entries.filter(({ kind }) => kind !== 'folder');
  const isMedium = place.isMedium || files.some(({ name }) => contentKind(name) === 'dicomdir');
  const kinds = files.map(kindByName);
  const named = kinds.filter((kind) => kind === 'dicom').length;
  const signs = files.map((file, at) => signOf(file, kinds[at] ?? 'other', isMedium, 2 * named >= files.length));
  const images = signs.filter((sign) => sign === 'named' || sign === 'placed').length;
  const filePlace = { hasImages: images > 1, isMedium, hasRansomNote: files.some(({ name }) => isRansomNote(name)), folder: place.name };
  const amounts = new Map<AmountName, number>([
    ['entries', entries.length],
    ['files', files.length],
  ]);
  const add = (name: AmountName, amount = 1): void => {
    amounts.set(name, (amounts.get(name) ?? 0) + amount);
  };
  const years = new Map<number, number>();
  const suspicious: FolderReading<Handle>['suspicious'][number][] = [];
  add('folders', entries.length - files.length);
  add('folder', entries.length - files.length);
  for (const [at, file] of files.entries()) {
    const sign = signs[at];
    add(sign === 'placed' ? 'dicom' : (kinds[at] ?? 'other'));
    if (sign) add(sign);
    if (file.size !== null && file.kind === 'file') {
      add('bytes', Math.max(0, file.size));
      add('sized');
    }
    const year = yearOf(file.modified);
    if (year !== null) years.set(year, (years.get(year) ?? 0) + 1);
    const suspicion = file.kind === 'file' ? suspicionOf(file.name, file.size, filePlace) : null;
    if (suspicion) suspicious.push({ at, handle: file.handle, file: { ...suspicion, depth: place.depth, size: file.size } });
  }
  const isInBadCompany = suspicious.some(({ file }) => file.rule !== 'autorun-on-medium');
  const candidates = files.flatMap((file, at): Candidate<Handle>[] => {
    const sign = signs[at];
    return sign && file.kind === 'file' ? [{ handle: file.handle, sign, depth: place.depth, size: file.size, isInBadCompany }] : [];
  });
  return { amounts: amountNames.map((name) => amounts.get(name) ?? 0), years, candidates, suspicious, isMedium };
}

/** A file that is too short for a prefix is no image, whatever its name. */
function kindByName({ name, size }: TreeEntry<unknown>): ContentKind {
  const kind = contentKind(name.endsWith('/') ? name.slice(0, -1) : name);
  return kind === 'dicom' && size !== null && size < leastDicomBytes ? 'other' : kind;
}

function signOf({ name, size, kind: entryKind }: TreeEntry<unknown>, kind: ContentKind, isMedium: boolean, isAmongImages: boolean): ImageSign | null {
  if (entryKind !== 'file') return null;
  if (kind === 'dicom') return 'named';
  if (kind !== 'other' || (size !== null && size < leastDicomBytes)) return null;
  const form = bareForm(name);
  if (form === null || besideSoftware.has(name.toUpperCase())) return null;
  // PS3.10 section 8.2: a file ID on a medium has at most eight capital letters, digits and underscores
  if (isMedium) return name.length <= 8 && name === name.toUpperCase() ? 'placed' : null;
  if (isAmongImages) return 'placed';
  return form === 'key' ? 'maybe' : null;
}

/** Files without an ending that lie beside viewers and other programs, and are file IDs by their form. */
const besideSoftware: ReadonlySet<string> = new Set([
  'README',
  'LICENSE',
  'LICENCE',
  'COPYING',
  'NOTICE',
  'VERSION',
  'LOCKFILE',
  'AUTHORS',
  'CHANGES',
  'MANIFEST',
  'RELEASE',
]);

/** `key`: of digits, hexadecimal digits, dashes and dots alone, with a digit in it. `word`: letters, digits, underscores. `null`: it has an ending, or signs. */
function bareForm(name: string): 'key' | 'word' | null {
  if (name.length === 0 || name.length > 80) return null;
  let isKey = true;
  let hasDigit = false;
  for (const character of name) {
    const isDigit = character >= '0' && character <= '9';
    const isHex = isDigit || (character >= 'a' && character <= 'f') || (character >= 'A' && character <= 'F');
    const isLetter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character === '_';
    if (isDigit) hasDigit = true;
    if (!isHex && character !== '-' && character !== '.') isKey = false;
    if (!isKey && !isDigit && !isLetter) return null;
  }
  if (isKey && hasDigit) return 'key';
  return name.includes('.') || name.includes('-') ? null : 'word';
}

/** 1970 says that a clock was never set; what lies ahead of any clock is left out. */
function yearOf(modified: number | null): number | null {
  if (modified === null || !Number.isFinite(modified) || Math.abs(modified) > 8.64e15) return null;
  const year = new Date(modified).getUTCFullYear();
  return year > 1970 && year < 2100 ? year : null;
}

/** What a folder's name looks like: folders of one form are probably alike. Modalities tell how many images a series has (PS3.3 section C.7.3.1.1.1). */
export function folderForm(name: string): string {
  let form = '';
  for (const part of name.slice(0, 64).split(/([A-Za-z]+|[0-9]+)/)) {
    if (part === '') continue;
    const first = part.charCodeAt(0);
    if (first >= 0x30 && first <= 0x39) form += part.length >= 8 ? '00' : '0';
    else if (/^[A-Za-z]/.test(part)) form += modalities.has(part.toUpperCase()) ? part.toUpperCase() : 'a';
    else form += part[0] ?? '';
  }
  return form.slice(0, 16);
}
const modalities: ReadonlySet<string> = new Set(['CT', 'MR', 'MRI', 'US', 'CR', 'DX', 'XA', 'MG', 'PT', 'PET', 'NM', 'RF', 'IO', 'SC', 'SM', 'OT']);

/** The same number for the same entries, in whatever order: FNV-1a of each, added up. */
export function fingerprintOf(entries: readonly TreeEntry<unknown>[]): number {
  let sum = entries.length;
  for (const { name, kind, size, modified } of entries) {
    let hash = 0x811c9dc5;
    const text = `${kind}/${kind === 'folder' ? '' : size}/${modified}/${name}`;
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    sum = (sum + (hash >>> 0)) % 0x1fffffffffffff;
  }
  return sum;
}

export const folderNameOf = (name: string): string => plainName(name).slice(0, 64);
