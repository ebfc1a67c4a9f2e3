/** Folders and files as a conversation with a server, or with the local disk, offers them. Names stay in memory: what is counted here goes no further. */

export interface TreeEntry<Handle> {
  /** As the server gave it; control characters and all. */
  readonly name: string;
  /** `link`: a symbolic link; it is counted and never followed. */
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** Bytes; of a folder what the server says of it, which on some file systems tells how many entries it has. `null`: not said. */
  readonly size: number | null;
  /** Last change, milliseconds since the epoch; `null`: not said. */
  readonly modified: number | null;
  /** What opens it: a path, an NFS file handle. */
  readonly handle: Handle;
}

export interface FolderListing<Handle> {
  readonly entries: readonly TreeEntry<Handle>[];
  /** False where `atMost` entries, a time or a byte limit ended it early. */
  readonly isWhole: boolean;
}

/** One share, export, module or disk. Reading only; a server that hangs up ends it with `ConnectionFailure`. */
export interface Tree<Handle> {
  readonly root: Handle;
  /** `.` and `..` are left out. `null`: refused. May return up to one message's worth of entries more than `atMost`. */
  list(folder: Handle, atMost: number): Promise<FolderListing<Handle> | null>;
  /** The first 132 bytes of a file (PS3.10 section 7.1: 128 bytes of preamble, then DICM), fewer where it is shorter; `null`: refused. Absent where the protocol has no way to ask for so little. */
  readonly firstBytes?: (file: Handle) => Promise<Uint8Array | null>;
}
