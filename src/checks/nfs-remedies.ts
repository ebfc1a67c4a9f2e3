/**
 * The lines that the NFS checks recommend. Those for NFS-Ganesha were tried on Debian's 4.3 (`test/live/nfs.test.ts`); those for Linux are from the manual
 * exports(5) of nfs-utils, for Synology from its knowledge base ("Assign NFS Permissions"), for QNAP from the manual of QTS 4.5 ("Configuring NFS Service Settings").
 */
import type { ProductRemedy } from '../model/check.js';

const linuxBase = { product: 'linux-knfsd', name: 'Linux NFS server', where: 'the line of the export in /etc/exports, then "exportfs -ra"' } as const;
const ganeshaBase = {
  product: 'nfs-ganesha',
  name: 'NFS-Ganesha',
  where: 'the EXPORT block in /etc/ganesha/ganesha.conf, then "systemctl restart nfs-ganesha"',
} as const;
const synologyBase = {
  product: 'synology-dsm',
  name: 'Synology DSM',
  where: 'Control Panel > Shared Folder, select the folder, Edit > NFS Permissions, then each rule',
} as const;
const qnapBase = {
  product: 'qnap-qts',
  name: 'QNAP QTS',
  where: 'Control Panel > Privilege > Shared Folders > Edit Shared Folder Permissions, permission type NFS host access',
} as const;

const formerLine = 'Put the former line back and run "exportfs -ra".';
const formerBlock = 'Put the former block back and restart.';

export const linuxNamedClients: ProductRemedy = {
  ...linuxBase,
  lines: ['/srv/imaging 192.0.2.17(ro,root_squash,sec=krb5p)'],
  rollback: formerLine,
  note:
    'No space between the address and the bracket: with one, the options go to everyone. Addresses can be forged on the same network; Kerberos (sec=krb5p) cannot, ' +
    'but needs a domain. Export a whole file system: handles of files outside an exported subfolder can be guessed.',
};
export const ganeshaNamedClients: ProductRemedy = {
  ...ganeshaBase,
  lines: ['Access_Type = None;', 'CLIENT { Clients = 192.0.2.17; Access_Type = RO; }'],
  rollback: formerBlock,
  note: 'Access_Type of the block itself goes to everyone that no CLIENT block names: it has to be None.',
};
export const synologyNamedClients: ProductRemedy = {
  ...synologyBase,
  lines: ['Hostname or IP: 192.0.2.17', 'Privilege: Read-only', 'Squash: Map all users to guest', 'Security: Kerberos privacy'],
  rollback: 'Enter the former values again in the same place.',
  note: 'A rule for * is a rule for everyone. Kerberos needs a domain; without one choose AUTH_SYS and keep the list of hosts short.',
};
export const qnapNamedClients: ProductRemedy = {
  ...qnapBase,
  lines: ['Remove the entry * and add the address of each host that needs the folder.'],
  rollback: 'Add the former entries again in the same place.',
};

export const linuxReadOnly: ProductRemedy = {
  ...linuxBase,
  lines: ['/srv/imaging 192.0.2.17(ro,all_squash)'],
  rollback: formerLine,
  note: 'Modalities that store images need a line of their own with rw and their address. Take the right to write away in the file system, too: chmod o-w.',
};
export const ganeshaReadOnly: ProductRemedy = {
  ...ganeshaBase,
  lines: ['Access_Type = RO;', 'Squash = All_Squash;'],
  rollback: formerBlock,
  note: 'Modalities that store images need a CLIENT block of their own with Access_Type = RW.',
};
export const synologyReadOnly: ProductRemedy = {
  ...synologyBase,
  lines: ['Privilege: Read-only', 'Squash: Map all users to guest'],
  rollback: 'Enter the former values again in the same place.',
};

export const linuxSquash: ProductRemedy = {
  ...linuxBase,
  lines: ['/srv/imaging 192.0.2.17(ro,root_squash)'],
  rollback: formerLine,
  note: 'root_squash is the default: it is enough to take no_root_squash out. Other users can still be claimed; all_squash makes everybody nobody.',
};
export const ganeshaSquash: ProductRemedy = { ...ganeshaBase, lines: ['Squash = Root_Squash;'], rollback: formerBlock };
export const synologySquash: ProductRemedy = {
  ...synologyBase,
  lines: ['Squash: Map root to guest'],
  rollback: 'Choose the former value again in the same place.',
  note: '"Map root to admin" gives whoever claims to be root the rights of an administrator. "Map all users to guest" is safer still.',
};

export const linuxEncryption: ProductRemedy = {
  ...linuxBase,
  lines: ['/srv/imaging 192.0.2.17(ro,sec=krb5p)', '# or, with a certificate instead of Kerberos:', '/srv/imaging 192.0.2.17(ro,xprtsec=mtls)'],
  rollback: formerLine,
  note: 'xprtsec needs tlshd on both sides, a kernel and nfs-utils that know it (2.6.3 or newer). Where neither can be had, put NFS into a VPN.',
};
export const ganeshaEncryption: ProductRemedy = {
  ...ganeshaBase,
  lines: ['SecType = krb5p;'],
  rollback: formerBlock,
  note: 'Needs Kerberos: a keytab with nfs/HOST. Where there is none, put NFS into a VPN.',
};
export const synologyEncryption: ProductRemedy = {
  ...synologyBase,
  lines: ['Security: Kerberos privacy'],
  rollback: 'Choose the former value again in the same place.',
  note: 'Needs a Kerberos domain. Where there is none, put NFS into a VPN.',
};
