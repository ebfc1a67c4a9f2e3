/** Attributes of NFSv4 (RFC 7530 section 5): the few that are asked for, in the order of their numbers. */
import { WireError } from '../../../model/wire.js';
import { type FileAttributes, fileKind } from './attributes.js';
import { XdrReader } from './xdr.js';

export interface Attributes4 extends FileAttributes {
  readonly handle: Uint8Array | null;
  /** Why the entry of a listing has no attributes, as nfsstat4: 10016 NFS4ERR_WRONGSEC, say. */
  readonly error: number | null;
}

const numbers = { type: 1, size: 4, fsid: 8, rdattrError: 11, filehandle: 19, fileid: 20, mode: 33, owner: 36, ownerGroup: 37, timeModify: 53 } as const;

/** bitmap4 of them (section 2.2): two words of 32 bits. */
export const wantedAttributes: readonly number[] = bitmap(Object.values(numbers));

function bitmap(attributes: readonly number[]): readonly number[] {
  const words = [0, 0];
  for (const number of attributes) words[number >> 5] = ((words[number >> 5] ?? 0) | (1 << (number & 31))) >>> 0;
  return words;
}

/** fattr4: which attributes there are, then their values. One that nobody asked for cannot be stepped over: it is malformed. */
export function readAttributes4(reader: XdrReader): Attributes4 {
  const start = reader.offset;
  const words = Array.from({ length: reader.count('attrmask', 8) }, () => reader.uint32('attrmask'));
  if (words.some((word, index) => (word & ~(wantedAttributes[index] ?? 0)) !== 0)) throw new WireError('attrmask', start, 'attributes that were not asked for');
  const has = (name: keyof typeof numbers): boolean => ((words[numbers[name] >> 5] ?? 0) & (1 << (numbers[name] & 31))) !== 0;
  const values = new XdrReader(reader.opaque('attr_vals', 4_096));
  const kind = has('type') ? fileKind(values.uint32('type')) : 'other';
  const size = has('size') ? Number(values.uint64('size')) : null;
  const fileSystem = has('fsid') ? `${values.uint64('fsid major').toString(16)}.${values.uint64('fsid minor').toString(16)}` : '';
  const error = has('rdattrError') ? values.uint32('rdattr_error') : null;
  const handle = has('filehandle') ? values.opaque('filehandle', 128) : null;
  const fileId = has('fileid') ? values.uint64('fileid').toString(16) : '';
  const mode = has('mode') ? values.uint32('mode') & 0o7777 : null;
  const owner = has('owner') ? ownerNumber(values.text('owner', 1_024)) : null;
  const group = has('ownerGroup') ? ownerNumber(values.text('owner_group', 1_024)) : null;
  const modified = has('timeModify') ? readTime(values) : null;
  return { kind, size, fileSystem, error: error === 0 ? null : error, handle, fileId, mode, owner, group, modified };
}

/** nfstime4: seconds may be before 1970. */
function readTime(values: XdrReader): number {
  const seconds = Number(BigInt.asIntN(64, values.uint64('time_modify')));
  return seconds * 1_000 + Math.floor(values.uint32('nseconds') / 1_000_000);
}

/** `1000`, or `root@domain`; of any other name nothing is kept, not even that it was there (section 5.9). */
function ownerNumber(owner: string): number | null {
  if (/^\d{1,10}$/.test(owner)) return Number(owner);
  return /^root(?:@|$)/.test(owner) ? 0 : null;
}
