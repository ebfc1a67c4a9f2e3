/** What the checks of local folders have in common: the facts behind a verdict, who "others" are, and where there is nothing to judge. */
import { type Because, notApplicable, unknown, type Verdict } from '../model/check.js';
import type { FileSystemSort, LocalFolder, OthersMay } from '../model/local-folder.js';

export const folderFacts = ({ label, fileSystem, othersMay, notSeen, content }: LocalFolder): Because => ({
  folder: label,
  fileSystem,
  images: content.images.value,
  imagesBasis: content.images.basis,
  ...(othersMay ?? {}),
  foldersNotSeen: notSeen.refused + notSeen.failed + notSeen.otherFileSystems,
  ended: content.ended,
});

const words: Readonly<Record<FileSystemSort, string>> = {
  disk: 'any account of this computer',
  nfs: 'any account of any computer that mounts it',
  smb: 'any account of this computer, as the mount shows it,',
  'without-owners': 'any account of this computer, as it is mounted,',
  'user-space': 'any account of this computer, as the mount shows it,',
  unknown: 'any account of this computer',
};
export const othersAre = ({ fileSystem }: LocalFolder): string => words[fileSystem];

/** Ends what is said of a folder that is closed to others. */
export const asToldByBits = 'by the permission bits; who is in the group, and access lists, were not judged';

const hasNoImage = ({ content: { images } }: LocalFolder): boolean => images.basis === 'exact' && images.value === 0;
/** None was met, but not all of it was listed. */
const isUnseen = ({ content: { images } }: LocalFolder): boolean => images.basis !== 'exact' && images.value === 0;

type Permissions = { readonly othersMay: OthersMay; readonly verdict?: never } | { readonly othersMay?: never; readonly verdict: Verdict };

/** What others may do there; or the verdict where that is no question, or cannot be answered. */
export function permissionsOf(folder: LocalFolder, because: Because): Permissions {
  const { othersMay } = folder;
  if (hasNoImage(folder)) return { verdict: notApplicable('no image lies there', because) };
  if (othersMay === null) return { verdict: unknown('this system has no permission bits that could be read', because) };
  if (isUnseen(folder)) return { verdict: unknown('no image was seen, but not all of it was listed', because) };
  return { othersMay };
}

export const figure = (value: number): string => value.toLocaleString('en-US');
