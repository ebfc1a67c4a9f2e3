/** What the rights at an SMB share rest on, in words. Decides no right. */
import type { DoorRights } from '../../model/rights.js';
import { allFrom, type Share } from '../../model/share.js';

interface Granted {
  readonly mask: number;
  readonly asked: number;
}

interface SmbFacts extends Share {
  /** `null`: no tree was connected. */
  readonly openedBy: string | null;
  /** MaximalAccess (MS-SMB2 sections 2.2.10 and 2.2.14.2.5). */
  readonly treeAccess: number | null;
  readonly folderAccess: Granted;
  readonly fileAccess: Granted;
}

export function smbGrounds({ access, rights, openedBy, treeAccess, folderAccess, fileAccess }: SmbFacts): DoorRights['from'] {
  if (openedBy === null) return allFrom(`the tree connect was refused${access === 'login' ? ', as without an account' : ''}`);
  const tree = treeAccess === null ? 'the tree connect told no maximal access' : `maximal access ${hex(treeAccess)} of the tree connect`;
  const folders = granted(folderAccess, 'folder');
  const files = granted(fileAccess, 'file');
  const together = (...parts: readonly (string | null)[]): string => [tree, ...parts.filter((part) => part !== null)].join(', ');
  return {
    read: readWords(rights.read, access === 'open', together(files)),
    create: together(folders),
    edit: together(files),
    delete: together(folders, files),
  };
}

function readWords(right: string, isListed: boolean, masks: string): string {
  if (isListed) return `its first folder was listed; ${masks}`;
  return right === 'no' ? `its first folder could not be opened: access denied; ${masks}` : `its first folder could not be opened; ${masks}`;
}

interface Sessions {
  readonly isTwin: boolean;
  readonly nullSession: { readonly answer: string };
  readonly guestSession: { readonly answer: string };
  readonly shareList: { readonly answer: string };
}

/** Where no share was seen. */
export function sessionGrounds({ isTwin, nullSession, guestSession, shareList }: Sessions, isRefused: boolean): string {
  if (isTwin) return 'the same server is asked on port 445';
  if (isRefused) return 'sessions without a name and as a guest were refused';
  if (nullSession.answer !== 'granted' && guestSession.answer !== 'granted') return 'whether a session without an account is granted was not learnt';
  return shareList.answer === 'listed' ? 'it names no share that holds files' : 'a session without an account was granted, and no share was named to it';
}

const granted = ({ mask, asked }: Granted, kind: string): string | null => (asked === 0 ? null : `${hex(mask)} of ${asked} ${kind}${asked === 1 ? '' : 's'}`);

const hex = (mask: number): string => `0x${(mask >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
