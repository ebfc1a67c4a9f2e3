/** The estate's NFS servers: open, read-only, closed and hostile ones. */
import { atLeast, type Estimate, type Exposure, exactly } from '../model/exposure.js';
import type { DeviceSpec } from './device-spec.js';
import { hostileFolder, nasFolder } from './nas-trees.js';
import { noRights, readOnlyRights } from './truth.js';
import { virtualTree } from './virtual-tree.js';

export function nfsDevices(): readonly DeviceSpec[] {
  return [openNfs(), readOnlyNfs(), closedNfs(), hostileNfs()];
}

/** Files tell how many images there are, and no more. */
const images = (amount: Estimate): Exposure => ({ images: amount, studies: null, patients: null, timeline: [], identifiers: {} });
const holding = (count: number) => ({ images: count, studies: 0, patients: 0 });

/** Small enough to be listed whole; somebody was there before. */
function openNfs(): DeviceSpec {
  const tree = virtualTree(nasFolder({ patients: 6, seed: 31, years: [2021, 2023], media: 0, reports: 5, isInfected: true }));
  return {
    id: 'open-nfs',
    what: 'NAS that exports its archive to everyone over NFS, for writing, and believes root',
    port: 2049,
    behaviour: { speaks: 'nfs', versions: [3, 4], exports: [{ path: '/volume1/imaging', tree, isWritable: true, squash: 'none' }] },
    truth: {
      service: 'nfs',
      rights: { read: 'yes', create: 'yes', edit: 'yes', delete: 'yes' },
      holds: holding(tree.truth.images),
      exposure: images(exactly(tree.truth.images)),
      verdicts: {
        'nfs-world-export': 'fail',
        'nfs-world-write': 'fail',
        'nfs-root-not-squashed': 'fail',
        'nfs-cleartext': 'fail',
        'malicious-file': 'fail',
        'images-readable': 'fail',
      },
    },
  };
}

/** A hundred thousand entries: the scan has to estimate. Its folder is for one group, and NFS believes whoever claims to be in it. */
function readOnlyNfs(): DeviceSpec {
  const tree = virtualTree(nasFolder({ patients: 400, seed: 32, media: 0 }));
  return {
    id: 'read-only-nfs',
    what: 'NAS that exports its archive to one group, read-only, over NFSv4',
    port: 2049,
    behaviour: { speaks: 'nfs', versions: [4], exports: [{ path: '/exports/imaging', tree, mode: 0o750, group: 1_000 }], offersTls: true },
    truth: {
      service: 'nfs',
      rights: readOnlyRights,
      holds: holding(tree.truth.images),
      exposure: images(exactly(tree.truth.images)),
      estimated: ['images'],
      verdicts: { 'nfs-world-export': 'fail', 'nfs-world-write': 'pass', 'nfs-root-not-squashed': 'pass', 'nfs-cleartext': 'fail' },
    },
  };
}

function closedNfs(): DeviceSpec {
  const tree = virtualTree(nasFolder({ patients: 40, seed: 33 }));
  return {
    id: 'closed-nfs',
    what: 'NAS whose NFS wants Kerberos with encryption',
    port: 2049,
    behaviour: { speaks: 'nfs', versions: [4], exports: [{ path: '/exports/imaging', tree, flavours: ['krb5p'] }], offersTls: true },
    truth: {
      service: 'nfs',
      rights: noRights,
      holds: null,
      exposure: null,
      verdicts: { 'nfs-world-export': 'pass', 'nfs-world-write': 'pass', 'nfs-root-not-squashed': 'pass', 'nfs-cleartext': 'pass' },
    },
  };
}

/** Folders that hold themselves, and one that never seems to end: the scan leaves with a lower bound or an estimate. */
function hostileNfs(): DeviceSpec {
  return {
    id: 'hostile-nfs',
    what: 'NFS server whose folders hold themselves and never end',
    port: 2049,
    behaviour: { speaks: 'nfs', versions: [3], exports: [{ path: '/data', tree: virtualTree(hostileFolder()) }] },
    truth: {
      service: 'nfs',
      rights: readOnlyRights,
      holds: null,
      exposure: images(atLeast(0)),
      verdicts: { 'nfs-world-export': 'fail', 'nfs-world-write': 'pass' },
    },
  };
}
