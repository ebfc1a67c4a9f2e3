/**
 * One SMB 1 message (MS-CIFS section 2.2.3): the header, words and bytes. The commands that exist here are all that this program can say in SMB 1: there is no
 * WRITE, DELETE, RENAME, CREATE_DIRECTORY, SET_INFORMATION or LOCKING among them.
 */
import { WireError } from '../../../model/wire.js';
import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';

export const smb1Commands = {
  close: 0x04,
  transaction: 0x25,
  read: 0x2e,
  transaction2: 0x32,
  findClose: 0x34,
  treeDisconnect: 0x71,
  negotiate: 0x72,
  sessionSetup: 0x73,
  logoff: 0x74,
  treeConnect: 0x75,
  create: 0xa2,
} as const;
export type Smb1Command = keyof typeof smb1Commands;

const protocolId = Uint8Array.of(0xff, 0x53, 0x4d, 0x42);
const unicodeFlag = 0x8000;
const replyFlag = 0x80;
/** Where the words begin: offsets within a message count from its header. */
export const smb1WordsStart = 33;

export interface Smb1Place {
  /** UID: the session. */
  readonly userId: number;
  readonly treeId: number;
}
export const smb1Nowhere: Smb1Place = { userId: 0, treeId: 0 };

export interface Smb1Message {
  readonly command: number;
  readonly status: number;
  readonly isReply: boolean;
  readonly isUnicode: boolean;
  readonly treeId: number;
  readonly userId: number;
  readonly multiplexId: number;
  readonly words: Uint8Array;
  readonly data: Uint8Array;
  /** Of the data within the message: Unicode text starts at an even one. */
  readonly dataOffset: number;
  /** The whole message, which offsets count in. */
  readonly bytes: Uint8Array;
}

export const isSmb1 = (frame: Uint8Array): boolean => protocolId.every((byte, index) => frame[index] === byte);

/** Flags: canonical paths, case does not matter. Flags2: long names, NTSTATUS, Unicode; no extended security, so that one message makes a session. */
export function encodeSmb1(command: Smb1Command, place: Smb1Place, multiplexId: number, words: Uint8Array, data: Uint8Array): Uint8Array {
  const writer = new ByteWriter().bytes(protocolId).uint8(smb1Commands[command]).uint32(0).uint8(0x18);
  writer
    .uint16(unicodeFlag | 0x4000 | 0x0001)
    .zeros(12)
    .uint16(place.treeId, 0xfeff, place.userId, multiplexId);
  return writer
    .uint8(words.length / 2)
    .bytes(words)
    .uint16(data.length)
    .bytes(data)
    .finish();
}

/** Where the data of a message with so many bytes of words begins. */
export const smb1DataStart = (wordBytes: number): number => smb1WordsStart + wordBytes + 2;

/** Section 2.2.3. A ByteCount that promises more than came is taken for what came: some servers count padding that they do not send. */
export function decodeSmb1Message(frame: Uint8Array): Smb1Message {
  const reader = new ByteReader(frame);
  if (!isSmb1(reader.bytes('Protocol', 4))) throw new WireError('Protocol', 0, 'is not SMB 1');
  const command = reader.uint8('Command');
  const status = reader.uint32('Status');
  const flags = reader.uint8('Flags');
  const flags2 = reader.uint16('Flags2');
  reader.skip('PIDHigh to Reserved', 12);
  const treeId = reader.uint16('TID');
  reader.skip('PIDLow', 2);
  const userId = reader.uint16('UID');
  const multiplexId = reader.uint16('MID');
  const words = reader.bytes('Words', reader.uint8('WordCount') * 2);
  const length = reader.left >= 2 ? reader.uint16('ByteCount') : 0;
  const dataOffset = reader.offset;
  const data = reader.bytes('Bytes', Math.min(length, reader.left));
  const isUnicode = (flags2 & unicodeFlag) !== 0;
  return { command, status, isReply: (flags & replyFlag) !== 0, isUnicode, treeId, userId, multiplexId, words, data, dataOffset, bytes: frame };
}

/** The words of the answer to this command. */
export function smb1WordsOf({ command, words }: Smb1Message, expected: Smb1Command): ByteReader {
  if (command !== smb1Commands[expected]) throw new WireError('Command', 4, `${command} answers something else`);
  return new ByteReader(words);
}

/** AndXCommand, reserved, AndXOffset: no other command follows in the same message. */
export const noAndX = (): ByteWriter => new ByteWriter().uint8(0xff, 0).uint16(0);
export const skipAndX = (words: ByteReader): void => words.skip('AndX', Math.min(words.left, 4));
