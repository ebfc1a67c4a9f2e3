/** NEGOTIATE with its contexts, MS-SMB2 sections 2.2.3 and 2.2.4. Says what was offered, never what that is worth. */
import { WireError } from '../../../model/wire.js';
import { ByteReader, expectSize } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { fileTimeMs } from './file-time.js';
import { bodyOf, bodyStart, type Message } from './message.js';

export const dialectNumbers = { '2.0.2': 0x0202, '2.1': 0x0210, '3.0': 0x0300, '3.0.2': 0x0302, '3.1.1': 0x0311 } as const;
export type Dialect = keyof typeof dialectNumbers;
export const allDialects = Object.keys(dialectNumbers) as readonly Dialect[];

export const ciphers = ['aes-128-ccm', 'aes-128-gcm', 'aes-256-ccm', 'aes-256-gcm'] as const;
export type Cipher = (typeof ciphers)[number];
export const signingAlgorithms = ['hmac-sha256', 'aes-cmac', 'aes-gmac'] as const;
export type SigningAlgorithm = (typeof signingAlgorithms)[number];

/** Section 2.2.3.1. */
const contextTypes = { preauthIntegrity: 1, encryption: 2, compression: 3, signing: 8 } as const;
const capabilityBits = { leasing: 0x02, multiChannel: 0x08, persistentHandles: 0x10, encryption: 0x40 } as const;
const signingBits = { enabled: 1, required: 2 } as const;
const mostContexts = 16;

export interface NegotiateRequest {
  readonly dialects: readonly Dialect[];
  /** 16 bytes; another one for every connection, since servers join connections by it. */
  readonly clientGuid: Uint8Array;
  /** 32 bytes for the preauthentication hash. */
  readonly salt: Uint8Array;
  /** A server that takes this may compress what follows, which we do not read: only on a connection that ends with it. */
  readonly offersCompression: boolean;
}

export interface NegotiateResponse {
  readonly dialect: Dialect;
  readonly signingRequired: boolean;
  readonly signingEnabled: boolean;
  /** Whether there is one: it would name the machine for good. */
  readonly hasServerGuid: boolean;
  readonly encryptionCapable: boolean;
  /** Milliseconds since the epoch. */
  readonly systemTime: number | null;
  /** Chosen for 3.1.1. */
  readonly cipher: Cipher | null;
  readonly signingAlgorithm: SigningAlgorithm | null;
  /** Compression algorithms that were taken, as numbers (section 2.2.3.1.3); `null`: not said. */
  readonly compression: readonly number[] | null;
}

export function encodeNegotiate({ dialects, clientGuid, salt, offersCompression }: NegotiateRequest): Uint8Array {
  const contexts = dialects.includes('3.1.1') ? contextsOf(salt, offersCompression) : [];
  const contextOffset = contexts.length === 0 ? 0 : aligned(bodyStart + 36 + dialects.length * 2);
  const writer = new ByteWriter().uint16(36, dialects.length, signingBits.enabled, 0);
  writer.uint32(dialects.some((dialect) => dialect.startsWith('3')) ? capabilityBits.encryption : 0).bytes(clientGuid);
  writer
    .uint32(contextOffset)
    .uint16(contexts.length, 0)
    .uint16(...dialects.map((dialect) => dialectNumbers[dialect]));
  for (const { type, data } of contexts) {
    writer.align(8); // the header before us is 64 bytes
    writer.uint16(type, data.length).uint32(0).bytes(data);
  }
  return writer.finish();
}

const aligned = (offset: number): number => Math.ceil(offset / 8) * 8;

function contextsOf(salt: Uint8Array, offersCompression: boolean): readonly { type: number; data: Uint8Array }[] {
  const sha512 = 1;
  return [
    { type: contextTypes.preauthIntegrity, data: new ByteWriter().uint16(1, salt.length, sha512).bytes(salt).finish() },
    { type: contextTypes.encryption, data: new ByteWriter().uint16(4, 4, 3, 2, 1).finish() },
    ...(offersCompression ? [{ type: contextTypes.compression, data: new ByteWriter().uint16(4, 0).uint32(0).uint16(1, 2, 3, 4).finish() }] : []),
    { type: contextTypes.signing, data: new ByteWriter().uint16(3, 2, 1, 0).finish() },
  ];
}

/** Throws `WireError` on a dialect that nobody asked for. `dialectWildcard` (2FFH) is not one of them. */
export function decodeNegotiateResponse(message: Pick<Message, 'bytes'>): NegotiateResponse {
  const reader = bodyOf(message);
  expectSize(reader, 65);
  const securityMode = reader.uint16('SecurityMode');
  const dialect = dialectOf(reader.uint16('DialectRevision'));
  const contextCount = reader.uint16('NegotiateContextCount');
  const guid = reader.bytes('ServerGuid', 16);
  const capabilities = reader.uint32('Capabilities');
  reader.skip('MaxTransactSize, MaxReadSize, MaxWriteSize', 12);
  const systemTime = fileTimeMs(reader.uint64('SystemTime'));
  reader.skip('ServerStartTime', 8);
  reader.skip('SecurityBuffer', 4);
  const contexts = dialect === '3.1.1' ? decodeContexts(message.bytes, reader.uint32('NegotiateContextOffset'), contextCount) : new Map<number, Uint8Array>();
  const cipher = cipherOf(contexts.get(contextTypes.encryption));
  return {
    dialect,
    signingRequired: (securityMode & signingBits.required) !== 0,
    signingEnabled: (securityMode & signingBits.enabled) !== 0,
    hasServerGuid: guid.some((byte) => byte !== 0),
    encryptionCapable: dialect === '3.1.1' ? cipher !== null : (capabilities & capabilityBits.encryption) !== 0,
    systemTime,
    cipher,
    signingAlgorithm: signingOf(contexts.get(contextTypes.signing)),
    compression: compressionOf(contexts.get(contextTypes.compression)),
  };
}

function dialectOf(number: number): Dialect {
  const found = allDialects.find((dialect) => dialectNumbers[dialect] === number);
  if (!found) throw new WireError('DialectRevision', bodyStart + 4, `${number.toString(16)}H was not offered`);
  return found;
}

/** Type → data; of a type that comes twice, the first. */
function decodeContexts(bytes: Uint8Array, offset: number, count: number): ReadonlyMap<number, Uint8Array> {
  if (count > mostContexts) throw new WireError('NegotiateContextCount', bodyStart + 6, `${count} contexts are more than ${mostContexts}`);
  const contexts = new Map<number, Uint8Array>();
  const reader = new ByteReader(bytes, offset);
  for (let index = 0; index < count; index += 1) {
    reader.align(8);
    const type = reader.uint16('ContextType');
    const length = reader.uint16('DataLength');
    reader.skip('Reserved', 4);
    const data = reader.bytes('Data', length);
    if (!contexts.has(type)) contexts.set(type, data);
  }
  return contexts;
}

/** The server names one that it chose, or 0 for none. */
function cipherOf(data: Uint8Array | undefined): Cipher | null {
  const [chosen] = numbersOf(data, 'Ciphers');
  return chosen ? (ciphers[chosen - 1] ?? null) : null;
}

function signingOf(data: Uint8Array | undefined): SigningAlgorithm | null {
  const [chosen] = numbersOf(data, 'SigningAlgorithms');
  return chosen === undefined ? null : (signingAlgorithms[chosen] ?? null);
}

function numbersOf(data: Uint8Array | undefined, field: string): readonly number[] {
  if (!data) return [];
  const reader = new ByteReader(data);
  const count = reader.uint16(`${field} count`);
  return Array.from({ length: Math.min(count, 4) }, () => reader.uint16(field));
}

function compressionOf(data: Uint8Array | undefined): readonly number[] | null {
  if (!data) return null;
  const reader = new ByteReader(data);
  const count = reader.uint16('CompressionAlgorithmCount');
  reader.skip('Padding, Flags', 6);
  return Array.from({ length: Math.min(count, 8) }, () => reader.uint16('CompressionAlgorithms')).filter((algorithm) => algorithm !== 0);
}
