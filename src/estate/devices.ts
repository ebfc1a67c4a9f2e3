/** Every device of the estate, in the order of their addresses. Adding one is one function and one line in its group. */
import type { Behaviour } from './behaviour.js';
import type { DeviceSpec } from './device-spec.js';
import { closedDevices } from './devices-closed.js';
import { doorsToOneArchive } from './devices-doors.js';
import { ftpDevices } from './devices-ftp.js';
import { largeDevices } from './devices-large.js';
import { nfsDevices } from './devices-nfs.js';
import { openDevices } from './devices-open.js';
import { smbDevices } from './devices-smb.js';
import { tlsDevices } from './devices-tls.js';
import { webDevices } from './devices-web.js';
import { noRights, nothingLearnt } from './truth.js';

export type { DeviceSpec } from './device-spec.js';

export function estateDevices(): readonly DeviceSpec[] {
  return [
    ...openDevices(),
    ...closedDevices(),
    ...tlsDevices(),
    ...webDevices(),
    ...smbDevices(),
    ...nfsDevices(),
    ...ftpDevices(),
    ...oddDevices(),
    ...largeDevices(),
    ...doorsToOneArchive(),
  ];
}

function oddDevices(): readonly DeviceSpec[] {
  return [
    odd('http-server', 'web server on a DICOM port', 11112, 'http', 'http'),
    ftpServer(),
    odd('noise', 'answers with bytes of no protocol', 104, 'noise', 'unrecognised'),
    odd('silent', 'takes the connection and never says a word', 104, 'nothing', 'silent'),
    odd('goodbye', 'takes the connection and hangs up at once', 104, 'goodbye', 'silent'),
  ];
}

function ftpServer(): DeviceSpec {
  const device = odd('ftp-server', 'FTP server on a DICOM port, nobody may log in', 104, 'ftp', 'ftp');
  const verdicts = { 'anonymous-ftp-login': 'pass', 'anonymous-ftp-write': 'pass', 'cleartext-ftp': 'fail' } as const;
  return { ...device, truth: { ...device.truth, rights: noRights, verdicts } };
}

function odd(
  id: string,
  what: string,
  port: number,
  speaks: Exclude<Behaviour['speaks'], 'dicom' | 'web' | 'smb' | 'nfs' | 'ftp-nas' | 'rsync'>,
  service: string,
): DeviceSpec {
  return { id, what, port, behaviour: { speaks }, truth: { ...nothingLearnt, service, verdicts: {} } };
}
