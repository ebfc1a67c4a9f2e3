/** Which sort of file system a folder lies on: it decides what its permission bits are worth. */
import { statfs } from 'node:fs/promises';
import type { FileSystemSort } from '../model/local-folder.js';

/** Magic numbers of statfs(2), Linux. What is not named here is a disk's own. */
const sorts: readonly (readonly [number, FileSystemSort])[] = [
  [0x6969, 'nfs'],
  [0xff534d42, 'smb'], // cifs
  [0xfe534d42, 'smb'], // smb2
  [0x517b, 'smb'], // smbfs
  [0x4d44, 'without-owners'], // FAT
  [0x2011bab0, 'without-owners'], // exFAT
  [0x5346544e, 'without-owners'], // NTFS
  [0x7366746e, 'without-owners'], // ntfs3
  [0x9660, 'without-owners'], // ISO 9660
  [0x15013346, 'without-owners'], // UDF
  [0x65735546, 'user-space'], // FUSE
  [0x01021997, 'user-space'], // 9p
];

export async function fileSystemOf(path: Buffer): Promise<FileSystemSort> {
  if (process.platform !== 'linux') return 'unknown';
  try {
    const { type } = await statfs(path);
    return sorts.find(([magic]) => magic === type)?.[1] ?? 'disk';
  } catch {
    return 'unknown';
  }
}
