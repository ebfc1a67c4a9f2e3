/** IOCTL with FSCTL_PIPE_TRANSCEIVE, MS-SMB2 sections 2.2.31 and 2.2.32: one question to the program behind a named pipe. The only control code there is. */
import { expectSize, placed } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import type { FileId } from './create.js';
import { bodyOf, bodyStart, type Message } from './message.js';
import { pipeBytes } from './read.js';

const pipeTransceive = 0x0011c017;
const isFsctl = 1;

export function encodePipeTransceive(fileId: FileId, question: Uint8Array): Uint8Array {
  const writer = new ByteWriter()
    .uint16(57, 0)
    .uint32(pipeTransceive)
    .bytes(fileId)
    .uint32(bodyStart + 56, question.length, 0);
  return writer.uint32(0, 0, pipeBytes, isFsctl, 0).bytes(question).finish();
}

export function decodePipeTransceiveResponse(message: Pick<Message, 'bytes'>): Uint8Array {
  const reader = bodyOf(message);
  expectSize(reader, 49);
  reader.skip('Reserved to InputCount', 2 + 4 + 16 + 8);
  const offset = reader.uint32('OutputOffset');
  return placed(message.bytes, 'Output', offset, reader.uint32('OutputCount'));
}
