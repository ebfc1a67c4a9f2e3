/** Which Debian packages the live tests stand on, and which of them are not here. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dicomWebPlugin } from './web-servers.js';

/** Program → the Debian package that brings it. */
const needed = {
  Orthanc: 'orthanc',
  storescp: 'dcmtk',
  dcmqrscp: 'dcmtk',
  dcmqridx: 'dcmtk',
  nginx: 'nginx-light',
  apache2: 'apache2-bin',
  lighttpd: 'lighttpd',
  'ganesha.nfsd': 'nfs-ganesha nfs-ganesha-vfs',
  rpcbind: 'rpcbind',
  'nfs-ls': 'libnfs-utils',
  smbd: 'samba',
  smbclient: 'smbclient',
  vsftpd: 'vsftpd',
  lftp: 'lftp',
  curl: 'curl',
  rsync: 'rsync',
  openssl: 'openssl',
  gcc: 'gcc libc6-dev',
};

/** Packages that the live tests lack here; empty when they can run. */
export function missingPackages(): readonly string[] {
  const missing = Object.entries(needed).filter(([program]) => !isInstalled(program));
  const plugin = existsSync(dicomWebPlugin) ? [] : ['orthanc-dicomweb'];
  return [...new Set([...missing.map(([, debianPackage]) => debianPackage), ...plugin])];
}

function isInstalled(program: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin'];
  return process.platform === 'linux' && folders.some((folder) => existsSync(join(folder, program)));
}

/** Whether the live tests stay out: a package is missing, and nobody demanded them with DOSIMETER_REQUIRE_LIVE=1. */
export const skipLive = missingPackages().length > 0 && process.env['DOSIMETER_REQUIRE_LIVE'] !== '1';
