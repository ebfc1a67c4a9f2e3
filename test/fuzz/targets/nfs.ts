/** NFS: records, replies of ONC RPC, and the results of portmap, mount, NFSv3 and NFSv4. */
import { WireError } from '../../../src/model/wire.js';
import { decodeExports, decodeMount } from '../../../src/protocols/nfs/wire/mount.js';
import { decodeAccess, decodeLookup, decodeRead } from '../../../src/protocols/nfs/wire/nfs3.js';
import { decodeReaddir, decodeReaddirplus } from '../../../src/protocols/nfs/wire/nfs3-listing.js';
import { decodeCompound, type Operation } from '../../../src/protocols/nfs/wire/nfs4.js';
import { decodeMappings } from '../../../src/protocols/nfs/wire/portmap.js';
import { decodeRecord } from '../../../src/protocols/nfs/wire/record.js';
import { decodeReply } from '../../../src/protocols/nfs/wire/rpc.js';
import { expecting, heard, streamed, type Target, whole } from '../target.js';

const limit = 1_048_576;
const results = (): readonly Uint8Array[] =>
  heard('nfs').flatMap((bytes) => {
    const answer = decodeReply(bytes, limit)?.message.answer;
    return answer?.answer === 'success' && answer.results.length > 0 ? [answer.results] : [];
  });

const verifier = new Uint8Array(8);
const asked: readonly (readonly Operation[])[] = [
  [{ op: 'putrootfh' }, { op: 'getfh' }, { op: 'getattr' }],
  [{ op: 'putrootfh' }, { op: 'access', bits: 0x3f }, { op: 'getattr' }],
  [{ op: 'putrootfh' }, { op: 'readdir', cookie: 0n, verifier, bytes: 32_768 }],
  [{ op: 'putrootfh' }, { op: 'lookup', name: 'x' }, { op: 'getfh' }, { op: 'read', count: 132 }],
];

export const nfsTargets: readonly Target[] = [
  streamed(
    'nfs/record.decodeRecord',
    () => heard('nfs'),
    (bytes) => decodeRecord(bytes, limit),
  ),
  streamed(
    'nfs/rpc.decodeReply',
    () => heard('nfs'),
    (bytes) => decodeReply(bytes, limit),
  ),
  whole('nfs/portmap.decodeMappings', results, decodeMappings),
  whole('nfs/mount.decodeExports', results, decodeExports),
  whole('nfs/mount.decodeMount', results, decodeMount),
  whole('nfs/nfs3.decodeAccess', results, decodeAccess),
  whole('nfs/nfs3.decodeLookup', results, decodeLookup),
  whole('nfs/nfs3.decodeRead', results, (bytes) => decodeRead(bytes, 132)),
  whole('nfs/nfs3-listing.decodeReaddirplus', results, (bytes) => decodeReaddirplus(bytes, 32_768)),
  whole('nfs/nfs3-listing.decodeReaddir', results, (bytes) => decodeReaddir(bytes, 32_768)),
  whole('nfs/nfs4.decodeCompound', results, (bytes) => {
    // what is malformed as an answer to one question may be good as one to the next
    for (const operations of asked) expecting(WireError, () => decodeCompound(bytes, operations));
  }),
];
