/** What the checks of local folders have in common: the facts behind a verdict, and who "others" are. Judges nothing by itself. */
import type { Because } from '../model/check.js';
import type { FileSystemSort, LocalFolder } from '../model/local-folder.js';

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

export const hasNoImage = ({ content: { images } }: LocalFolder): boolean => images.basis === 'exact' && images.value === 0;
/** None was met, but not all of it was listed. */
export const isUnseen = ({ content: { images } }: LocalFolder): boolean => images.basis !== 'exact' && images.value === 0;
export const figure = (value: number): string => value.toLocaleString('en-US');
