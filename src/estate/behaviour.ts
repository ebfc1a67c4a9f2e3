/** How a device of the estate behaves. Types only. */
import type { ContextName } from '../protocols/dicom/wire/contexts.js';
import type { VirtualArchive } from './archive.js';
import type { Keyword } from './attributes.js';
import type { FtpBehaviour, RsyncBehaviour } from './ftp-behaviour.js';
import type { NfsExport } from './nfs-export.js';
import type { SmbBehaviour } from './smb-behaviour.js';

/** PS3.7 section D.3.3.2. */
export interface ImplementationIdentity {
  readonly classUid: string;
  readonly versionName: string;
}

/** Titles that are let in, or anybody. */
export type TitlePolicy = 'anybody' | readonly string[];

export interface DicomBehaviour {
  readonly speaks: 'dicom';
  readonly identity: ImplementationIdentity;
  /** Sub-item 51H, bytes; default 16384. */
  readonly maximumLength?: number;
  /** Default: anybody. Refused with 1/1/3. */
  readonly callers?: TitlePolicy;
  /** DCMTK's dcmqrscp says 1/1/7, "called AE title not recognised", to an unknown caller too. */
  readonly blamesCalledTitle?: boolean;
  /** Default: anybody. Refused with 1/1/7. */
  readonly calledTitles?: TitlePolicy;
  /** So many association requests are rejected 2/3/2 (local limit exceeded) before the first is let in. */
  readonly busyFor?: number;
  /**
   * PS3.7 section D.3.3.7. `ignores` (default): as if it were not there. `answers`: with 59H, and lets in. `refuses`: 1/2/1 for
   * any identity, since the estate has no users. `requires`: 1/2/1 without one too.
   */
  readonly userIdentity?: 'ignores' | 'answers' | 'refuses' | 'requires';
  /** Presentation contexts that are taken; `everything` also takes an abstract syntax that does not exist. */
  readonly contexts: readonly ContextName[] | 'everything';
  /** C-FIND: `grants` (default), `aborts` like Orthanc where the caller is not authorised, or answers 0124H. */
  readonly query?: 'grants' | 'aborts' | 'not-authorised';
  readonly archive?: VirtualArchive;
  /** Attributes that are never returned. */
  readonly withholds?: readonly Keyword[];
  /** Rows of one answer at most. */
  readonly answerLimit?: number;
  /** How an answer ends that was cut off there: as if it were whole (default), like Orthanc with FE00H, or like dcm4chee with A700H and no row at all. */
  readonly limitEnds?: 'silently' | 'cancelled' | 'refused';
  /** Default: `matches` single dates and ranges. `ignores`: returns all studies. `finds-nothing`: none, as soon as a date is named. */
  readonly dates?: 'matches' | 'ignores' | 'finds-nothing';
  /** Entries of the modality worklist; default 0. */
  readonly worklistEntries?: number;
  /** Answers C-ECHO with bytes that are no PDU. */
  readonly garblesEcho?: boolean;
}

/** As a site sees it: no headers of the connection, no body. */
export interface WebRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

export interface WebAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Pure: the same request gets the same answer. */
export type WebSite = (request: WebRequest) => WebAnswer;

export interface WebBehaviour {
  readonly speaks: 'web';
  readonly site: WebSite;
}

/** MOUNT and NFS share the port, as with servers outside the kernel; there is no rpcbind. */
export interface NfsBehaviour {
  readonly speaks: 'nfs';
  readonly versions: readonly (3 | 4)[];
  readonly exports: readonly NfsExport[];
  /** RPC-with-TLS (RFC 9289); default: false. */
  readonly offersTls?: boolean;
}

/** `noise`: bytes of no protocol. `nothing`: takes the connection and is silent. `goodbye`: hangs up at once. */
export type Behaviour =
  | DicomBehaviour
  | WebBehaviour
  | SmbBehaviour
  | NfsBehaviour
  | FtpBehaviour
  | RsyncBehaviour
  | { readonly speaks: 'http' | 'ftp' | 'noise' | 'nothing' | 'goodbye' };

export interface TlsBehaviour {
  /** `estate`: of the estate's own authority, good. `expired`: self-signed, RSA of 1024 bits, long over. */
  readonly certificate: 'estate' | 'expired';
  readonly oldestVersion: 'TLSv1' | 'TLSv1.2';
  readonly clientCertificate: 'required' | 'not-requested';
}
