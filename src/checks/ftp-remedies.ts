/**
 * The lines that the FTP checks recommend. Those for vsftpd and ProFTPD, and the options behind those for Pure-FTPd, were tried on Debian's packages
 * (`test/live/ftp.test.ts`); those for IIS are from Microsoft's reference of ftpServer/security, for Synology from its knowledge base (File Services, FTP). FileZilla's and QNAP's places
 * were not tried: their notes say so.
 */
import type { ProductRemedy } from '../model/check.js';

const vsftpdBase = { product: 'vsftpd', name: 'vsftpd', where: '/etc/vsftpd.conf, then "systemctl restart vsftpd"' } as const;
const proftpdBase = { product: 'proftpd', name: 'ProFTPD', where: '/etc/proftpd/proftpd.conf, then "proftpd -t && systemctl restart proftpd"' } as const;
const pureFtpdBase = { product: 'pure-ftpd', name: 'Pure-FTPd', where: 'the command line as root (Debian), then "systemctl restart pure-ftpd"' } as const;
const iisBase = { product: 'iis', name: 'Microsoft IIS', where: 'an elevated command prompt in %windir%\\system32\\inetsrv' } as const;
const fileZillaBase = { product: 'filezilla-server', name: 'FileZilla Server', where: 'the administration interface, Server > Configure' } as const;
const synologyBase = { product: 'synology-dsm', name: 'Synology DSM', where: 'Control Panel > File Services > FTP' } as const;
const qnapBase = { product: 'qnap-qts', name: 'QNAP QTS', where: 'QuFTP Service > FTP Server (QTS 4: Control Panel > Network & File Services > FTP)' } as const;
const notTried = 'Not tried on the product: names of menus differ between releases.';

export const vsftpdNoAnonymous: ProductRemedy = {
  ...vsftpdBase,
  lines: ['anonymous_enable=NO', 'local_enable=YES'],
  rollback: 'Set anonymous_enable=YES and restart.',
  note: 'As compiled, anonymous_enable is YES: the line has to be there. Without local_enable=YES nobody at all may log in.',
};
export const proftpdNoAnonymous: ProductRemedy = {
  ...proftpdBase,
  lines: ['<Limit LOGIN>', '  DenyUser ftp', '  DenyUser anonymous', '</Limit>'],
  rollback: 'Take the four lines out and restart.',
  note: "Put them within every <Anonymous> section, or delete those sections. The sample configuration in ProFTPD's sources brings one.",
};
const pureFtpdNoAnonymous: ProductRemedy = {
  ...pureFtpdBase,
  lines: ['echo yes > /etc/pure-ftpd/conf/NoAnonymous', 'rm -f /etc/pure-ftpd/conf/AnonymousOnly'],
  rollback: 'Write "no" into NoAnonymous and restart.',
  note: 'Elsewhere: "NoAnonymous yes" in pure-ftpd.conf, or the option -E.',
};
const iisNoAnonymous: ProductRemedy = {
  ...iisBase,
  lines: ['appcmd set site "SITE" /ftpServer.security.authentication.anonymousAuthentication.enabled:false'],
  rollback: 'The same line with "true".',
  note: 'Remove "All Anonymous Users" from the FTP Authorization Rules too. "appcmd list site" shows the names of the sites.',
};
const fileZillaNoAnonymous: ProductRemedy = {
  ...fileZillaBase,
  lines: ['Rights management > Users: remove the user "anonymous", and every user with "Do not require authentication"'],
  rollback: 'Add the user again.',
  note: notTried,
};
const synologyNoAnonymous: ProductRemedy = {
  ...synologyBase,
  lines: ['General > Advanced Settings > Enable Anonymous FTP: off'],
  rollback: 'Tick it again.',
};
const qnapNoAnonymous: ProductRemedy = { ...qnapBase, lines: ['Anonymous login: off'], rollback: 'Switch it on again.', note: notTried };
/** Of every FTP server that a setting is known for. */
export const noAnonymousFtp: readonly ProductRemedy[] = [
  ...[vsftpdNoAnonymous, proftpdNoAnonymous, pureFtpdNoAnonymous, iisNoAnonymous],
  ...[fileZillaNoAnonymous, synologyNoAnonymous, qnapNoAnonymous],
];

export const vsftpdReadOnly: ProductRemedy = {
  ...vsftpdBase,
  lines: ['anon_upload_enable=NO', 'anon_mkdir_write_enable=NO', 'anon_other_write_enable=NO'],
  rollback: 'Set to YES again what has to be, and restart.',
  note: 'vsftpd tells nobody what may be written: look at these lines to be sure. write_enable=NO closes it for accounts as well.',
};
export const proftpdReadOnly: ProductRemedy = {
  ...proftpdBase,
  lines: ['<Limit WRITE>', '  DenyAll', '</Limit>'],
  rollback: 'Take the three lines out and restart.',
  note:
    'Within <Anonymous>. ProFTPD still offers writing in its listings where the permissions of files allow it, and so Dosimeter still reports it: ' +
    'take the permissions away as well ("chown -R root:root" and "chmod -R go-w" of the folder).',
};
export const pureFtpdReadOnly: ProductRemedy = {
  ...pureFtpdBase,
  lines: ['echo yes > /etc/pure-ftpd/conf/AnonymousCantUpload', 'echo no > /etc/pure-ftpd/conf/AnonymousCanCreateDirs'],
  rollback: 'Write "no" and "yes" into them and restart.',
  note: 'Elsewhere: "AnonymousCantUpload yes" in pure-ftpd.conf, or the option -i.',
};
export const iisReadOnly: ProductRemedy = {
  ...iisBase,
  lines: [
    "appcmd set config \"SITE\" /section:system.ftpServer/security/authorization /[accessType='Allow',users='?',roles=''].permissions:Read /commit:apphost",
  ],
  rollback: 'The same line with "Read, Write".',
  note: 'Not tried on the product. The same place in IIS Manager: FTP Authorization Rules.',
};
export const fileZillaReadOnly: ProductRemedy = {
  ...fileZillaBase,
  lines: ['Rights management > Users > anonymous > Mount points: Access mode "Read only"'],
  rollback: 'Choose "Read + Write" again.',
  note: notTried,
};
export const synologyReadOnlyFtp: ProductRemedy = {
  product: 'synology-dsm',
  name: 'Synology DSM',
  where: 'Control Panel > Shared Folder > Edit > Permissions',
  lines: ['Local users: guest: No Access, or Read-Only', 'System internal user: Anonymous FTP/WebDAV: No Access, or Read-Only'],
  rollback: 'Choose Read/Write again.',
  note: notTried,
};
export const qnapReadOnlyFtp: ProductRemedy = {
  product: 'qnap-qts',
  name: 'QNAP QTS',
  where: 'Control Panel > Privilege > Shared Folders > Edit Shared Folder Permission > FTP anonymous access',
  lines: ['Deny access, or Read only'],
  rollback: 'Choose Read/Write again.',
  note: notTried,
};

export const vsftpdTls: ProductRemedy = {
  ...vsftpdBase,
  lines: [
    'ssl_enable=YES',
    'force_local_logins_ssl=YES',
    'force_local_data_ssl=YES',
    'allow_anon_ssl=NO',
    'rsa_cert_file=/etc/ssl/certs/ftp.crt',
    'rsa_private_key_file=/etc/ssl/private/ftp.key',
  ],
  rollback: 'Set ssl_enable=NO and restart.',
  note: 'Programs that reuse no TLS session cannot list then: "require_ssl_reuse=NO" lets them, at the price that data connections can be taken over.',
};
export const proftpdTls: ProductRemedy = {
  ...proftpdBase,
  lines: [
    'LoadModule mod_tls.c',
    'TLSEngine on',
    'TLSRequired on',
    'TLSProtocol TLSv1.2 TLSv1.3',
    'TLSRSACertificateFile /etc/ssl/certs/ftp.crt',
    'TLSRSACertificateKeyFile /etc/ssl/private/ftp.key',
  ],
  rollback: 'Set TLSEngine off and restart.',
  note: 'Debian has the module in proftpd-mod-crypto. "TLSRequired ctrl" would protect passwords only, and not the images.',
};
export const pureFtpdTls: ProductRemedy = {
  ...pureFtpdBase,
  lines: ['echo 3 > /etc/pure-ftpd/conf/TLS', 'cat ftp.crt ftp.key > /etc/ssl/private/pure-ftpd.pem', 'chmod 600 /etc/ssl/private/pure-ftpd.pem'],
  rollback: 'Write 0 into /etc/pure-ftpd/conf/TLS and restart.',
  note: '2 demands TLS of the login, 3 of files too. Elsewhere: "TLS 3" in pure-ftpd.conf, or the option -Y 3.',
};
export const iisTls: ProductRemedy = {
  ...iisBase,
  lines: [
    'appcmd set site "SITE" /ftpServer.security.ssl.controlChannelPolicy:SslRequire',
    'appcmd set site "SITE" /ftpServer.security.ssl.dataChannelPolicy:SslRequire',
    'appcmd set site "SITE" /ftpServer.security.ssl.serverCertHash:THUMBPRINT',
  ],
  rollback: 'The first two lines with "SslAllow".',
  note: 'SslRequireCredentialsOnly would protect passwords only, and not the images.',
};
export const fileZillaTls: ProductRemedy = {
  ...fileZillaBase,
  lines: ['Server listeners: Protocol "Require explicit FTP over TLS"'],
  rollback: 'Choose "Explicit FTP over TLS and insecure plain FTP" again.',
  note: notTried,
};
export const synologyTls: ProductRemedy = {
  ...synologyBase,
  lines: ['Enable FTP service (No encryption): off', 'Enable FTP SSL/TLS encryption service (FTPS): on'],
  rollback: 'Tick the first again.',
};
export const qnapTls: ProductRemedy = {
  ...qnapBase,
  lines: ['Protocol: FTP (standard): off', 'Protocol: FTP with SSL/TLS (Explicit): on'],
  rollback: 'Switch the first on again.',
  note: notTried,
};
