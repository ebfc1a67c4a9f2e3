/** A folder of a local or mounted file system: what lies there, and what its permission bits let other accounts do. No path and no name. */
import type { ContentSurvey } from './content-survey.js';

/** `without-owners`: FAT, exFAT, NTFS, whose bits are those of the mount. `user-space`: FUSE, which may be anything. */
export type FileSystemSort = 'disk' | 'nfs' | 'smb' | 'without-owners' | 'user-space' | 'unknown';

/** Of what was listed: how much the bits for others (POSIX.1, file access permissions) give to an account that is neither the owner nor in the group, and can get there. */
export interface OthersMay {
  readonly files: number;
  readonly folders: number;
  readonly readFiles: number;
  /** Of those, DICOM by name. */
  readonly readImages: number;
  readonly writeFiles: number;
  readonly listFolders: number;
  /** Put files into them. */
  readonly writeFolders: number;
  /** Those without the sticky bit: others may delete and rename there what is not theirs. */
  readonly emptyFolders: number;
}

export interface NotSeen {
  /** Folders that may not be read, or of which the entries may be listed and not looked at. */
  readonly refused: number;
  /** Folders that gave an error: a damaged disk, a server that is gone. */
  readonly failed: number;
  /** Gone, or something else, by the time they were looked at; a folder in the place of another counts as one that nobody saw. */
  readonly vanished: number;
  /** Folders on which another file system is mounted, where those were left out. */
  readonly otherFileSystems: number;
}

export interface YaraScan {
  /** Identifiers of rules that matched → files; at most 100 rules. */
  readonly rules: Readonly<Record<string, number>>;
  /** Files that any rule matched. */
  readonly matched: number;
  readonly scanned: number;
  /** Larger than the limit for one file. */
  readonly tooLarge: number;
  /** Not scanned for another reason: the limits for all together, or an error. Files that were not listed are not among them. */
  readonly leftOut: number;
}

export interface LocalFolder {
  /** Of its own name: common words and the shape of the rest. */
  readonly label: string;
  readonly fileSystem: FileSystemSort;
  /** `null`: the system has no such bits. */
  readonly othersMay: OthersMay | null;
  readonly notSeen: NotSeen;
  /** FIFOs, sockets and devices: counted, never opened. */
  readonly special: number;
  readonly content: ContentSurvey;
  /** `null`: not asked for. */
  readonly yara: YaraScan | null;
}
