/** READ, MS-SMB2 sections 2.2.19 and 2.2.20: the first 132 bytes of a file, or what a pipe holds. No other read can be written here. */
import { expectSize, placed } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import type { FileId } from './create.js';
import { bodyOf, type Message } from './message.js';

/** PS3.10 section 7.1: 128 bytes of preamble, then DICM. */
export const firstBytesLength = 132;
export const pipeBytes = 65_536;

export const encodeReadFirstBytes = (fileId: FileId): Uint8Array => encodeRead(fileId, firstBytesLength);
export const encodeReadPipe = (fileId: FileId): Uint8Array => encodeRead(fileId, pipeBytes);

/** Always from the start. */
function encodeRead(fileId: FileId, length: number): Uint8Array {
  return new ByteWriter().uint16(49).uint8(0x50, 0).uint32(length).uint64(0n).bytes(fileId).uint32(0, 0, 0).uint16(0, 0).zeros(1).finish();
}

/** A view of the message. */
export function decodeReadResponse(message: Pick<Message, 'bytes'>): Uint8Array {
  const reader = bodyOf(message);
  expectSize(reader, 17);
  const offset = reader.uint8('DataOffset');
  reader.skip('Reserved', 1);
  return placed(message.bytes, 'Data', offset, reader.uint32('DataLength'));
}
