/**
 * SMB 1 as far as it is asked (MS-CIFS): NEGOTIATE for "NT LM 0.12", and one SESSION_SETUP_ANDX without a name, which tells the
 * product. Nothing else of SMB 1 can be said here.
 */
import { WireError } from '../../../model/wire.js';
import { ByteReader } from './byte-reader.js';
import { ByteWriter, utf16Text } from './byte-writer.js';
import { fileTimeMs } from './file-time.js';

const protocolId = Uint8Array.of(0xff, 0x53, 0x4d, 0x42);
const smb1Commands = { negotiate: 0x72, sessionSetup: 0x73 } as const;
const unicodeFlag = 0x8000;
const headerLength = 32;
const noDialect = 0xffff;
const longestText = 256;

export interface Smb1Negotiation {
  readonly accepted: boolean;
  readonly signing: 'required' | 'enabled' | 'disabled' | 'unknown';
  /** Bit 1 of SecurityMode: whether passwords travel as challenge and response. */
  readonly encryptsPasswords: boolean;
  readonly systemTime: number | null;
}

export interface Smb1Session {
  readonly status: number;
  readonly userId: number;
  /** Bit 0 of Action: let in as a guest. */
  readonly isGuest: boolean;
  /** NativeOS and NativeLanMan: names of products; `null`: not said. */
  readonly nativeOs: string | null;
  readonly nativeLanMan: string | null;
}

export const isSmb1 = (frame: Uint8Array): boolean => protocolId.every((byte, index) => frame[index] === byte);

export function encodeSmb1Negotiate(): Uint8Array {
  const data = new ByteWriter().uint8(2).ascii('NT LM 0.12').uint8(0).finish();
  return new ByteWriter().bytes(header(smb1Commands.negotiate, 0)).uint8(0).uint16(data.length).bytes(data).finish();
}

/** Flags: canonical paths, case does not matter. Flags2: long names, NTSTATUS, Unicode; no extended security, so that one message is enough. */
function header(command: number, multiplexId: number): Uint8Array {
  const writer = new ByteWriter()
    .bytes(protocolId)
    .uint8(command)
    .uint32(0)
    .uint8(0x18)
    .uint16(unicodeFlag | 0x4000 | 0x0001)
    .zeros(12);
  return writer.uint16(0, 0xfeff, 0, multiplexId).finish();
}

/** MS-CIFS section 2.2.4.52.2. A server that took none of the dialects says FFFFH, or leaves everything out. */
export function decodeSmb1NegotiateResponse(frame: Uint8Array): Smb1Negotiation {
  const { words } = decodeSmb1(frame, smb1Commands.negotiate);
  const dialect = words.left >= 2 ? words.uint16('DialectIndex') : noDialect;
  const none = { accepted: false, signing: 'unknown', encryptsPasswords: false, systemTime: null } as const;
  if (dialect !== 0) return none;
  if (words.left < 32) return { ...none, accepted: true }; // older than NT LM 0.12, but it was chosen
  const securityMode = words.uint8('SecurityMode');
  words.skip('MaxMpxCount to Capabilities', 2 + 2 + 4 + 4 + 4 + 4);
  const signing = (securityMode & 8) !== 0 ? 'required' : (securityMode & 4) !== 0 ? 'enabled' : 'disabled';
  return { accepted: true, signing, encryptsPasswords: (securityMode & 2) !== 0, systemTime: fileTimeMs(words.uint64('SystemTime')) };
}

/** MS-CIFS section 2.2.4.53.1: no name, no password. */
export function encodeSmb1AnonymousSetup(): Uint8Array {
  const words = new ByteWriter().uint8(0xff, 0).uint16(0, 16_384, 1, 0).uint32(0).uint16(1, 0).uint32(0, 0x54).finish();
  // A password of one zero byte, then padding to an even offset is not needed: 61 + 2 + 1 = 64.
  const data = new ByteWriter().zeros(1);
  if ((headerLength + 1 + words.length + 2 + data.length) % 2 === 1) data.zeros(1);
  data.utf16('\0\0').utf16('DOSIMETER\0').utf16('DOSIMETER\0');
  return new ByteWriter()
    .bytes(header(smb1Commands.sessionSetup, 1))
    .uint8(words.length / 2)
    .bytes(words)
    .uint16(data.length)
    .bytes(data.finish())
    .finish();
}

/** MS-CIFS section 2.2.4.53.2. */
export function decodeSmb1SessionSetupResponse(frame: Uint8Array): Smb1Session {
  const { status, userId, isUnicode, words, data, dataOffset } = decodeSmb1(frame, smb1Commands.sessionSetup);
  words.skip('AndX', Math.min(words.left, 4));
  const isGuest = words.left >= 2 && (words.uint16('Action') & 1) !== 0;
  const texts = isUnicode ? new ByteReader(data, dataOffset % 2) : new ByteReader(data);
  const next = () => decodeText(texts, isUnicode);
  return { status, userId, isGuest, nativeOs: next(), nativeLanMan: next() };
}

interface Smb1Message {
  readonly status: number;
  readonly userId: number;
  readonly isUnicode: boolean;
  readonly words: ByteReader;
  readonly data: Uint8Array;
  /** Of the data within the message: Unicode text starts at an even one. */
  readonly dataOffset: number;
}

function decodeSmb1(frame: Uint8Array, expected: number): Smb1Message {
  const reader = new ByteReader(frame);
  if (!isSmb1(reader.bytes('Protocol', 4))) throw new WireError('Protocol', 0, 'is not SMB 1');
  const command = reader.uint8('Command');
  if (command !== expected) throw new WireError('Command', 4, `${command} answers something else`);
  const status = reader.uint32('Status');
  reader.skip('Flags', 1);
  const flags2 = reader.uint16('Flags2');
  reader.skip('PIDHigh to PIDLow', 12 + 2 + 2);
  const userId = reader.uint16('UID');
  reader.skip('MID', 2);
  const words = new ByteReader(reader.bytes('Words', reader.uint8('WordCount') * 2));
  const length = reader.left >= 2 ? reader.uint16('ByteCount') : 0;
  const dataOffset = reader.offset;
  return { status, userId, isUnicode: (flags2 & unicodeFlag) !== 0, words, data: reader.bytes('Bytes', Math.min(length, reader.left)), dataOffset };
}

/** Up to a zero, printable ASCII only: product names are. `null` where there is nothing. */
function decodeText(reader: ByteReader, isUnicode: boolean): string | null {
  const unit = isUnicode ? 2 : 1;
  let text = '';
  while (reader.left >= unit) {
    const character = isUnicode ? utf16Text(reader.bytes('text', 2)) : String.fromCharCode(reader.uint8('text'));
    if (character === '\0') break;
    if (text.length < longestText && character >= ' ' && character <= '~') text += character;
  }
  return text === '' ? null : text;
}
