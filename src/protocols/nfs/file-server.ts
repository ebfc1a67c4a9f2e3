/** What is asked of a server, whichever version it speaks: rights, a listing, the first bytes of a file. Nothing else, and nothing that writes. */
import type { FileAttributes } from './wire/attributes.js';
import type { Credential } from './wire/rpc.js';

/** `authentication`: the credential itself was refused (auth_stat, WRONGSEC). `server`: what was asked for was. */
export interface Refusal {
  readonly refusedBy: 'authentication' | 'server';
  readonly status: number;
}

export interface Granted {
  /** Bits of ACCESS. */
  readonly granted: number;
  readonly attributes: FileAttributes | null;
}

export interface FoundEntry {
  readonly name: string;
  /** `null`: the server keeps it to itself. */
  readonly handle: Uint8Array | null;
  readonly attributes: FileAttributes | null;
}

export interface ListingPage {
  readonly entries: readonly FoundEntry[];
  /** Where it goes on; `null` at the end. */
  readonly next: ListingPlace | null;
}

export interface ListingPlace {
  readonly cookie: bigint;
  readonly verifier: Uint8Array;
}
/** RFC 1813 section 3.3.16, RFC 7530 section 16.24.4. */
export const listingStart: ListingPlace = { cookie: 0n, verifier: new Uint8Array(8) };

/** Each throws `ConnectionFailure` or `WireError` where the server hangs up or makes no sense. */
export interface FileServer {
  access(handle: Uint8Array, as: Credential): Promise<Granted | Refusal>;
  list(folder: Uint8Array, place: ListingPlace, as: Credential): Promise<ListingPage | Refusal>;
  /** At most the first 132 bytes. */
  firstBytes(file: Uint8Array, as: Credential): Promise<Uint8Array | Refusal>;
  /** Leaves in order. */
  close(): Promise<void>;
}

/** 128 bytes of preamble, then DICM (PS3.10 section 7.1). */
export const firstBytesOfDicom = 132;
/** Bytes of one page of a listing. */
export const pageBytes = 32_768;

export const isRefusal = (answer: object): answer is Refusal => 'refusedBy' in answer;
