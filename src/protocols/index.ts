/** Every probe there is. Adding a protocol is one folder and one line here. */
import { files } from '../files/evidence.js';
import type { AnyProbe } from '../model/probe.js';
import { dicomProbe } from './dicom/probe.js';
import { ftpProbe } from './ftp/probe.js';
import { httpProbe } from './http/probe.js';
import { nfsProbe } from './nfs/probe.js';
import { portProbe } from './port/probe.js';
import { rsyncProbe } from './rsync/probe.js';
import { smbProbe } from './smb/probe.js';
import { tlsProbe } from './tls/probe.js';

/** Services, in the order in which an open port is asked for them. */
export const probes: readonly AnyProbe[] = [dicomProbe, httpProbe, ftpProbe, smbProbe, nfsProbe, rsyncProbe];

/** Asked at touch `connect`, where no service may be spoken to. */
/** Asked where a port does not answer any service in the clear; the services are then tried inside TLS. */
export { portProbe, tlsProbe };

/** Every kind of evidence that can be stored, judged and measured. */
export const evidenceKinds = [...[...probes, portProbe, tlsProbe].map((probe) => probe.produces), files];
