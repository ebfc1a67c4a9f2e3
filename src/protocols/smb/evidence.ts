/** What an SMB server shows to a caller without an account: facts, no opinion. No name of a machine, domain, share or file but as a shape. */
import { evidenceKind } from '../../model/evidence.js';
import type { Product } from '../../model/product.js';
import { type DoorRights, groundsOf, type Rights, unknownRights } from '../../model/rights.js';
import { allFrom, exposureOfShares, groundsOfShares, rightsOfShares, type Share } from '../../model/share.js';
import { sessionGrounds, smbGrounds } from './grounds.js';
import type { Cipher, Dialect, SigningAlgorithm } from './wire/negotiate.js';
import type { Refusal } from './wire/status.js';

/** `anonymous`: the server calls it a null session. `guest`: a guest session. `unmarked`: neither; the server let nobody in as somebody. */
export type SessionAnswer =
  | { readonly answer: 'granted'; readonly as: 'anonymous' | 'guest' | 'unmarked'; readonly encryptData: boolean }
  | { readonly answer: 'refused'; readonly status: number; readonly meaning: Refusal }
  | { readonly answer: 'closed' | 'no-answer' | 'wrong-answer' | 'not-tried' };

/** Which caller: the one without a name, or the one under a name that nobody has. */
export type Caller = 'anonymous' | 'stranger';

export interface SmbShare extends Share {
  readonly kind: 'disk' | 'print' | 'device' | 'ipc' | 'other';
  /** Its name ends in `$`: browsers of networks do not show it. */
  readonly isHidden: boolean;
  /** STYPE_SPECIAL (MS-SRVS section 2.2.2.4): made by the system for administrators. */
  readonly isSpecial: boolean;
  /** Who got in. */
  readonly openedBy: Caller | null;
  /** SMB2_SHAREFLAG_ENCRYPT_DATA; `null`: the share was not connected. */
  readonly encryptData: boolean | null;
  /** MaximalAccess of TREE_CONNECT (MS-SMB2 section 2.2.10): what the share allows before the files have their say. */
  readonly treeAccess: number | null;
  /** The widest that a folder, and a file, looked at granted (section 2.2.14.2.5), and how many were looked at. */
  readonly folderAccess: { readonly mask: number; readonly asked: number };
  readonly fileAccess: { readonly mask: number; readonly asked: number };
}

export interface SmbEvidence {
  /** `direct`: TCP, port 445. `netbios`: through the session service, port 139. */
  readonly over: 'direct' | 'netbios';
  /** On port 139 where port 445 is open too: the same server, whose sessions and shares are asked there. */
  readonly isTwin: boolean;
  readonly product: Product | null;
  /** SMB 1 on a connection of its own: whether the server chose it, and what it then said of signing. */
  readonly smb1: {
    readonly answer: 'accepted' | 'refused' | 'closed' | 'no-answer' | 'not-tried';
    readonly signing: 'required' | 'enabled' | 'disabled' | 'unknown';
    /** One SESSION_SETUP without a name. */
    readonly session: 'granted' | 'guest' | 'refused' | 'no-answer' | 'not-tried';
  };
  /** The highest dialect that it chose; `null`: it speaks SMB 1 alone. */
  readonly dialect: Dialect | null;
  /** The oldest dialect of SMB 2 or 3 that it takes: `3.x` where 2.0.2 and 2.1 were refused. */
  readonly oldestDialect: '2.0.2' | '2.1' | '3.x' | 'unknown' | 'not-tried';
  readonly signing: 'required' | 'enabled' | 'off' | 'unknown';
  readonly signingAlgorithm: SigningAlgorithm | null;
  readonly encryption: {
    readonly capable: boolean;
    /** Chosen for 3.1.1; older dialects of 3 have AES-128-CCM alone. */
    readonly cipher: Cipher | null;
    /** `yes`: a session or a share said so. `no`: data of a share were granted in the clear, or it cannot encrypt. */
    readonly required: 'yes' | 'no' | 'unknown';
  };
  readonly compression: 'offered' | 'none' | 'unknown';
  readonly hasServerGuid: boolean;
  /** The server's clock, milliseconds since the epoch; the observation says when it was read. */
  readonly serverTime: number | null;
  /** From the NTLM challenge. Names as shapes: letters as `A` and `a`, digits as `0`. */
  readonly ntlm: {
    readonly version: string | null;
    readonly computer: string | null;
    readonly domain: string | null;
    readonly dnsComputer: string | null;
    readonly dnsDomain: string | null;
  } | null;
  /** NTLMv1 shows only where somebody logs in with a password. */
  readonly ntlmV1: 'unknown';
  readonly nullSession: SessionAnswer;
  /** Under a name that nobody has and without a valid password. `not-tried` also where the caller without a name became a guest already. */
  readonly guestSession: SessionAnswer;
  /** NetrShareEnum over srvsvc. */
  readonly shareList: {
    readonly answer: 'listed' | 'partly' | 'denied' | 'failed' | 'closed' | 'no-answer' | 'not-tried';
    readonly by: Caller | null;
  };
  readonly shares: readonly SmbShare[];
  /** How the sessions ended. */
  readonly farewell: 'logged-off' | 'cut-off' | 'not-tried';
}

/** Shares that hold files. */
export const diskShares = ({ shares }: SmbEvidence): readonly SmbShare[] => shares.filter(({ kind }) => kind === 'disk');

/** Neither without a name nor as a guest, and not over SMB 1 either. */
const isKeptOut = ({ nullSession, guestSession, smb1 }: SmbEvidence): boolean =>
  nullSession.answer === 'refused' && guestSession.answer === 'refused' && smb1.session !== 'granted' && smb1.session !== 'guest';

/** The server as a whole as a door, where no share was seen. */
function atTheDoor(evidence: SmbEvidence): DoorRights {
  const isRefused = isKeptOut(evidence);
  const rights: Rights = isRefused ? { read: 'no', create: 'no', edit: 'no', delete: 'no' } : unknownRights;
  return { door: '', rights, from: allFrom(sessionGrounds(evidence, isRefused)) };
}

export const smb = evidenceKind<SmbEvidence>('smb', 1, {
  service: ({ over }) => (over === 'netbios' ? 'smb over netbios' : 'smb'),
  product: ({ product }) => product,
  rights: (evidence) => (diskShares(evidence).length === 0 ? atTheDoor(evidence).rights : rightsOfShares(diskShares(evidence))),
  rightsFrom: (evidence) => (diskShares(evidence).length === 0 ? groundsOf([atTheDoor(evidence)]) : groundsOfShares(diskShares(evidence), smbGrounds)),
  exposure: (evidence) => exposureOfShares(diskShares(evidence)),
});
