/** Every target there is. */
import type { Target } from '../target.js';
import { contentTargets } from './content.js';
import { dicomTargets } from './dicom.js';
import { fileTargets } from './files.js';
import { ftpTargets } from './ftp.js';
import { httpTargets } from './http.js';
import { nfsTargets } from './nfs.js';
import { rsyncTargets } from './rsync.js';
import { smbTargets } from './smb.js';
import { tlsTargets } from './tls.js';

export const targets: readonly Target[] = [
  ...contentTargets,
  ...dicomTargets,
  ...fileTargets,
  ...ftpTargets,
  ...httpTargets,
  ...nfsTargets,
  ...rsyncTargets,
  ...smbTargets,
  ...tlsTargets,
];
