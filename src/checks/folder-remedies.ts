/** The lines that take a folder away from other accounts. Those for a disk were tried on Debian 12 (findutils 4.9, coreutils 9.1); those of mounts are from mount(8), mount.cifs(8) and exports(5). */
import type { ProductRemedy } from '../model/check.js';

export const diskForOwners: ProductRemedy = {
  product: 'local-disk',
  name: 'Local disk',
  where: 'a shell on this computer, as the owner or root',
  lines: [
    'find PATH -xdev ! -type l -perm /o=rwx > before.txt   # keep it: these will be closed',
    'chgrp -R radiology PATH',
    'chmod -R g+rX,o-rwx PATH   # capital X: search on folders only',
  ],
  rollback: "tr '\\n' '\\0' < before.txt | xargs -0 chmod o+rX   # a right to write is not given back",
  note: 'New files follow the umask of the program that writes them: set it to 027 there ("UMask=0027" in its systemd unit). The list holds names of files: keep it as you keep the images.',
};
export const nfsMountForOwners: ProductRemedy = {
  product: 'nfs-mount',
  name: 'NFS mount',
  where: 'a shell on the server, which keeps the bits; this mount shows them only',
  lines: ['chmod -R g+rX,o-rwx PATH', '# and in /etc/exports: /srv/imaging 192.0.2.17(ro,root_squash)'],
  rollback: 'chmod -R o+rX PATH',
  note: 'NFS without Kerberos believes the number that a caller gives: "dosimeter scan" shows what the server lets strangers do.',
};
export const smbMountForOwners: ProductRemedy = {
  product: 'smb-mount',
  name: 'SMB mount',
  where: 'the options of its line in /etc/fstab, then mount it anew',
  lines: ['uid=dicom,gid=radiology,file_mode=0440,dir_mode=0550,ro'],
  rollback: 'Put the former options back and mount it anew.',
  note: 'These bits hold on this computer alone: "dosimeter scan" shows what the server lets strangers do.',
};
export const fatMountForOwners: ProductRemedy = {
  product: 'fat-mount',
  name: 'FAT, NTFS or disc',
  where: 'the options of its line in /etc/fstab, then mount it anew',
  lines: ['uid=dicom,gid=radiology,umask=0227,ro'],
  rollback: 'Put the former options back and mount it anew.',
  note: 'The medium itself protects nothing: whoever holds it reads it, unless it is encrypted.',
};
export const foldersForOwners: readonly ProductRemedy[] = [diskForOwners, nfsMountForOwners, smbMountForOwners, fatMountForOwners];
