/** The lines that the rsync checks recommend, tried on Debian's package (`test/live/rsync.test.ts`). */
import type { ProductRemedy } from '../model/check.js';

const rsyncBase = {
  product: 'rsync',
  name: 'rsync',
  where: 'the section of the module in /etc/rsyncd.conf; the daemon reads it anew for each caller',
} as const;

export const rsyncLogin: ProductRemedy = {
  ...rsyncBase,
  lines: ['auth users = backup', 'secrets file = /etc/rsyncd.secrets', 'hosts allow = 192.0.2.10', 'list = no'],
  rollback: 'Take the lines out.',
  note:
    'The secrets file holds "backup:a long random password" and wants mode 600. The address is that of the computer that needs the module. "list = no" alone ' +
    'hides a module and opens it to whoever knows its name. The password is not sent in the clear, the files are: let rsync run over ssh, or inside a VPN.',
};
export const rsyncReadOnly: ProductRemedy = {
  ...rsyncBase,
  lines: ['read only = yes'],
  rollback: 'Set it to no.',
  note: 'It is the default: somebody wrote "read only = no" or "read only = false". With auth users, "backup:rw" gives one account what others have not.',
};
