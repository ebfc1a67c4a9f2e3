/**
 * The lines that keep strangers' programs off a share. Those for Samba were read by Debian's testparm 4.17, those for vsftpd tried on
 * Debian's 3.0.3, which then refuses the files; dd was tried on a file of DCMTK, whose dump stays the same. Those for exports(5), mount(8) and
 * rsyncd.conf(5) are from their manuals.
 */
import type { ProductRemedy } from '../model/check.js';

const cleanFirst = 'Keep the files and the logs for whoever investigates, then clean up; what was there once may have been opened.';

export const sambaNoPrograms: ProductRemedy = {
  product: 'samba',
  name: 'Samba',
  where: 'the section of the share in /etc/samba/smb.conf, then "testparm -s && systemctl reload smbd"',
  lines: ['guest ok = no', 'read only = yes', 'veto files = /*.exe/*.scr/*.com/*.pif/*.bat/*.cmd/*.vbs/*.js/*.hta/autorun.inf/'],
  rollback: 'Take the lines out and reload.',
  note: `Vetoed files are hidden, not removed. ${cleanFirst}`,
};
export const vsftpdNoPrograms: ProductRemedy = {
  product: 'vsftpd',
  name: 'vsftpd',
  where: '/etc/vsftpd.conf, then "systemctl restart vsftpd"',
  lines: ['anonymous_enable=NO', 'write_enable=NO', 'deny_file={*.exe,*.scr,*.com,*.pif,*.bat,*.vbs,autorun.inf}'],
  rollback: 'Put the former values back and restart.',
  note: `deny_file compares with case: add the same in capitals. ${cleanFirst}`,
};
export const nfsNoPrograms: ProductRemedy = {
  product: 'linux-knfsd',
  name: 'Linux NFS server',
  where: 'the line of the export in /etc/exports, then "exportfs -ra"',
  lines: ['/srv/imaging 192.0.2.17(ro,root_squash)'],
  rollback: 'Put the former line back and run "exportfs -ra".',
  note: `Clients mount it with noexec,nosuid,nodev. ${cleanFirst}`,
};
export const rsyncNoPrograms: ProductRemedy = {
  product: 'rsync',
  name: 'rsync',
  where: 'the module in /etc/rsyncd.conf',
  lines: ['read only = yes', 'auth users = radiology', 'secrets file = /etc/rsyncd.secrets'],
  rollback: 'Put the former lines back; the daemon reads the file at every connection.',
  note: cleanFirst,
};

/** Debian's mount(8) and findmnt of util-linux 2.38 take and show the options. */
export const diskNoPrograms: ProductRemedy = {
  product: 'local-disk',
  name: 'Local disk',
  where: 'a shell on this computer; to last, the options of its line in /etc/fstab',
  lines: [
    'dosimeter files PATH --list-malicious   # which files: on this terminal only',
    'mount -o remount,noexec,nosuid,nodev PATH   # where PATH is a file system of its own',
  ],
  rollback: 'mount -o remount,exec,suid,dev PATH',
  note: `noexec keeps this computer from starting them, not those to which the folder is given. ${cleanFirst}`,
};

/** dcmconv and other converters keep the preamble as it is. */
const emptyPreamble = (product: string, name: string): ProductRemedy => ({
  product,
  name,
  where: 'a shell on the server, on copies of the files',
  lines: ['dd if=/dev/zero of=copy.dcm bs=128 count=1 conv=notrunc   # DICM and the image behind it stay'],
  rollback: 'Keep the originals until somebody has examined them.',
  note: 'Whole slide images may have a TIFF in the preamble and stop being one; they are not meant here.',
});
export const emptyPreambles: readonly ProductRemedy[] = [
  emptyPreamble('samba', 'Samba'),
  emptyPreamble('vsftpd', 'vsftpd'),
  emptyPreamble('linux-knfsd', 'Linux NFS server'),
  emptyPreamble('rsync', 'rsync'),
  emptyPreamble('local-disk', 'Local disk'),
];
