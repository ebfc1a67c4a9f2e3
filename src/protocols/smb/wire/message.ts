/**
 * The 64 bytes in front of every SMB 2 and 3 message, and several messages in one frame (MS-SMB2 sections 2.2.1 and 3.2.4.1.4).
 * The commands that exist here are all that this program can say: there is no WRITE, SET_INFO, LOCK or FLUSH among them.
 */
import { WireError } from '../../../model/wire.js';
import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';

export const commands = {
  negotiate: 0x00,
  sessionSetup: 0x01,
  logoff: 0x02,
  treeConnect: 0x03,
  treeDisconnect: 0x04,
  create: 0x05,
  close: 0x06,
  read: 0x08,
  ioctl: 0x0b,
  queryDirectory: 0x0e,
} as const;
export type CommandName = keyof typeof commands;

const flagBits = { response: 0x1, async: 0x2, related: 0x4 } as const;
const protocolId = 0x424d53fe; // FE "SMB"
const headerLength = 64;
/** Nobody answers more than was asked, and no more than this is asked in one frame. */
const mostMessages = 8;

export interface MessageHead {
  readonly command: CommandName;
  readonly messageId: bigint;
  readonly treeId: number;
  readonly sessionId: bigint;
  /** Credits asked for. */
  readonly credits: number;
  /** Works on the file of the message before it in the frame. */
  readonly isRelated?: boolean;
}

export interface Request extends MessageHead {
  /** With offsets that count the 64 bytes of the header. */
  readonly body: Uint8Array;
}

export interface Message {
  /** Number of the command. */
  readonly command: number;
  readonly status: number;
  readonly isResponse: boolean;
  readonly messageId: bigint;
  readonly treeId: number;
  readonly sessionId: bigint;
  /** Of a response: granted. */
  readonly credits: number;
  /** From the first byte of the header to the end of the body: what offsets within it count from. */
  readonly bytes: Uint8Array;
}

export function encodeMessages(requests: readonly Request[]): Uint8Array {
  const writer = new ByteWriter();
  for (const [index, request] of requests.entries()) {
    const length = headerLength + request.body.length;
    const padding = index === requests.length - 1 ? 0 : (8 - (length % 8)) % 8;
    encodeHeader(writer, request, index === requests.length - 1 ? 0 : length + padding);
    writer.bytes(request.body).zeros(padding);
  }
  return writer.finish();
}

function encodeHeader(writer: ByteWriter, { command, messageId, treeId, sessionId, credits, isRelated = false }: MessageHead, next: number): void {
  writer.uint32(protocolId).uint16(headerLength, 1).uint32(0).uint16(commands[command], credits);
  writer
    .uint32(isRelated ? flagBits.related : 0, next)
    .uint64(messageId)
    .uint32(0, treeId)
    .uint64(sessionId)
    .zeros(16);
}

/** All messages of one frame; empty where it is not SMB 2 or 3. Throws `WireError` on lengths that lie. */
export function decodeMessages(frame: Uint8Array): readonly Message[] {
  const messages: Message[] = [];
  let rest = frame;
  while (rest.length > 0) {
    if (messages.length === mostMessages) throw new WireError('NextCommand', frame.length - rest.length, `more than ${mostMessages} messages in one frame`);
    const reader = new ByteReader(rest);
    if (reader.uint32('ProtocolId') !== protocolId) {
      if (messages.length === 0) return [];
      throw new WireError('ProtocolId', frame.length - rest.length, 'another protocol within a frame');
    }
    const { next, message } = decodeHeader(reader, rest);
    messages.push(message);
    rest = next === 0 ? rest.subarray(rest.length) : rest.subarray(next);
  }
  return messages;
}

function decodeHeader(reader: ByteReader, bytes: Uint8Array): { next: number; message: Message } {
  const size = reader.uint16('StructureSize');
  if (size !== headerLength) throw new WireError('StructureSize', 4, `is ${size} where ${headerLength} is due`);
  reader.skip('CreditCharge', 2);
  const status = reader.uint32('Status');
  const command = reader.uint16('Command');
  const credits = reader.uint16('CreditResponse');
  const flags = reader.uint32('Flags');
  const next = reader.uint32('NextCommand');
  const messageId = reader.uint64('MessageId');
  reader.skip('Reserved', 4);
  const treeId = reader.uint32('TreeId');
  const sessionId = reader.uint64('SessionId');
  reader.skip('Signature', 16);
  if (next !== 0 && (next < headerLength || next > bytes.length)) throw new WireError('NextCommand', 20, `${next} lies outside the frame`);
  const isResponse = (flags & flagBits.response) !== 0;
  return { next, message: { command, status, isResponse, messageId, treeId, sessionId, credits, bytes: next === 0 ? bytes : bytes.subarray(0, next) } };
}

/** Where a body starts. */
export const bodyOf = (message: Pick<Message, 'bytes'>): ByteReader => new ByteReader(message.bytes, headerLength);
export const bodyStart = headerLength;
