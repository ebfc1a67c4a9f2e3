/**
 * The lines that the SMB checks recommend. Those for Samba were tried on Debian's 4.17 (`test/live/smb.test.ts`); those for Windows are from
 * Microsoft's reference of Set-SmbServerConfiguration, and for Synology from its knowledge base ("I cannot access a shared folder ... via SMB").
 */
import type { ProductRemedy } from '../model/check.js';

const sambaBase = {
  product: 'samba',
  name: 'Samba',
  where: 'the section [global] of /etc/samba/smb.conf, then "testparm -s && systemctl restart smbd"',
} as const;
const windowsBase = { product: 'windows', name: 'Windows', where: 'PowerShell as administrator' } as const;
const synologyBase = { product: 'synology-dsm', name: 'Synology DSM', where: 'Control Panel > User & Group > User (DSM 6: Control Panel > User)' } as const;

export const sambaNoSmb1: ProductRemedy = {
  ...sambaBase,
  lines: ['server min protocol = SMB3'],
  rollback: 'Take the line out and restart: the default is SMB2_02, which has no SMB 1 either.',
  note: 'Old modalities may speak SMB 1 alone: give those a share of their own on a network that nobody else reaches. With SMB2_02 in place of SMB3 Windows 7 still gets in.',
};
export const windowsNoSmb1: ProductRemedy = {
  ...windowsBase,
  lines: ['Set-SmbServerConfiguration -EnableSMB1Protocol $false -Force'],
  rollback: 'Set-SmbServerConfiguration -EnableSMB1Protocol $true -Force',
  note: '"Set-SmbServerConfiguration -AuditSmb1Access $true" logs who still uses it; look there first.',
};

export const sambaSigning: ProductRemedy = {
  ...sambaBase,
  lines: ['server signing = mandatory'],
  rollback: 'Take the line out and restart: by default only a domain controller demands it.',
  note: 'Guests cannot sign: close the shares for guests too.',
};
export const windowsSigning: ProductRemedy = {
  ...windowsBase,
  lines: ['Set-SmbServerConfiguration -RequireSecuritySignature $true -Force'],
  rollback: 'Set-SmbServerConfiguration -RequireSecuritySignature $false -Force',
};

export const sambaEncryption: ProductRemedy = {
  ...sambaBase,
  lines: ['server smb encrypt = required', 'server min protocol = SMB3'],
  rollback: 'Take both lines out and restart: by default it is negotiated, and clients hardly ever ask.',
  note: 'Windows 7 and old modalities do not encrypt and are locked out. In the section of one share the first line counts for that share alone.',
};
export const windowsEncryption: ProductRemedy = {
  ...windowsBase,
  lines: ['Set-SmbServerConfiguration -EncryptData $true -RejectUnencryptedAccess $true -Force'],
  rollback: 'Set-SmbServerConfiguration -EncryptData $false -Force',
  note: 'For one share: Set-SmbShare -Name "imaging" -EncryptData $true -Force. Windows 7 and old modalities do not encrypt and are locked out.',
};

export const sambaNoNullSession: ProductRemedy = {
  ...sambaBase,
  lines: ['restrict anonymous = 2', 'map to guest = Never'],
  rollback: 'Take the lines out and restart: the defaults are 0 and Never.',
  note: 'It does nothing as long as one share says "guest ok = yes".',
};
export const windowsNoNullSession: ProductRemedy = {
  ...windowsBase,
  lines: [
    'reg add "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa" /v RestrictAnonymous /t REG_DWORD /d 1 /f',
    'reg add "HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanManServer\\Parameters" /v RestrictNullSessAccess /t REG_DWORD /d 1 /f',
  ],
  rollback: 'The same lines with /d 0; "reg query" shows what stood there before.',
  note: 'Restart the server service afterwards.',
};

export const sambaNoGuests: ProductRemedy = {
  ...sambaBase,
  lines: ['map to guest = Never', 'usershare allow guests = no', '# and in the section of the share:', 'guest ok = no', 'valid users = @radiology'],
  rollback: 'Put the former values back and restart. As Debian ships it: map to guest = bad user, usershare allow guests = yes.',
  note: 'Whoever sends images there needs an account first: "smbpasswd -a NAME". An account a modality, not one for all.',
};
export const windowsNoGuests: ProductRemedy = {
  ...windowsBase,
  lines: ['Disable-LocalUser -Name "Guest"', 'Revoke-SmbShareAccess -Name "imaging" -AccountName "Everyone" -Force'],
  rollback: 'Enable-LocalUser -Name "Guest"; Grant-SmbShareAccess -Name "imaging" -AccountName "Everyone" -AccessRight Read -Force',
  note: 'Name the share in place of "imaging"; Get-SmbShareAccess shows what stood there before.',
};
export const synologyNoGuests: ProductRemedy = {
  ...synologyBase,
  lines: ['guest: disable this account'],
  rollback: 'Enable the account again in the same place.',
  note: 'Switching on Local Master Browser in the settings of SMB switches the guest account on again. Its SMB server is a Samba.',
};

export const sambaReadOnly: ProductRemedy = {
  ...sambaBase,
  where: 'the section of the share in /etc/samba/smb.conf, then "testparm -s && systemctl restart smbd"',
  lines: ['guest ok = no', 'read only = yes', 'write list = @modalities'],
  rollback: 'Put the former values back and restart.',
  note: 'Whoever sends images there needs an account in that group first.',
};
