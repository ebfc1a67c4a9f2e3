/** The estate's storage over FTP and rsync: open, read-only, closed, and one that is made to hold a scan up. */
import { atLeast, type Estimate, type Exposure, exactly } from '../model/exposure.js';
import { unknownRights } from '../model/rights.js';
import { canaryStem } from './canary.js';
import type { DeviceSpec } from './device-spec.js';
import { hostileFolder, nasFolder, smallFolder } from './nas-trees.js';
import { noRights } from './truth.js';
import { virtualTree } from './virtual-tree.js';

export function ftpDevices(): readonly DeviceSpec[] {
  return [openFtp(), bigFtp(), closedFtp(), hostileFtp(), openRsync()];
}

/** Files tell how many images there are, and no more. */
const images = (amount: Estimate): Exposure => ({ images: amount, studies: null, patients: null, timeline: [], identifiers: {} });
const holding = (count: number) => ({ images: count, studies: 0, patients: 0 });
const changedByAnyone = { read: 'yes', create: 'negotiated', edit: 'negotiated', delete: 'negotiated' } as const;

/** In the manner of ProFTPD: its facts tell who may write, and of a file it gives a range. */
function openFtp(): DeviceSpec {
  const tree = virtualTree(nasFolder({ patients: 6, seed: 51, years: [2020, 2023], media: 0, reports: 5, isInfected: true }));
  return {
    id: 'open-ftp',
    what: 'NAS that lets anyone read and write over FTP, infected',
    port: 21,
    behaviour: { speaks: 'ftp-nas', greeting: 'ProFTPD 1.3.5 Server (NAS)', letsAnonymousIn: true, tree, lists: 'facts', writable: true, takesRange: true },
    truth: {
      service: 'ftp',
      rights: changedByAnyone,
      holds: holding(tree.truth.images),
      exposure: images(exactly(tree.truth.images)),
      verdicts: {
        'anonymous-ftp-login': 'fail',
        'anonymous-ftp-write': 'unknown', // a <Limit> does not show in its listings
        'cleartext-ftp': 'fail',
        'known-vulnerable-version': 'fail',
        'malicious-file': 'fail',
        'images-readable': 'fail',
      },
    },
  };
}

/** In the manner of vsftpd: it tells nobody who may write. A hundred thousand entries: the scan has to estimate. */
function bigFtp(): DeviceSpec {
  const tree = virtualTree(nasFolder({ patients: 400, seed: 53, media: 0 }));
  return {
    id: 'big-ftp',
    what: 'NAS that lets anyone read a large archive over FTP',
    port: 21,
    behaviour: { speaks: 'ftp-nas', greeting: '(vsFTPd 3.0.5)', letsAnonymousIn: true, tree, lists: 'unix' },
    truth: {
      service: 'ftp',
      rights: { ...unknownRights, read: 'yes' },
      holds: holding(tree.truth.images),
      exposure: images(exactly(tree.truth.images)),
      estimated: ['images'],
      verdicts: { 'anonymous-ftp-login': 'fail', 'anonymous-ftp-write': 'unknown', 'cleartext-ftp': 'fail' },
    },
  };
}

function closedFtp(): DeviceSpec {
  return {
    id: 'closed-ftps',
    what: 'NAS whose FTP speaks TLS only and asks for an account',
    port: 990,
    behaviour: { speaks: 'ftp-nas', greeting: 'FTP ready', letsAnonymousIn: false, tree: virtualTree(smallFolder), lists: 'facts' },
    tls: { certificate: 'estate', oldestVersion: 'TLSv1.2', clientCertificate: 'not-requested' },
    truth: {
      service: 'ftps',
      rights: noRights,
      holds: null,
      exposure: null,
      verdicts: { 'anonymous-ftp-login': 'pass', 'anonymous-ftp-write': 'pass', 'cleartext-ftp': 'pass' },
    },
  };
}

/** Folders that hold themselves, one that never seems to end, and data connections that are to lead to somebody else. */
function hostileFtp(): DeviceSpec {
  return {
    id: 'hostile-ftp',
    what: 'FTP server whose folders hold themselves and never end, and that sends callers elsewhere',
    port: 2121,
    behaviour: {
      speaks: 'ftp-nas',
      greeting: 'FTP ready',
      letsAnonymousIn: true,
      tree: virtualTree(hostileFolder()),
      lists: 'unix',
      passiveAddress: '192.0.2.66',
    },
    truth: {
      service: 'ftp',
      rights: { ...unknownRights, read: 'yes' },
      holds: null,
      exposure: images(atLeast(0)),
      verdicts: { 'anonymous-ftp-login': 'fail', 'anonymous-ftp-write': 'unknown', 'cleartext-ftp': 'fail' },
    },
  };
}

function openRsync(): DeviceSpec {
  const tree = virtualTree(nasFolder({ patients: 5, seed: 54, years: [2022, 2023], media: 0, reports: 4 }));
  return {
    id: 'open-rsync',
    what: 'backup server whose rsync gives images to anyone and takes them',
    port: 873,
    behaviour: {
      speaks: 'rsync',
      modules: [
        { name: 'images', tree, isWritable: true },
        { name: `${canaryStem}_home`, tree: virtualTree(smallFolder), asksForPassword: true },
      ],
    },
    truth: {
      service: 'rsync',
      rights: changedByAnyone,
      holds: holding(tree.truth.images),
      exposure: images(exactly(tree.truth.images)),
      verdicts: { 'open-rsync-module': 'fail', 'open-rsync-write': 'fail', 'images-readable': 'fail' },
    },
  };
}
