/** How an FTP server or an rsync daemon of the estate behaves. Types only. */
import type { VirtualTree } from './virtual-tree.js';

export interface FtpBehaviour {
  readonly speaks: 'ftp-nas';
  /** What stands behind the code 220. */
  readonly greeting: string;
  readonly letsAnonymousIn: boolean;
  readonly tree: VirtualTree;
  /** `facts`: MLSD with `perm` (RFC 3659), in the manner of ProFTPD. `unix`: LIST only, in the manner of vsftpd. */
  readonly lists: 'facts' | 'unix';
  /** What the facts say of writing; default: nothing may be written. */
  readonly writable?: boolean;
  /** RANG (draft-bryan-ftp-range). */
  readonly takesRange?: boolean;
  /** EPSV is not known, and PASV names this address instead of its own. */
  readonly passiveAddress?: string;
}

export interface RsyncModule {
  readonly name: string;
  readonly tree: VirtualTree;
  readonly asksForPassword?: boolean;
  readonly isWritable?: boolean;
}

export interface RsyncBehaviour {
  readonly speaks: 'rsync';
  readonly modules: readonly RsyncModule[];
}
