/** ONC RPC version 2 (RFC 5531): calls and replies. Knows no program; opens no sockets. */
import { type Decoded, WireError } from '../../../model/wire.js';
import { decodeRecord, encodeRecord } from './record.js';
import { XdrReader, XdrWriter } from './xdr.js';

/** RFC 5531 section 8.2, RFC 2203 section 5, RFC 9289 section 4.1. */
export const flavours = { none: 0, sys: 1, gss: 6, tls: 7 } as const;

/** What a caller says it is. `sys`: whatever numbers it likes (RFC 5531 appendix A). `tls`: asks whether TLS may be started (RFC 9289 section 4.1). */
export type Credential = { readonly flavour: 'none' } | { readonly flavour: 'tls' } | { readonly flavour: 'sys'; readonly uid: number; readonly gid: number };

export interface RpcCall {
  readonly xid: number;
  readonly program: number;
  readonly version: number;
  readonly procedure: number;
  readonly credential: Credential;
  /** XDR. */
  readonly parameters: Uint8Array;
}

/** `accept_stat` and `reject_stat` of section 9. */
export type RpcAnswer =
  | { readonly answer: 'success'; readonly results: Uint8Array }
  | { readonly answer: 'program-unavailable' | 'procedure-unavailable' | 'garbage-arguments' | 'system-error' }
  | { readonly answer: 'program-mismatch' | 'rpc-mismatch'; readonly low: number; readonly high: number }
  /** `status`: auth_stat, for example 5 AUTH_TOOWEAK. */
  | { readonly answer: 'authentication-refused'; readonly status: number };

export interface RpcReply {
  readonly xid: number;
  /** Flavour and body of the server's verifier; of a refused call there is none. */
  readonly verifier: { readonly flavour: number; readonly body: Uint8Array } | null;
  readonly answer: RpcAnswer;
}

/** The machine name in our AUTH_SYS credential: it stands in logs of servers that keep it. */
const machineName = 'dosimeter';
/** Section 8.2: the body of a credential or verifier has at most 400 bytes. */
const longestBody = 400;

/** With its record mark. */
export function encodeCall({ xid, program, version, procedure, credential, parameters }: RpcCall): Uint8Array {
  const head = new XdrWriter().uint32(xid, 0, 2, program, version, procedure);
  return encodeRecord(writeCredential(head, credential).uint32(flavours.none, 0).fixed(parameters).finish());
}

function writeCredential(head: XdrWriter, credential: Credential): XdrWriter {
  if (credential.flavour !== 'sys') return head.uint32(flavours[credential.flavour], 0);
  const body = new XdrWriter().uint32(0).text(machineName).uint32(credential.uid, credential.gid, 0).finish();
  return head.uint32(flavours.sys).opaque(body);
}

/** `limit`: bytes of the whole record. */
export function decodeReply(bytes: Uint8Array, limit: number): Decoded<RpcReply> | undefined {
  const record = decodeRecord(bytes, limit);
  return record && { message: readReply(record.message), consumed: record.consumed };
}

function readReply(record: Uint8Array): RpcReply {
  const reader = new XdrReader(record);
  const xid = reader.uint32('xid');
  const type = reader.uint32('msg_type');
  if (type !== 1) throw new WireError('msg_type', 4, `${type} is not a reply`);
  const status = reader.uint32('reply_stat');
  if (status === 1) return { xid, verifier: null, answer: readDenied(reader) };
  if (status !== 0) throw new WireError('reply_stat', 8, `${status} is neither accepted nor denied`);
  const verifier = { flavour: reader.uint32('verifier flavor'), body: reader.opaque('verifier body', longestBody) };
  return { xid, verifier, answer: readAccepted(reader, record) };
}

function readDenied(reader: XdrReader): RpcAnswer {
  const status = reader.uint32('reject_stat');
  if (status === 0) return { answer: 'rpc-mismatch', low: reader.uint32('low'), high: reader.uint32('high') };
  if (status === 1) return { answer: 'authentication-refused', status: reader.uint32('auth_stat') };
  throw new WireError('reject_stat', reader.offset - 4, `${status} is not defined`);
}

const refusals = { 1: 'program-unavailable', 3: 'procedure-unavailable', 4: 'garbage-arguments', 5: 'system-error' } as const;

function readAccepted(reader: XdrReader, record: Uint8Array): RpcAnswer {
  const status = reader.uint32('accept_stat');
  if (status === 0) return { answer: 'success', results: record.subarray(reader.offset) };
  if (status === 2) return { answer: 'program-mismatch', low: reader.uint32('low'), high: reader.uint32('high') };
  const answer = refusals[status as keyof typeof refusals];
  if (!answer) throw new WireError('accept_stat', reader.offset - 4, `${status} is not defined`);
  return { answer };
}
