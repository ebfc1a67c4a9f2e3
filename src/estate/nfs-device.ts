/** ONC RPC on a device of the estate: cuts the stream into calls and hands them to MOUNT, NFSv3 or NFSv4, which share its port. There is no rpcbind. */
import type { Socket } from 'node:net';
import { WireError } from '../model/wire.js';
import { mountd } from '../protocols/nfs/wire/mount.js';
import { nfs3 } from '../protocols/nfs/wire/nfs3.js';
import { decodeRecord, encodeRecord } from '../protocols/nfs/wire/record.js';
import { flavours } from '../protocols/nfs/wire/rpc.js';
import { XdrReader, XdrWriter } from '../protocols/nfs/wire/xdr.js';
import type { NfsBehaviour } from './behaviour.js';
import type { DeviceLog } from './device-log.js';
import { type Host, type Served, serve3, serveMount } from './nfs3-server.js';
import { serve4 } from './nfs4-server.js';

const longestCall = 65_536;

export function serveNfs(socket: Socket, behaviour: NfsBehaviour, log: DeviceLog, sourcePort = socket.remotePort ?? 65_535): void {
  let pending: Uint8Array = new Uint8Array(0);
  socket.on('data', (chunk: Uint8Array) => {
    pending = Buffer.concat([pending, chunk]);
    try {
      for (let record = decodeRecord(pending, longestCall); record; record = decodeRecord(pending, longestCall)) {
        pending = pending.subarray(record.consumed);
        log.calls += 1;
        socket.write(encodeRecord(answerCall(record.message, behaviour, sourcePort, log)));
      }
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      socket.destroy(); // as servers do that cannot make sense of a call
    }
  });
}

/** The reply to one call. */
export function answerCall(call: Uint8Array, behaviour: NfsBehaviour, sourcePort: number, log: DeviceLog): Uint8Array {
  const reader = new XdrReader(call);
  const xid = reader.uint32('xid');
  reader.fixed('msg_type and rpcvers', 8);
  const [program, version, procedure] = [reader.uint32('prog'), reader.uint32('vers'), reader.uint32('proc')];
  const flavour = reader.uint32('flavor');
  const credential = new XdrReader(reader.opaque('credential', 400));
  reader.uint32('verifier flavor');
  reader.skipOpaque('verifier', 400);
  if (flavour === flavours.tls) return behaviour.offersTls ? accepted(xid, 'STARTTLS').finish() : tooWeak(xid);
  const host: Host = { exports: behaviour.exports, caller: { ...(flavour === flavours.sys ? claimIn(credential) : { uid: null, gid: 0 }), sourcePort }, log };
  return replyOf(xid, dispatch(program, version, procedure, reader, host, behaviour));
}

type Outcome = Served | 'program-unavailable' | 'version-mismatch';

function dispatch(program: number, version: number, procedure: number, reader: XdrReader, host: Host, { versions }: NfsBehaviour): Outcome {
  if (program === mountd.program && versions.includes(3)) return version === 3 ? serveMount(procedure, reader, host) : 'version-mismatch';
  if (program !== nfs3.program) return 'program-unavailable';
  if (version === 3 && versions.includes(3)) return serve3(procedure, reader, host);
  return version === 4 && versions.includes(4) ? serve4(procedure, reader, host) : 'version-mismatch';
}

/** RFC 5531 appendix A. */
function claimIn(credential: XdrReader): { uid: number; gid: number } {
  credential.uint32('stamp');
  credential.skipOpaque('machinename', 255);
  return { uid: credential.uint32('uid'), gid: credential.uint32('gid') };
}

const accepted = (xid: number, verifier: string, status = 0): XdrWriter => new XdrWriter().uint32(xid, 1, 0, 0).text(verifier).uint32(status);
/** MSG_DENIED, AUTH_ERROR, AUTH_TOOWEAK. */
const tooWeak = (xid: number): Uint8Array => new XdrWriter().uint32(xid, 1, 1, 1, 5).finish();

function replyOf(xid: number, outcome: Outcome): Uint8Array {
  switch (outcome) {
    case 'program-unavailable':
      return accepted(xid, '', 1).finish();
    case 'version-mismatch':
      return accepted(xid, '', 2).uint32(3, 4).finish();
    case 'procedure-unavailable':
      return accepted(xid, '', 3).finish();
    case 'too-weak':
      return tooWeak(xid);
    default:
      return accepted(xid, '').fixed(outcome.finish()).finish();
  }
}
