/** Program 100003 version 3 (RFC 1813 section 3.3), the part that reads. There is no encoder here for anything that writes. */
import { type FileAttributes, fileKind } from './attributes.js';
import { XdrReader, XdrWriter } from './xdr.js';

export const nfs3 = {
  program: 100_003,
  version: 3,
  procedures: { null: 0, lookup: 3, access: 4, read: 6, readdir: 16, readdirplus: 17 },
} as const;

/** NFS3_FHSIZE. */
const longestHandle = 64;

/** nfsstat3 where it is not 0, for example 13 NFS3ERR_ACCES. */
export interface Refused {
  readonly status: number;
}

export const encodeAccess = (handle: Uint8Array, bits: number): Uint8Array => new XdrWriter().opaque(handle).uint32(bits).finish();
export const encodeLookup = (folder: Uint8Array, name: string): Uint8Array => new XdrWriter().opaque(folder).text(name).finish();
export const encodeRead = (handle: Uint8Array, count: number): Uint8Array => new XdrWriter().opaque(handle).uint64(0n).uint32(count).finish();

/** Results of NFSPROC3_ACCESS: the bits that are granted. */
export function decodeAccess(results: Uint8Array): Refused | { readonly status: 0; readonly granted: number; readonly attributes: FileAttributes | null } {
  const reader = new XdrReader(results);
  const status = reader.uint32('status');
  if (status !== 0) return { status };
  const attributes = readPostOpAttributes(reader);
  return { status, attributes, granted: reader.uint32('access') };
}

/** Results of NFSPROC3_LOOKUP. */
export function decodeLookup(results: Uint8Array): Refused | { readonly status: 0; readonly handle: Uint8Array; readonly attributes: FileAttributes | null } {
  const reader = new XdrReader(results);
  const status = reader.uint32('status');
  if (status !== 0) return { status };
  return { status, handle: reader.opaque('object', longestHandle), attributes: readPostOpAttributes(reader) };
}

/** Results of NFSPROC3_READ. `atMost`: bytes that were asked for; more are malformed. */
export function decodeRead(results: Uint8Array, atMost: number): Refused | { readonly status: 0; readonly data: Uint8Array } {
  const reader = new XdrReader(results);
  const status = reader.uint32('status');
  if (status !== 0) return { status };
  readPostOpAttributes(reader);
  reader.uint32('count');
  reader.bool('eof');
  return { status, data: reader.opaque('data', atMost) };
}

/** post_op_attr (section 2.6). */
export function readPostOpAttributes(reader: XdrReader): FileAttributes | null {
  return reader.bool('attributes_follow') ? readAttributes(reader) : null;
}

/** fattr3 (section 2.6), 84 bytes. */
function readAttributes(reader: XdrReader): FileAttributes {
  const kind = fileKind(reader.uint32('type'));
  const mode = reader.uint32('mode') & 0o7777;
  reader.uint32('nlink');
  const owner = reader.uint32('uid');
  const group = reader.uint32('gid');
  const size = Number(reader.uint64('size'));
  reader.fixed('used and rdev', 16);
  const fileSystem = reader.uint64('fsid').toString(16);
  const fileId = reader.uint64('fileid').toString(16);
  reader.fixed('atime', 8);
  const modified = reader.uint32('mtime') * 1_000 + Math.floor(reader.uint32('mtime nseconds') / 1_000_000);
  reader.fixed('ctime', 8);
  return { kind, mode, owner, group, size, fileSystem, fileId, modified };
}

/** post_op_fh3 (section 2.6). */
export function readPostOpHandle(reader: XdrReader): Uint8Array | null {
  return reader.bool('handle_follows') ? reader.opaque('handle', longestHandle) : null;
}
