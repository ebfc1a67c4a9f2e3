/** QUERY_DIRECTORY with FileFullDirectoryInformation, MS-SMB2 section 2.2.33 and MS-FSCC section 2.4.18. Keeps what the server said, and follows nothing. */
import { WireError } from '../../../model/wire.js';
import { ByteReader, expectSize, placed } from './byte-reader.js';
import { ByteWriter, utf16Text } from './byte-writer.js';
import type { FileId } from './create.js';
import { fileTimeMs } from './file-time.js';
import { bodyOf, bodyStart, type Message } from './message.js';

/** FileFullDirectoryInformation: unlike the plain one it tells what kind of reparse point an entry is. */
const informationClass = 0x02;
const attributeBits = { directory: 0x10, reparsePoint: 0x400, offline: 0x1000, recallOnOpen: 0x40000, recallOnDataAccess: 0x400000 } as const;
/** MS-FSCC section 2.1.2.1: the tag of something that stands for another place. */
const nameSurrogate = 0x20000000;
/** One answer's worth; within what one credit pays for (MS-SMB2 section 3.1.5.2). */
export const listingBytes = 65_536;
const longestName = 2_048;

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link';
  readonly size: number | null;
  /** Last write, milliseconds since the epoch. */
  readonly modified: number | null;
  /** On tape or in a cloud: reading it would fetch it. */
  readonly isAway: boolean;
}

export function encodeQueryDirectory(fileId: FileId): Uint8Array {
  const pattern = '*';
  const writer = new ByteWriter().uint16(33).uint8(informationClass, 0).uint32(0).bytes(fileId);
  return writer
    .uint16(bodyStart + 32, pattern.length * 2)
    .uint32(listingBytes)
    .utf16(pattern)
    .finish();
}

/** `.` and `..` are left out. Throws `WireError` on offsets that lead outside or backwards. */
export function decodeQueryDirectoryResponse(message: Pick<Message, 'bytes'>): readonly DirectoryEntry[] {
  const reader = bodyOf(message);
  expectSize(reader, 9);
  const offset = reader.uint16('OutputBufferOffset');
  const length = reader.uint32('OutputBufferLength');
  return decodeDirectoryEntries(placed(message.bytes, 'OutputBuffer', offset, length));
}

/** MS-FSCC section 2.4.18; SMB 1 has the same (MS-CIFS section 2.2.8.1.5), where the last entry may point to the end. */
export function decodeDirectoryEntries(bytes: Uint8Array): readonly DirectoryEntry[] {
  let rest = bytes;
  const entries: DirectoryEntry[] = [];
  while (rest.length > 0) {
    const { next, entry } = decodeEntry(rest);
    if (entry.name !== '.' && entry.name !== '..') entries.push(entry);
    if (next !== 0 && (next < 68 || next > rest.length)) throw new WireError('NextEntryOffset', 0, `${next} lies outside the listing`);
    rest = next === 0 ? rest.subarray(rest.length) : rest.subarray(next);
  }
  return entries;
}

function decodeEntry(bytes: Uint8Array): { next: number; entry: DirectoryEntry } {
  const reader = new ByteReader(bytes);
  const next = reader.uint32('NextEntryOffset');
  reader.skip('FileIndex, CreationTime, LastAccessTime', 20);
  const modified = fileTimeMs(reader.uint64('LastWriteTime'));
  reader.skip('ChangeTime', 8);
  const size = reader.uint64('EndOfFile');
  reader.skip('AllocationSize', 8);
  const attributes = reader.uint32('FileAttributes');
  const nameLength = reader.uint32('FileNameLength');
  const reparseTag = reader.uint32('EaSize');
  if (nameLength > longestName) throw new WireError('FileNameLength', 60, `${nameLength} bytes are more than ${longestName}`);
  const name = utf16Text(reader.bytes('FileName', nameLength));
  const isFolder = (attributes & attributeBits.directory) !== 0;
  const isLink = (attributes & attributeBits.reparsePoint) !== 0 && (reparseTag & nameSurrogate) !== 0;
  const isAway = (attributes & (attributeBits.offline | attributeBits.recallOnOpen | attributeBits.recallOnDataAccess)) !== 0;
  return { next, entry: { name, kind: isLink ? 'link' : isFolder ? 'folder' : 'file', size: isFolder ? null : sizeOf(size), modified, isAway } };
}

const sizeOf = (size: bigint): number | null => (size > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(size));
