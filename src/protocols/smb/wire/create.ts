/**
 * CREATE and CLOSE, MS-SMB2 sections 2.2.13 to 2.2.16. Only what exists is opened (disposition FILE_OPEN), without an oplock,
 * sharing everything; what may be asked for is to list, to read and to see attributes. No other disposition can be written here.
 */
import { WireError } from '../../../model/wire.js';
import { access } from './access-mask.js';
import { ByteReader, expectSize, placed } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { bodyOf, bodyStart, type Message } from './message.js';

/** 16 bytes that stand for an open file. */
export type FileId = Uint8Array;
/** The file of the message before in the same frame, section 3.2.4.1.4. */
export const relatedFile: FileId = new Uint8Array(16).fill(0xff);

/**
 * `list`: a folder, to list it. `look`: a folder or a file, its attributes only. `read`: a file, to read it.
 * `pipe`: a named pipe, to ask a program behind it; pipes are written to, files never are.
 */
export type OpenFor = 'list' | 'look' | 'read' | 'pipe';

const desired: Readonly<Record<OpenFor, number>> = {
  list: access.readData | access.readAttributes | access.synchronize,
  look: access.readAttributes | access.synchronize,
  read: access.readData | access.readAttributes | access.synchronize,
  pipe: access.readData | access.writeData | access.readAttributes | access.synchronize,
};
const optionBits = { directory: 0x1, nonDirectory: 0x40, openReparsePoint: 0x200000, noRecall: 0x400000 } as const;
const options: Readonly<Record<OpenFor, number>> = {
  list: optionBits.directory | optionBits.openReparsePoint,
  look: optionBits.openReparsePoint | optionBits.noRecall,
  read: optionBits.nonDirectory | optionBits.noRecall,
  pipe: 0,
};
const shareAll = 7;
const fileOpen = 1;
const impersonation = 2;
const mostContexts = 16;
/** SMB2_CREATE_QUERY_MAXIMAL_ACCESS_REQUEST, section 2.2.13.2.5. */
const maximalAccess = 'MxAc';

export interface CreateResponse {
  readonly fileId: FileId;
  readonly fileAttributes: number;
  /** Of this file or folder for this session (section 2.2.14.2.5); `null`: not said. */
  readonly maximalAccess: number | null;
}

/** `path` without a leading backslash; empty: the root of the share. */
export function encodeCreate(path: string, openFor: OpenFor): Uint8Array {
  const asksAccess = openFor !== 'pipe';
  const name = path.length * 2;
  const nameOffset = bodyStart + 56;
  const contextOffset = Math.ceil((nameOffset + name) / 8) * 8;
  const writer = new ByteWriter().uint16(57).uint8(0, 0).uint32(impersonation).zeros(16);
  writer.uint32(desired[openFor], 0, shareAll, fileOpen, options[openFor]).uint16(nameOffset, name);
  writer.uint32(asksAccess ? contextOffset : 0, asksAccess ? 24 : 0).utf16(path);
  if (!asksAccess) return (name === 0 ? writer.zeros(1) : writer).finish();
  return writer.align(8).uint32(0).uint16(16, 4, 0, 0).uint32(0).ascii(maximalAccess).zeros(4).finish();
}

export function decodeCreateResponse(message: Pick<Message, 'bytes'>): CreateResponse {
  const reader = bodyOf(message);
  expectSize(reader, 89);
  reader.skip('OplockLevel to EndofFile', 2 + 4 + 32 + 16);
  const fileAttributes = reader.uint32('FileAttributes');
  reader.skip('Reserved2', 4);
  const fileId = reader.bytes('FileId', 16).slice();
  const offset = reader.uint32('CreateContextsOffset');
  const length = reader.uint32('CreateContextsLength');
  return { fileId, fileAttributes, maximalAccess: maximalAccessOf(placed(message.bytes, 'CreateContexts', offset, length)) };
}

/** Section 2.2.14.2.5: a status, and the mask where that is success. */
function maximalAccessOf(contexts: Uint8Array): number | null {
  let rest = contexts;
  for (let count = 0; rest.length > 0; count += 1) {
    if (count === mostContexts) throw new WireError('CreateContexts', 0, `more than ${mostContexts}`);
    const reader = new ByteReader(rest);
    const next = reader.uint32('Next');
    const nameOffset = reader.uint16('NameOffset');
    const nameLength = reader.uint16('NameLength');
    reader.skip('Reserved', 2);
    const dataOffset = reader.uint16('DataOffset');
    const dataLength = reader.uint32('DataLength');
    const name = String.fromCharCode(...placed(rest, 'Name', nameOffset, Math.min(nameLength, 16)));
    if (name === maximalAccess && dataLength >= 8) return maskOf(placed(rest, 'Data', dataOffset, dataLength));
    if (next !== 0 && (next < 16 || next > rest.length)) throw new WireError('Next', 0, `${next} lies outside the contexts`);
    rest = next === 0 ? rest.subarray(rest.length) : rest.subarray(next);
  }
  return null;
}

function maskOf(data: Uint8Array): number | null {
  const reader = new ByteReader(data);
  return reader.uint32('QueryStatus') === 0 ? reader.uint32('MaximalAccess') : null;
}

export function encodeClose(fileId: FileId): Uint8Array {
  return new ByteWriter().uint16(24, 0).uint32(0).bytes(fileId).finish();
}
