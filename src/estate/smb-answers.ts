/** What the estate's SMB servers say: bodies of responses (MS-SMB2 section 2.2), NTLM's challenge, DCE/RPC and NDR. Bytes only; opens no sockets. */
import { ByteWriter, utf16Bytes } from '../protocols/smb/wire/byte-writer.js';
import { toFileTime } from '../protocols/smb/wire/file-time.js';
import { type Dialect, dialectNumbers } from '../protocols/smb/wire/negotiate.js';
import type { VirtualEntry } from './virtual-tree.js';

const headerLength = 64;
const protocolId = 0x424d53fe;

export interface Answer {
  readonly command: number;
  readonly status: number;
  readonly messageId: bigint;
  readonly treeId: number;
  readonly sessionId: bigint;
  readonly body: Uint8Array;
}

/** Answers of one frame, as the requests came in one. */
export function smbMessages(answers: readonly Answer[]): Uint8Array {
  const writer = new ByteWriter();
  for (const [index, { command, status, messageId, treeId, sessionId, body }] of answers.entries()) {
    const isLast = index === answers.length - 1;
    const length = headerLength + body.length;
    const padding = isLast ? 0 : (8 - (length % 8)) % 8;
    writer
      .uint32(protocolId)
      .uint16(headerLength, 1)
      .uint32(status)
      .uint16(command, 16)
      .uint32(1, isLast ? 0 : length + padding);
    writer.uint64(messageId).uint32(0, treeId).uint64(sessionId).zeros(16).bytes(body).zeros(padding);
  }
  return writer.finish();
}

/** Section 2.2.2. */
export const errorBody = (): Uint8Array => new ByteWriter().uint16(9).zeros(7).finish();
export const emptyBody = (): Uint8Array => new ByteWriter().uint16(4, 0).finish();
export const closeBody = (): Uint8Array => new ByteWriter().uint16(60).zeros(58).finish();

export interface NegotiationSaid {
  readonly dialect: Dialect;
  readonly signingRequired: boolean;
  /** AES-128-GCM. */
  readonly encrypts: boolean;
  readonly compresses: boolean;
  readonly now: number;
}

/** Section 2.2.4. */
export function negotiateBody({ dialect, signingRequired, encrypts, compresses, now }: NegotiationSaid): Uint8Array {
  const contexts = dialect === '3.1.1' ? negotiateContexts(encrypts, compresses) : [];
  const writer = new ByteWriter().uint16(65, signingRequired ? 3 : 1, dialectNumbers[dialect], contexts.length);
  writer.bytes(new Uint8Array(16).fill(0x5a)).uint32(encrypts && dialect.startsWith('3') ? 0x47 : 0x07, 1 << 20, 1 << 20, 1 << 20);
  writer
    .uint64(toFileTime(now))
    .uint64(0n)
    .uint16(headerLength + 64, 0)
    .uint32(contexts.length === 0 ? 0 : headerLength + 64);
  for (const [index, { type, data }] of contexts.entries()) {
    writer.uint16(type, data.length).uint32(0).bytes(data);
    if (index < contexts.length - 1) writer.align(8);
  }
  return contexts.length === 0 ? writer.zeros(1).finish() : writer.finish();
}

function negotiateContexts(encrypts: boolean, compresses: boolean): readonly { type: number; data: Uint8Array }[] {
  return [
    { type: 1, data: new ByteWriter().uint16(1, 32, 1).zeros(32).finish() },
    { type: 2, data: new ByteWriter().uint16(1, encrypts ? 2 : 0).finish() },
    ...(compresses ? [{ type: 3, data: new ByteWriter().uint16(1, 0).uint32(0).uint16(1).finish() }] : []),
    { type: 8, data: new ByteWriter().uint16(1, 1).finish() },
  ];
}

/** Section 2.2.6. Flags: 1 guest, 2 anonymous, 4 encrypts. */
export function sessionSetupBody(flags: number, token: Uint8Array): Uint8Array {
  return new ByteWriter()
    .uint16(9, flags, headerLength + 8, token.length)
    .bytes(token)
    .finish();
}

export interface NtlmSaid {
  readonly version: readonly [major: number, minor: number, build: number];
  readonly computer: string;
  readonly domain: string;
}

/** CHALLENGE_MESSAGE, MS-NLMP section 2.2.1.2, without SPNEGO around it: what reads it looks for its signature. */
export function ntlmChallenge({ version: [major, minor, build], computer, domain }: NtlmSaid): Uint8Array {
  const info = new ByteWriter();
  for (const [id, name] of [
    [2, domain],
    [1, computer],
    [3, computer.toLowerCase()],
  ] as const) {
    info.uint16(id, name.length * 2).utf16(name);
  }
  const targetInfo = info.uint16(0, 0).finish();
  const writer = new ByteWriter()
    .ascii('NTLMSSP')
    .uint8(0)
    .uint32(2)
    .uint16(0, 0)
    .uint32(56)
    .uint32(0x22898205 | 0x800000 | 0x02000000);
  writer.zeros(16).uint16(targetInfo.length, targetInfo.length).uint32(56).uint8(major, minor).uint16(build).uint8(0, 0, 0, 15);
  return writer.bytes(targetInfo).finish();
}

/** Section 2.2.10. `kind`: 1 disk, 2 pipe. */
export const treeConnectBody = (kind: number, maximalAccess: number, encryptData = false): Uint8Array =>
  new ByteWriter()
    .uint16(16)
    .uint8(kind, 0)
    .uint32(encryptData ? 0x8000 : 0, 0, maximalAccess)
    .finish();

export interface Opened {
  readonly fileId: Uint8Array;
  readonly isFolder: boolean;
  readonly size: number;
  /** Of the answer to "MxAc"; `null`: nobody asked. */
  readonly maximalAccess: number | null;
}

/** Section 2.2.14. */
export function createBody({ fileId, isFolder, size, maximalAccess }: Opened): Uint8Array {
  const asked = maximalAccess !== null;
  const writer = new ByteWriter().uint16(89).uint8(0, 0).uint32(1).zeros(32).uint64(BigInt(size)).uint64(BigInt(size));
  writer
    .uint32(isFolder ? 0x10 : 0x80, 0)
    .bytes(fileId)
    .uint32(asked ? headerLength + 88 : 0, asked ? 32 : 0);
  if (!asked) return writer.zeros(1).finish();
  return writer.uint32(0).uint16(16, 4, 0, 24).uint32(8).ascii('MxAc').zeros(4).uint32(0, maximalAccess).finish();
}

/** Sections 2.2.34 and MS-FSCC 2.4.18: as many of the entries as fit; how many those are is said too. */
export function queryDirectoryBody(entries: readonly VirtualEntry[], limit: number): { body: Uint8Array; took: number } {
  const sizes = entries.map(({ name }) => Math.ceil((68 + name.length * 2) / 8) * 8);
  let took = 0;
  let length = 0;
  while (took < entries.length && length + (sizes[took] ?? 0) <= limit) {
    length += sizes[took] ?? 0;
    took += 1;
  }
  const writer = new ByteWriter().uint16(9, headerLength + 8).uint32(0);
  for (const [index, entry] of entries.slice(0, took).entries()) directoryEntry(writer, entry, index === took - 1 ? 0 : (sizes[index] ?? 0));
  const body = writer.finish().slice();
  new DataView(body.buffer).setUint32(4, body.length - 8, true);
  return { body, took };
}

function directoryEntry(writer: ByteWriter, { name, kind, size, modified }: VirtualEntry, next: number): void {
  const time = toFileTime(modified);
  writer.uint32(next, 0).uint64(time).uint64(time).uint64(time).uint64(time);
  writer.uint64(BigInt(kind === 'file' ? size : 0)).uint64(0n);
  const isLink = kind === 'link';
  writer.uint32(isLink ? 0x410 : kind === 'folder' ? 0x10 : 0x80, name.length * 2, isLink ? 0xa000000c : 0).utf16(name);
  if (next !== 0) writer.align(8);
}

/** Section 2.2.20. */
export const readBody = (data: Uint8Array): Uint8Array =>
  new ByteWriter()
    .uint16(17)
    .uint8(headerLength + 16, 0)
    .uint32(data.length, 0, 0)
    .bytes(data)
    .finish();

/** Section 2.2.32. */
export function ioctlBody(fileId: Uint8Array, output: Uint8Array): Uint8Array {
  const writer = new ByteWriter()
    .uint16(49, 0)
    .uint32(0x0011c017)
    .bytes(fileId)
    .uint32(headerLength + 48, 0, headerLength + 48, output.length, 0, 0);
  return writer.bytes(output).finish();
}

const rpcPacket = (type: number, flags: number, callId: number, body: Uint8Array): Uint8Array =>
  new ByteWriter()
    .uint8(5, 0, type, flags, 0x10, 0, 0, 0)
    .uint16(16 + body.length, 0)
    .uint32(callId)
    .bytes(body)
    .finish();

/** C706 section 12.6.4.4. `result` 0: accepted. */
export function bindAck(callId: number, result = 0): Uint8Array {
  const name = '\\PIPE\\srvsvc\0';
  const writer = new ByteWriter().uint16(4_280, 4_280).uint32(1).uint16(name.length).ascii(name).align(4).uint8(1, 0, 0, 0).uint16(result, 0);
  return rpcPacket(12, 3, callId, writer.zeros(20).finish());
}

/** C706 section 12.6.4.10, cut into fragments of at most `cut` bytes of stub. */
export function rpcResponse(callId: number, stub: Uint8Array, cut = 4_200): Uint8Array {
  const writer = new ByteWriter();
  for (let at = 0; at === 0 || at < stub.length; at += cut) {
    const part = stub.subarray(at, at + cut);
    const flags = (at === 0 ? 1 : 0) | (at + cut >= stub.length ? 2 : 0);
    writer.bytes(rpcPacket(2, flags, callId, new ByteWriter().uint32(stub.length).uint16(0).uint8(0, 0).bytes(part).finish()));
  }
  return writer.finish();
}

export interface ListedShare {
  readonly name: string;
  /** MS-SRVS section 2.2.2.4. */
  readonly type: number;
  readonly remark: string;
}

/** NetrShareEnum's answer at level 1, MS-SRVS section 3.1.4.8. */
export function shareEnumStub(shares: readonly ListedShare[], result = 0): Uint8Array {
  const writer = new ByteWriter().uint32(1, 1, 0x20000, shares.length, 0x20004, shares.length);
  for (const { type } of shares) writer.uint32(0x20008, type, 0x2000c);
  for (const { name, remark } of shares) for (const text of [name, remark]) ndrString(writer, text);
  return writer.uint32(shares.length, 0x20010, 0, result).finish();
}

function ndrString(writer: ByteWriter, text: string): void {
  const bytes = utf16Bytes(`${text}\0`);
  writer
    .uint32(bytes.length / 2, 0, bytes.length / 2)
    .bytes(bytes)
    .align(4);
}
