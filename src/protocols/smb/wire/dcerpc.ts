/** DCE/RPC connection-oriented PDUs (C706 chapter 12): bind to the server service, one request, its answer in fragments. */
import { WireError } from '../../../model/wire.js';
import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';

const packetTypes = { request: 0, response: 2, fault: 3, bind: 11, bindAck: 12, bindNak: 13 } as const;
const fragmentBits = { first: 1, last: 2 } as const;
/** What we take in one fragment, and what we send at most. */
const fragmentBytes = 4_280;
const headerLength = 16;

/** 4b324fc8-1670-01d3-1278-5a47bf6ee188 version 3.0, MS-SRVS section 1.9. */
const serverService = Uint8Array.of(0xc8, 0x4f, 0x32, 0x4b, 0x70, 0x16, 0xd3, 0x01, 0x12, 0x78, 0x5a, 0x47, 0xbf, 0x6e, 0xe1, 0x88, 3, 0, 0, 0);
/** NDR, 8a885d04-1ceb-11c9-9fe8-08002b104860 version 2. */
const ndr = Uint8Array.of(0x04, 0x5d, 0x88, 0x8a, 0xeb, 0x1c, 0xc9, 0x11, 0x9f, 0xe8, 0x08, 0x00, 0x2b, 0x10, 0x48, 0x60, 2, 0, 0, 0);

export type Fragment =
  | { readonly type: 'bind-ack'; readonly accepted: boolean }
  | { readonly type: 'bind-nak' }
  | { readonly type: 'response'; readonly stub: Uint8Array; readonly isLast: boolean }
  | { readonly type: 'fault'; readonly status: number };

export function encodeBind(callId: number): Uint8Array {
  const body = new ByteWriter().uint16(fragmentBytes, fragmentBytes).uint32(0).uint8(1, 0, 0, 0).uint16(0).uint8(1, 0).bytes(serverService).bytes(ndr).finish();
  return packet(packetTypes.bind, callId, body);
}

export function encodeRpcRequest(callId: number, operation: number, stub: Uint8Array): Uint8Array {
  return packet(packetTypes.request, callId, new ByteWriter().uint32(stub.length).uint16(0, operation).bytes(stub).finish());
}

function packet(type: number, callId: number, body: Uint8Array): Uint8Array {
  const writer = new ByteWriter().uint8(5, 0, type, fragmentBits.first | fragmentBits.last).uint8(0x10, 0, 0, 0);
  return writer
    .uint16(headerLength + body.length, 0)
    .uint32(callId)
    .bytes(body)
    .finish();
}

/** One fragment and how many bytes it took; `undefined` where more have to be read. Big-endian peers are a `WireError`: none has been seen since 1996. */
export function decodeFragment(bytes: Uint8Array): { fragment: Fragment; consumed: number } | undefined {
  if (bytes.length < headerLength) return undefined;
  const head = new ByteReader(bytes);
  const version = head.uint8('rpc_vers');
  if (version !== 5) throw new WireError('rpc_vers', 0, `is ${version} where 5 is due`);
  head.skip('rpc_vers_minor', 1);
  const type = head.uint8('PTYPE');
  const flags = head.uint8('pfc_flags');
  if ((head.uint8('packed_drep') & 0xf0) !== 0x10) throw new WireError('packed_drep', 4, 'is not little-endian');
  head.skip('packed_drep', 3);
  const length = head.uint16('frag_length');
  if (length < headerLength) throw new WireError('frag_length', 8, `${length} bytes hold no header`);
  if (bytes.length < length) return undefined;
  const body = new ByteReader(bytes.subarray(0, length), headerLength);
  return { fragment: fragmentOf(type, (flags & fragmentBits.last) !== 0, body), consumed: length };
}

function fragmentOf(type: number, isLast: boolean, body: ByteReader): Fragment {
  if (type === packetTypes.bindAck) return { type: 'bind-ack', accepted: bindResult(body) === 0 };
  if (type === packetTypes.bindNak) return { type: 'bind-nak' };
  if (type !== packetTypes.response && type !== packetTypes.fault) throw new WireError('PTYPE', 2, `${type} answers nothing that was asked`);
  body.skip('alloc_hint, p_cont_id, cancel_count, reserved', 8);
  if (type === packetTypes.fault) return { type: 'fault', status: body.uint32('status') };
  return { type: 'response', stub: body.bytes('stub', body.left), isLast };
}

function bindResult(body: ByteReader): number {
  body.skip('max_xmit_frag, max_recv_frag, assoc_group_id', 8);
  body.skip('sec_addr', body.uint16('sec_addr length'));
  body.align(4);
  body.skip('n_results, reserved', 4);
  return body.uint16('result');
}
