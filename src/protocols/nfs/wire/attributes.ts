/** What a server says of one file or folder: the part of NFSv3's fattr3 and of NFSv4's attributes that is looked at. */

export type FileKind = 'file' | 'folder' | 'link' | 'other';

export interface FileAttributes {
  readonly kind: FileKind;
  /** Permission bits of POSIX, the lowest twelve; `null`: not said. */
  readonly mode: number | null;
  /** Number of the owner; `null`: not said, or said as a name. */
  readonly owner: number | null;
  /** Number of its group; `null`: as above. */
  readonly group: number | null;
  /** Bytes; `null`: not said. */
  readonly size: number | null;
  /** Which file system it lies on, as text: only good to be compared. */
  readonly fileSystem: string;
  /** Number within the file system, as text: only good to be compared. */
  readonly fileId: string;
  /** Last change, milliseconds since the epoch; `null`: not said. */
  readonly modified: number | null;
}

/** nfs_ftype3 and nfs_ftype4 have the same numbers (RFC 1813 section 2.6, RFC 7530 section 2.1). */
export function fileKind(type: number): FileKind {
  return type === 1 ? 'file' : type === 2 ? 'folder' : type === 5 ? 'link' : 'other';
}
