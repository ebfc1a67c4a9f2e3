/**
 * The first words of SMB 1 (MS-CIFS): NEGOTIATE for "NT LM 0.12", and SESSION_SETUP_ANDX, without a name or under one that nobody has. There is no password
 * here, and no way to prove one.
 */
import { ByteReader } from './byte-reader.js';
import { ByteWriter, utf16Text } from './byte-writer.js';
import { fileTimeMs } from './file-time.js';
import { decodeSmb1Message, encodeSmb1, noAndX, skipAndX, smb1DataStart, smb1Nowhere, smb1WordsOf } from './smb1-message.js';

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

export function encodeSmb1Negotiate(): Uint8Array {
  return encodeSmb1('negotiate', smb1Nowhere, 0, new Uint8Array(0), new ByteWriter().uint8(2).ascii('NT LM 0.12').uint8(0).finish());
}

/** MS-CIFS section 2.2.4.52.2. A server that took none of the dialects says FFFFH, or leaves everything out. */
export function decodeSmb1NegotiateResponse(frame: Uint8Array): Smb1Negotiation {
  const words = smb1WordsOf(decodeSmb1Message(frame), 'negotiate');
  const dialect = words.left >= 2 ? words.uint16('DialectIndex') : noDialect;
  const none = { accepted: false, signing: 'unknown', encryptsPasswords: false, systemTime: null } as const;
  if (dialect !== 0) return none;
  if (words.left < 32) return { ...none, accepted: true }; // older than NT LM 0.12, but it was chosen
  const securityMode = words.uint8('SecurityMode');
  words.skip('MaxMpxCount to Capabilities', 2 + 2 + 4 + 4 + 4 + 4);
  const signing = (securityMode & 8) !== 0 ? 'required' : (securityMode & 4) !== 0 ? 'enabled' : 'disabled';
  return { accepted: true, signing, encryptsPasswords: (securityMode & 2) !== 0, systemTime: fileTimeMs(words.uint64('SystemTime')) };
}

/** Nobody's answer to the challenge of the server: 24 bytes as an NTLM response has, which no password gives. */
const noAnswer = new Uint8Array(24);

/** MS-CIFS section 2.2.4.53.1: no name, no password. */
export const encodeSmb1AnonymousSetup = (): Uint8Array => encodeSetup(1, '', new Uint8Array(1), new Uint8Array(0));
/** Under a name that nobody has. */
export const encodeSmb1StrangerSetup = (name: string): Uint8Array => encodeSetup(2, name, noAnswer, noAnswer);

/** Of the capabilities: Unicode, NT SMBs (NT_CREATE_ANDX), NTSTATUS. */
const capabilities = 0x54;

function encodeSetup(multiplexId: number, name: string, lanMan: Uint8Array, ntlm: Uint8Array): Uint8Array {
  const words = noAndX().uint16(16_384, 1, 1).uint32(0).uint16(lanMan.length, ntlm.length).uint32(0, capabilities).finish();
  const data = new ByteWriter().bytes(lanMan).bytes(ntlm);
  if ((smb1DataStart(words.length) + data.length) % 2 === 1) data.zeros(1);
  data.utf16(`${name}\0`).utf16('\0').utf16('DOSIMETER\0').utf16('DOSIMETER\0');
  return encodeSmb1('sessionSetup', smb1Nowhere, multiplexId, words, data.finish());
}

/** MS-CIFS section 2.2.4.53.2. */
export function decodeSmb1SessionSetupResponse(frame: Uint8Array): Smb1Session {
  const message = decodeSmb1Message(frame);
  const { status, userId, isUnicode, data, dataOffset } = message;
  const words = smb1WordsOf(message, 'sessionSetup');
  skipAndX(words);
  const isGuest = words.left >= 2 && (words.uint16('Action') & 1) !== 0;
  const texts = isUnicode ? new ByteReader(data, dataOffset % 2) : new ByteReader(data);
  const next = () => decodeText(texts, isUnicode);
  return { status, userId, isGuest, nativeOs: next(), nativeLanMan: next() };
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
