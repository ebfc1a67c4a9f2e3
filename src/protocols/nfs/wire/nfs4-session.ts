/** Sessions of NFSv4.1 (RFC 8881 sections 18.35 to 18.37, 18.46 and 18.50): needed only where 4.0 is refused, and destroyed afterwards. */
import type { XdrReader, XdrWriter } from './xdr.js';

export type SessionOperation =
  /** `owner`: which client we are; `verifier`: eight bytes, which start of it. */
  | { readonly op: 'exchange-id'; readonly owner: string; readonly verifier: Uint8Array }
  | { readonly op: 'create-session'; readonly clientId: bigint; readonly sequence: number }
  | { readonly op: 'sequence'; readonly session: Uint8Array; readonly sequence: number }
  | { readonly op: 'destroy-session'; readonly session: Uint8Array }
  | { readonly op: 'destroy-clientid'; readonly clientId: bigint };

export interface Exchanged {
  readonly clientId: bigint;
  readonly sequence: number;
  /** nii_name of the server, where it tells: kernel and release at Linux. */
  readonly implementation: string | null;
}

export interface Created {
  readonly session: Uint8Array;
}

const sessionLength = 16;
/** One call at a time, small requests, answers of at most 64 KiB, no callbacks of use. */
const channel = [0, 4_096, 65_536, 4_096, 16, 1, 0] as const;
const noCallbackProgram = 0x40000000;

export function writeSession(writer: XdrWriter, operation: SessionOperation): void {
  switch (operation.op) {
    case 'exchange-id':
      return void writer.fixed(operation.verifier).text(operation.owner).uint32(0, 0, 0);
    case 'create-session':
      return void writer
        .uint64(operation.clientId)
        .uint32(operation.sequence, 0, ...channel, ...channel, noCallbackProgram)
        .uint32(1, 0);
    case 'sequence':
      return void writer.fixed(operation.session).uint32(operation.sequence, 0, 0, 0);
    case 'destroy-session':
      return void writer.fixed(operation.session);
    case 'destroy-clientid':
      return void writer.uint64(operation.clientId);
  }
}

/** EXCHANGE_ID4resok with SP4_NONE, which is what was asked for. */
export function readExchanged(reader: XdrReader): Exchanged {
  const clientId = reader.uint64('clientid');
  const sequence = reader.uint32('sequenceid');
  reader.fixed('flags and spr_how', 8);
  reader.fixed('so_minor_id', 8);
  reader.skipOpaque('so_major_id', 1_024);
  reader.skipOpaque('server_scope', 1_024);
  if (reader.count('server_impl_id', 1) === 0) return { clientId, sequence, implementation: null };
  reader.skipOpaque('nii_domain', 1_024);
  const implementation = reader.text('nii_name', 1_024);
  reader.fixed('nii_date', 12);
  return { clientId, sequence, implementation };
}

/** CREATE_SESSION4resok as far as the session's id; the sizes that were agreed on are larger than what we send. */
export function readCreated(reader: XdrReader): Created {
  const session = reader.fixed('sessionid', sessionLength);
  reader.fixed('sequence and flags', 8);
  skipChannel(reader);
  skipChannel(reader);
  return { session };
}

function skipChannel(reader: XdrReader): void {
  reader.fixed('channel attributes', 24);
  for (let left = reader.count('ca_rdma_ird', 1); left > 0; left -= 1) reader.uint32('ca_rdma_ird');
}

/** SEQUENCE4resok. */
export function skipSequence(reader: XdrReader): void {
  reader.fixed('sessionid', sessionLength);
  reader.fixed('sequenceid to status_flags', 20);
}
