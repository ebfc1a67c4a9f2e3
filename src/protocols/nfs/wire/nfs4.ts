/** COMPOUND of NFSv4 (RFC 7530 section 14.2, RFC 8881 section 16.2), the operations that read. There is no encoder here for anything that opens, locks or writes. */
import { WireError } from '../../../model/wire.js';
import { type Attributes4, readAttributes4, wantedAttributes } from './nfs4-attributes.js';
import { type Created, type Exchanged, readCreated, readExchanged, type SessionOperation, skipSequence, writeSession } from './nfs4-session.js';
import { XdrReader, XdrWriter } from './xdr.js';

export const nfs4 = { program: 100_003, version: 4, procedures: { null: 0, compound: 1 } } as const;

/** Numbers of the operations (RFC 7530 section 16, RFC 8881 section 18). */
export const operationNumbers = {
  access: 3,
  getattr: 9,
  getfh: 10,
  lookup: 15,
  putfh: 22,
  putrootfh: 24,
  read: 25,
  readdir: 26,
  secinfo: 33,
  'exchange-id': 42,
  'create-session': 43,
  'destroy-session': 44,
  'secinfo-no-name': 52,
  sequence: 53,
  'destroy-clientid': 57,
} as const;

export type Operation =
  | { readonly op: 'putrootfh' | 'getfh' | 'getattr' | 'secinfo-no-name' }
  | { readonly op: 'putfh'; readonly handle: Uint8Array }
  | { readonly op: 'lookup' | 'secinfo'; readonly name: string }
  | { readonly op: 'access'; readonly bits: number }
  | { readonly op: 'readdir'; readonly cookie: bigint; readonly verifier: Uint8Array; readonly bytes: number }
  /** From the start of the file, with the anonymous stateid: nothing is opened (RFC 7530 section 9.1.4.3). */
  | { readonly op: 'read'; readonly count: number }
  | SessionOperation;

export interface Entry4 {
  readonly name: string;
  readonly cookie: bigint;
  readonly attributes: Attributes4;
}

/** `service` of RPCSEC_GSS: 1 none, 2 integrity, 3 privacy (RFC 2203 section 5.3.1); 0 for other flavours. */
export interface Flavour4 {
  readonly flavour: number;
  readonly service: number;
}

/** What came of one operation that was granted. */
export type Result =
  | { readonly op: 'putrootfh' | 'putfh' | 'lookup' | 'sequence' | 'destroy-session' | 'destroy-clientid' }
  | { readonly op: 'getfh'; readonly handle: Uint8Array }
  | { readonly op: 'getattr'; readonly attributes: Attributes4 }
  | { readonly op: 'access'; readonly supported: number; readonly granted: number }
  | { readonly op: 'readdir'; readonly verifier: Uint8Array; readonly entries: readonly Entry4[]; readonly isEnd: boolean }
  | { readonly op: 'read'; readonly data: Uint8Array }
  | { readonly op: 'secinfo'; readonly flavours: readonly Flavour4[] }
  | { readonly op: 'secinfo-no-name'; readonly flavours: readonly Flavour4[] }
  | ({ readonly op: 'exchange-id' } & Exchanged)
  | ({ readonly op: 'create-session' } & Created);

export interface CompoundReply {
  /** nfsstat4 of the last operation that was tried; 0 where all were granted. */
  readonly status: number;
  /** The operations that were granted, in order. */
  readonly results: readonly Result[];
}

export const longestHandle4 = 128;
const longestName = 1_024;
const mostEntries = 4_096;

export function encodeCompound(minorVersion: number, operations: readonly Operation[]): Uint8Array {
  const writer = new XdrWriter().text('').uint32(minorVersion, operations.length);
  for (const operation of operations) writeOperation(writer.uint32(operationNumbers[operation.op]), operation);
  return writer.finish();
}

function writeOperation(writer: XdrWriter, operation: Operation): void {
  switch (operation.op) {
    case 'putrootfh':
    case 'getfh':
      return;
    case 'getattr':
      return void writer.uint32(wantedAttributes.length, ...wantedAttributes);
    case 'secinfo-no-name':
      return void writer.uint32(0);
    case 'putfh':
      return void writer.opaque(operation.handle);
    case 'lookup':
    case 'secinfo':
      return void writer.text(operation.name);
    case 'access':
      return void writer.uint32(operation.bits);
    case 'readdir':
      return void writer
        .uint64(operation.cookie)
        .fixed(operation.verifier)
        .uint32(operation.bytes >> 2, operation.bytes, wantedAttributes.length, ...wantedAttributes);
    case 'read':
      return void writer.fixed(new Uint8Array(16)).uint64(0n).uint32(operation.count);
    default:
      return writeSession(writer, operation);
  }
}

/** Results of a COMPOUND that asked for `asked`; a server that answers with other operations is malformed. */
export function decodeCompound(results: Uint8Array, asked: readonly Operation[]): CompoundReply {
  const reader = new XdrReader(results);
  const status = reader.uint32('status');
  reader.skipOpaque('tag', 1_024);
  const count = reader.count('resarray', asked.length);
  const granted: Result[] = [];
  for (const operation of asked.slice(0, count)) {
    const number = reader.uint32('resop');
    const outcome = reader.uint32('status');
    if (outcome !== 0) return { status: outcome, results: granted };
    if (number !== operationNumbers[operation.op]) throw new WireError('resop', reader.offset - 8, `${number} was not asked for`);
    granted.push(readResult(reader, operation));
  }
  if (status === 0 && count < asked.length) throw new WireError('resarray', reader.offset, `${count} results where ${asked.length} were asked for`);
  return { status, results: granted };
}

function readResult(reader: XdrReader, operation: Operation): Result {
  switch (operation.op) {
    case 'getfh':
      return { op: operation.op, handle: reader.opaque('filehandle', longestHandle4) };
    case 'getattr':
      return { op: operation.op, attributes: readAttributes4(reader) };
    case 'access':
      return { op: operation.op, supported: reader.uint32('supported'), granted: reader.uint32('access') };
    case 'readdir':
      return { op: operation.op, ...readEntries(reader) };
    case 'read':
      reader.bool('eof');
      return { op: operation.op, data: reader.opaque('data', operation.count) };
    case 'secinfo':
    case 'secinfo-no-name':
      return { op: operation.op, flavours: readFlavours(reader) };
    case 'exchange-id':
      return { op: operation.op, ...readExchanged(reader) };
    case 'create-session':
      return { op: operation.op, ...readCreated(reader) };
    case 'sequence':
      skipSequence(reader);
      return { op: operation.op };
    default:
      return { op: operation.op };
  }
}

function readEntries(reader: XdrReader): { verifier: Uint8Array; entries: readonly Entry4[]; isEnd: boolean } {
  const verifier = reader.fixed('cookieverf', 8);
  const entries: Entry4[] = [];
  while (reader.bool('entries')) {
    if (entries.length === mostEntries) throw new WireError('entries', reader.offset, `more than ${mostEntries} entries in one answer`);
    const cookie = reader.uint64('cookie');
    const name = reader.text('name', longestName);
    entries.push({ name, cookie, attributes: readAttributes4(reader) });
  }
  return { verifier, entries, isEnd: reader.bool('eof') };
}

/** secinfo4 (RFC 7530 section 16.31.2). */
function readFlavours(reader: XdrReader): readonly Flavour4[] {
  const flavours: Flavour4[] = [];
  for (let left = reader.count('secinfo', 64); left > 0; left -= 1) {
    const flavour = reader.uint32('flavor');
    if (flavour !== 6) {
      flavours.push({ flavour, service: 0 });
      continue;
    }
    reader.skipOpaque('oid', 256);
    reader.uint32('qop');
    flavours.push({ flavour, service: reader.uint32('service') });
  }
  return flavours;
}
