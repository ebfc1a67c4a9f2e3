/**
 * NTLM as a caller without an account speaks it, MS-NLMP section 2.2.1. There is no password here and no way to prove one: the
 * anonymous response is empty, and the one under an unknown name fits no password. Names of machines and domains are handed to
 * a reducer and dropped.
 */
import { WireError } from '../../../model/wire.js';
import { ByteReader, placed } from './byte-reader.js';
import { asciiBytes, ByteWriter, utf16Bytes, utf16Text } from './byte-writer.js';

const signature = asciiBytes('NTLMSSP\0');
/** Section 2.2.2.5: Unicode, target wanted, NTLM, always sign, extended session security, 128 and 56 bits. */
const flags = 0x1 | 0x4 | 0x200 | 0x8000 | 0x80000 | 0x20000000 | 0x80000000;
const anonymousFlag = 0x800;
const versionFlag = 0x02000000;
const targetInfoFlag = 0x800000;
const mostPairs = 32;

export interface NtlmChallenge {
  /** Section 2.2.2.10; `null`: not said. */
  readonly version: { readonly major: number; readonly minor: number; readonly build: number } | null;
  /** What the reducer made of them; `null`: not said. */
  readonly computer: string | null;
  readonly domain: string | null;
  readonly dnsComputer: string | null;
  readonly dnsDomain: string | null;
  /** As it came, to be sent back within an AUTHENTICATE_MESSAGE and dropped: it names the machine. */
  readonly targetInfo: Uint8Array;
}

/** NEGOTIATE_MESSAGE, section 2.2.1.1. */
export const encodeNtlmNegotiate = (): Uint8Array =>
  new ByteWriter()
    .bytes(signature)
    .uint32(1, flags >>> 0)
    .zeros(16)
    .finish();

/** AUTHENTICATE_MESSAGE of nobody, section 3.2.5.1.2: no name, an LM response of one zero byte. */
export const encodeAnonymousAuthenticate = (workstation: string): Uint8Array =>
  encodeAuthenticate({ flags: flags | anonymousFlag, lm: new Uint8Array(1), nt: new Uint8Array(0), user: '', workstation });

/**
 * AUTHENTICATE_MESSAGE under a name that nobody has, with an NTLMv2 response (section 2.2.2.8) whose proof is zeros: no password
 * gives it. It has the server's target information in it, without which Samba does not look at the name.
 */
export const encodeStrangerAuthenticate = (user: string, workstation: string, targetInfo: Uint8Array): Uint8Array =>
  encodeAuthenticate({ flags, lm: new Uint8Array(24), nt: zeroProof(targetInfo), user, workstation });

const zeroProof = (targetInfo: Uint8Array): Uint8Array => new ByteWriter().zeros(16).uint8(1, 1).zeros(26).bytes(targetInfo).zeros(4).finish();

interface Authenticate {
  readonly flags: number;
  readonly lm: Uint8Array;
  readonly nt: Uint8Array;
  readonly user: string;
  readonly workstation: string;
}

function encodeAuthenticate({ flags: negotiated, lm, nt, user, workstation }: Authenticate): Uint8Array {
  const parts = [lm, nt, new Uint8Array(0), utf16Bytes(user), utf16Bytes(workstation), new Uint8Array(0)];
  const writer = new ByteWriter().bytes(signature).uint32(3);
  let offset = 64;
  for (const part of parts) {
    writer.uint16(part.length, part.length).uint32(offset);
    offset += part.length;
  }
  writer.uint32(negotiated >>> 0);
  for (const part of parts) writer.bytes(part);
  return writer.finish();
}

/** CHALLENGE_MESSAGE, section 2.2.1.2, somewhere in a SPNEGO token; `undefined` where there is none. */
export function decodeChallenge(token: Uint8Array, reduce: (name: string) => string): NtlmChallenge | undefined {
  const start = indexOfSignature(token);
  if (start < 0) return undefined;
  const message = token.subarray(start);
  const reader = new ByteReader(message, signature.length);
  if (reader.uint32('MessageType') !== 2) return undefined;
  reader.skip('TargetNameFields', 8);
  const negotiated = reader.uint32('NegotiateFlags');
  reader.skip('ServerChallenge, Reserved', 16);
  const length = reader.uint16('TargetInfoLen');
  reader.skip('TargetInfoMaxLen', 2);
  const offset = reader.uint32('TargetInfoBufferOffset');
  const version = (negotiated & versionFlag) !== 0 ? versionOf(reader) : null;
  const hasInfo = (negotiated & targetInfoFlag) !== 0;
  const targetInfo = hasInfo ? placed(message, 'TargetInfo', offset, length).slice() : new Uint8Array(0);
  const names = targetNames(targetInfo, reduce);
  const name = (id: number) => names.get(id) || null;
  return { version, computer: name(1), domain: name(2), dnsComputer: name(3), dnsDomain: name(4), targetInfo };
}

function indexOfSignature(bytes: Uint8Array): number {
  for (let at = 0; at + signature.length <= bytes.length; at += 1) {
    if (signature.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}

function versionOf(reader: ByteReader): NtlmChallenge['version'] {
  const major = reader.uint8('ProductMajorVersion');
  const minor = reader.uint8('ProductMinorVersion');
  return { major, minor, build: reader.uint16('ProductBuild') };
}

/** AV_PAIRs 1 to 4 (section 2.2.2.1), reduced. */
function targetNames(info: Uint8Array, reduce: (name: string) => string): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  const reader = new ByteReader(info);
  for (let count = 0; reader.left >= 4; count += 1) {
    if (count === mostPairs) throw new WireError('AV_PAIR', reader.offset, `more than ${mostPairs}`);
    const id = reader.uint16('AvId');
    const value = reader.bytes('Value', reader.uint16('AvLen'));
    if (id === 0) break;
    if (id <= 4) names.set(id, reduce(utf16Text(value.subarray(0, 512))));
  }
  return names;
}
