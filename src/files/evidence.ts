/** What can be learnt from a folder on this computer, as evidence. Its rights are those of another account here, never of a stranger on the network. */
import { evidenceKind } from '../model/evidence.js';
import type { FileSystemSort, LocalFolder } from '../model/local-folder.js';
import type { Product } from '../model/product.js';
import { type DoorRights, groundsOf, type Right, type Rights, unknownRights } from '../model/rights.js';
import { allFrom } from '../model/share.js';

const service = 'local folder';

/** What decides over the bits, and so where they are set right. */
const products: Readonly<Record<FileSystemSort, Pick<Product, 'id' | 'name'> | null>> = {
  disk: { id: 'local-disk', name: 'local disk' },
  nfs: { id: 'nfs-mount', name: 'NFS mount' },
  smb: { id: 'smb-mount', name: 'SMB mount' },
  'without-owners': { id: 'fat-mount', name: 'FAT, NTFS or disc' },
  'user-space': null,
  unknown: null,
};

const productOf = ({ fileSystem }: LocalFolder): Product | null => {
  const product = products[fileSystem];
  return product && { ...product, version: null, basis: 'statfs' };
};

/** Exposure: what lies there; the rights say to whom it is open. */
export const files = evidenceKind<LocalFolder>('files', 1, {
  service: () => service,
  product: productOf,
  rights: rightsOfOthers,
  rightsFrom: (folder) => groundsOf([{ door: '', rights: rightsOfOthers(folder), from: groundsOfOthers(folder) }]),
  exposure: ({ content }) => ({ images: content.images, studies: null, patients: null, timeline: [], identifiers: {} }),
});

/** Every entry was listed and looked at. */
export const isSeenWhole = ({ content, notSeen }: Pick<LocalFolder, 'content' | 'notSeen'>): boolean =>
  content.ended === 'whole' && notSeen.refused + notSeen.failed + notSeen.otherFileSystems === 0;

export function rightsOfOthers(folder: Pick<LocalFolder, 'othersMay' | 'content' | 'notSeen'>): Rights {
  const { othersMay } = folder;
  if (othersMay === null) return unknownRights;
  const right = (found: number): Right => (found > 0 ? 'yes' : isSeenWhole(folder) ? 'no' : 'unknown');
  return {
    read: right(othersMay.readFiles),
    create: right(othersMay.writeFolders),
    edit: right(othersMay.writeFiles),
    delete: right(othersMay.emptyFolders),
  };
}

/** From the mode bits for others, of what was looked at. */
function groundsOfOthers(folder: LocalFolder): DoorRights['from'] {
  const { othersMay } = folder;
  if (othersMay === null) return allFrom('this system has no permission bits for others');
  const end = isSeenWhole(folder) ? '' : ', and not all of it was looked at';
  const ground = (found: number, what: string): string => `others may ${what} ${found === 0 ? 'none' : found} by the permission bits${end}`;
  return {
    read: ground(othersMay.readFiles, 'read files:'),
    create: ground(othersMay.writeFolders, 'write to folders:'),
    edit: ground(othersMay.writeFiles, 'write to files:'),
    delete: ground(othersMay.emptyFolders, 'take entries out of folders:'),
  };
}
