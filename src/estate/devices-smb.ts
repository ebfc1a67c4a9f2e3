/** The estate's network attached storage over SMB: wide open, open for reading, closed, and one that is made to hold a scan up. */
import { atLeast, type Exposure, exactly } from '../model/exposure.js';
import { canaryStem } from './canary.js';
import type { DeviceSpec } from './device-spec.js';
import { hostileFolder, nasFolder, smallFolder } from './nas-trees.js';
import type { SmbBehaviour } from './smb-behaviour.js';
import { noRights, readOnlyRights } from './truth.js';
import { type VirtualTree, virtualTree } from './virtual-tree.js';

export function smbDevices(): readonly DeviceSpec[] {
  return [openNas(), bigNas(), readOnlyNas(), closedNas(), hostileNas(), oldNas()];
}

/** In the manner of Samba as Debian ships it: whoever gives a name that nobody has is a guest. */
const samba: SmbBehaviour = {
  speaks: 'smb',
  dialects: ['2.0.2', '2.1', '3.0', '3.0.2', '3.1.1'],
  takesSmb1: false,
  signingRequired: false,
  encrypts: true,
  ntlmVersion: [6, 1, 0],
  nativeOs: 'Unix',
  nativeLanMan: 'Samba 4.17.12',
  computer: `${canaryStem}NAS`,
  nullSession: 'unmarked',
  unknownNames: 'guest',
  listsSharesTo: ['anonymous', 'guest'],
  shares: [],
};

/** Files tell how many images there are, and nothing of studies or patients. */
const imagesOf = (holds: { readonly images: number }): Exposure => ({
  images: exactly(holds.images),
  studies: null,
  patients: null,
  timeline: [],
  identifiers: {},
});
/** A DICOMDIR of a patient's disc begins like an image and is none. */
const holdingsOf = (tree: VirtualTree, discs: number) => ({ images: tree.truth.images - discs, studies: 0, patients: 0 });

function openNas(): DeviceSpec {
  const tree = virtualTree(nasFolder({ patients: 8, seed: 31, media: 2, reports: 10, years: [2019, 2024], isInfected: true }), 'zero');
  const holds = holdingsOf(tree, 2);
  const staff = virtualTree(smallFolder, 'zero');
  return {
    id: 'open-smb-nas',
    what: 'NAS whose share of images any guest may read and change, old and infected',
    port: 445,
    behaviour: {
      ...samba,
      takesSmb1: true,
      nativeLanMan: 'Samba 4.13.13',
      shares: [
        { name: 'pacs', remark: `images of ${canaryStem}`, tree, letsIn: ['guest'], share: 'write', files: 'write' },
        { name: `${canaryStem}$`, remark: '', tree: staff, letsIn: [], share: 'write', files: 'write' },
      ],
    },
    truth: {
      service: 'smb',
      rights: { read: 'yes', create: 'yes', edit: 'yes', delete: 'yes' },
      holds,
      exposure: imagesOf(holds),
      verdicts: {
        'smb1-enabled': 'fail',
        'smb-signing-not-required': 'fail',
        'smb-encryption-not-required': 'fail',
        'smb-null-session': 'fail',
        'smb-guest-share': 'fail',
        'smb-guest-write': 'fail',
        'known-vulnerable-version': 'fail',
        'images-readable': 'fail',
        'malicious-file': 'fail',
      },
    },
  };
}

function bigNas(): DeviceSpec {
  const tree = virtualTree(nasFolder({ patients: 4_000, seed: 33 }), 'zero');
  const holds = holdingsOf(tree, 3);
  return {
    id: 'big-smb-nas',
    what: 'NAS with a million files that guests may read: more than a scan lists',
    port: 445,
    behaviour: { ...samba, shares: [{ name: 'archive', remark: '', tree, letsIn: ['anonymous', 'guest'], share: 'read', files: 'read' }] },
    truth: {
      service: 'smb',
      rights: readOnlyRights,
      holds,
      exposure: imagesOf(holds),
      estimated: ['images'],
      verdicts: { 'smb1-enabled': 'pass', 'smb-null-session': 'fail', 'smb-guest-share': 'fail', 'smb-guest-write': 'pass', 'images-readable': 'fail' },
    },
  };
}

function readOnlyNas(): DeviceSpec {
  const tree = virtualTree(smallFolder, 'zero');
  return {
    id: 'read-only-smb-nas',
    what: 'NAS like a current Windows Server with a share that guests may read',
    port: 445,
    behaviour: {
      ...samba,
      ntlmVersion: [10, 0, 20348],
      compresses: true,
      nullSession: 'granted',
      listsSharesTo: ['guest'],
      shares: [{ name: 'images', remark: '', tree, letsIn: ['guest'], share: 'read', files: 'write' }],
    },
    truth: {
      service: 'smb',
      rights: readOnlyRights,
      holds: holdingsOf(tree, 0),
      exposure: imagesOf(holdingsOf(tree, 0)),
      verdicts: {
        'smb1-enabled': 'pass',
        'smb-signing-not-required': 'fail',
        'smb-encryption-not-required': 'fail',
        'smb-null-session': 'pass',
        'smb-guest-share': 'fail',
        'smb-guest-write': 'pass',
        'images-readable': 'fail',
      },
    },
  };
}

function closedNas(): DeviceSpec {
  const tree = virtualTree(nasFolder({ patients: 400, seed: 32 }), 'zero');
  return {
    id: 'closed-smb-nas',
    what: 'NAS that demands signatures and lets nobody in without an account',
    port: 445,
    behaviour: {
      ...samba,
      dialects: ['3.0', '3.0.2', '3.1.1'],
      signingRequired: true,
      nullSession: 'refused',
      unknownNames: 'refused',
      listsSharesTo: [],
      shares: [{ name: 'pacs', remark: '', tree, letsIn: [], share: 'write', files: 'write' }],
    },
    truth: {
      service: 'smb',
      rights: noRights,
      holds: holdingsOf(tree, 3),
      exposure: null,
      verdicts: {
        'smb1-enabled': 'pass',
        'smb-signing-not-required': 'pass',
        'smb-encryption-not-required': 'unknown',
        'smb-null-session': 'pass',
        'smb-guest-share': 'pass',
        'smb-guest-write': 'pass',
      },
    },
  };
}

function hostileNas(): DeviceSpec {
  const tree = virtualTree(hostileFolder(100_000), 'zero');
  return {
    id: 'hostile-smb-nas',
    what: 'NAS with folders within themselves, names that lead elsewhere and a folder without end',
    port: 445,
    behaviour: { ...samba, shares: [{ name: 'data', remark: '', tree, letsIn: ['guest'], share: 'read', files: 'read' }] },
    truth: {
      service: 'smb',
      rights: readOnlyRights,
      holds: null,
      exposure: { images: atLeast(0), studies: null, patients: null, timeline: [], identifiers: {} },
      verdicts: { 'smb-guest-share': 'fail', 'smb-guest-write': 'pass' },
    },
  };
}

function oldNas(): DeviceSpec {
  const tree = virtualTree(nasFolder({ patients: 5, seed: 34, years: [2006, 2009] }), 'zero');
  const holds = holdingsOf(tree, 3);
  return {
    id: 'old-smb-nas',
    what: 'NAS from 2009 that speaks SMB 1 alone, with a hidden share that guests may read',
    port: 445,
    behaviour: {
      ...samba,
      dialects: [],
      takesSmb1: true,
      nativeLanMan: 'Samba 3.0.24',
      shares: [{ name: 'images$', remark: '', tree, letsIn: ['anonymous', 'guest'], share: 'read', files: 'read' }],
    },
    truth: {
      service: 'smb',
      rights: readOnlyRights,
      holds,
      exposure: imagesOf(holds),
      verdicts: {
        'smb1-enabled': 'fail',
        'smb-signing-not-required': 'fail',
        'smb-encryption-not-required': 'fail',
        'smb-null-session': 'fail',
        'smb-guest-share': 'fail',
        'smb-guest-write': 'pass',
        'images-readable': 'fail',
      },
    },
  };
}
