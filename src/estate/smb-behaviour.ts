/** How an SMB server of the estate behaves. Types only. */
import type { Dialect } from '../protocols/smb/wire/negotiate.js';
import type { VirtualTree } from './virtual-tree.js';

export type SmbCaller = 'anonymous' | 'guest';

export interface SmbShareSpec {
  readonly name: string;
  /** Shown to nobody but listed by the server service; never kept by a scan. */
  readonly remark: string;
  readonly tree: VirtualTree;
  readonly letsIn: readonly SmbCaller[];
  /** Of the share: `write` lets the files have their say. */
  readonly share: 'read' | 'write';
  /** Of its folders and files. */
  readonly files: 'read' | 'write';
  readonly encryptData?: boolean;
}

export interface SmbBehaviour {
  readonly speaks: 'smb';
  /** The newest one that the caller offers is chosen; none: SMB 1 alone. */
  readonly dialects: readonly Dialect[];
  readonly takesSmb1: boolean;
  readonly signingRequired: boolean;
  readonly encrypts: boolean;
  readonly compresses?: boolean;
  readonly ntlmVersion: readonly [major: number, minor: number, build: number];
  readonly nativeOs: string;
  readonly nativeLanMan: string;
  /** Names a person in the estate's own way: a canary. */
  readonly computer: string;
  /** A caller without a name. `unmarked`: let in without a flag, as Samba does. */
  readonly nullSession: 'granted' | 'unmarked' | 'refused';
  /** A caller under a name that nobody has. */
  readonly unknownNames: 'guest' | 'refused';
  readonly listsSharesTo: readonly SmbCaller[];
  readonly shares: readonly SmbShareSpec[];
}
