/** READDIR and READDIRPLUS of NFSv3 (RFC 1813 sections 3.3.16 and 3.3.17). Names are kept only as long as the survey looks at them. */
import { WireError } from '../../../model/wire.js';
import type { FileAttributes } from './attributes.js';
import { type Refused, readPostOpAttributes, readPostOpHandle } from './nfs3.js';
import { XdrReader, XdrWriter } from './xdr.js';

export interface ListedName {
  readonly name: string;
  /** Where the next listing goes on. */
  readonly cookie: bigint;
  readonly attributes: FileAttributes | null;
  readonly handle: Uint8Array | null;
}

export interface Listing {
  readonly status: 0;
  readonly verifier: Uint8Array;
  readonly entries: readonly ListedName[];
  readonly isEnd: boolean;
}

/** Where a listing goes on: cookie 0 and eight zeros at the start. */
interface ListingPlace {
  readonly cookie: bigint;
  readonly verifier: Uint8Array;
}

/** NAME_MAX of the file systems there are is 255 bytes, in UTF-8 up to 1020 characters of four. */
const longestName = 1_024;

const writeStart = (folder: Uint8Array, place: ListingPlace): XdrWriter => new XdrWriter().opaque(folder).uint64(place.cookie).fixed(place.verifier);
/** `bytes`: of the whole answer; of names without their attributes a quarter of it. */
export const encodeReaddirplus = (folder: Uint8Array, place: ListingPlace, bytes: number): Uint8Array =>
  writeStart(folder, place)
    .uint32(bytes >> 2, bytes)
    .finish();
export const encodeReaddir = (folder: Uint8Array, place: ListingPlace, bytes: number): Uint8Array => writeStart(folder, place).uint32(bytes).finish();

/** Results of NFSPROC3_READDIRPLUS. `atMost`: entries that are taken of one answer. */
export function decodeReaddirplus(results: Uint8Array, atMost: number): Refused | Listing {
  return readListing(results, atMost, (reader) => ({ attributes: readPostOpAttributes(reader), handle: readPostOpHandle(reader) }));
}

/** Results of NFSPROC3_READDIR: names alone. */
export function decodeReaddir(results: Uint8Array, atMost: number): Refused | Listing {
  return readListing(results, atMost, () => ({ attributes: null, handle: null }));
}

function readListing(results: Uint8Array, atMost: number, readRest: (reader: XdrReader) => Pick<ListedName, 'attributes' | 'handle'>): Refused | Listing {
  const reader = new XdrReader(results);
  const status = reader.uint32('status');
  if (status !== 0) return { status };
  readPostOpAttributes(reader);
  const verifier = reader.fixed('cookieverf', 8);
  const entries: ListedName[] = [];
  while (reader.bool('entries')) {
    if (entries.length === atMost) throw new WireError('entries', reader.offset, `more than ${atMost} entries in one answer`);
    reader.uint64('fileid');
    const name = reader.text('name', longestName);
    const cookie = reader.uint64('cookie');
    entries.push({ name, cookie, ...readRest(reader) });
  }
  return { status, verifier, entries, isEnd: reader.bool('eof') };
}
