/**
 * What an SMB server says of itself → which product it is. Samba and Windows are told apart; appliances run one of them and say
 * nothing that would tell more (MS-SMB2's server GUID is random, and no maker documents a pattern in it).
 */
import type { Product } from '../../model/product.js';

export interface SmbSaid {
  /** Version within the NTLM challenge, MS-NLMP section 2.2.2.10. */
  readonly ntlmVersion: { readonly major: number; readonly minor: number; readonly build: number } | null;
  /** NativeOS and NativeLanMan of SMB 1, MS-CIFS section 2.2.4.53.2. */
  readonly nativeOs: string | null;
  readonly nativeLanMan: string | null;
}

/** Build → the releases that have it; clients and servers share builds. From the lists of releases at learn.microsoft.com (Windows Server, Windows 10 and 11 release information). */
const windowsBuilds: Readonly<Record<number, string>> = {
  2195: 'Windows 2000',
  2600: 'Windows XP',
  3790: 'Windows Server 2003',
  6001: 'Windows Server 2008 or Vista',
  6002: 'Windows Server 2008 or Vista',
  6003: 'Windows Server 2008',
  7600: 'Windows Server 2008 R2 or Windows 7',
  7601: 'Windows Server 2008 R2 or Windows 7',
  9200: 'Windows Server 2012 or Windows 8',
  9600: 'Windows Server 2012 R2 or Windows 8.1',
  10240: 'Windows 10',
  10586: 'Windows 10',
  14393: 'Windows Server 2016 or Windows 10',
  15063: 'Windows 10',
  16299: 'Windows 10',
  17134: 'Windows 10',
  17763: 'Windows Server 2019 or Windows 10',
  18362: 'Windows 10',
  18363: 'Windows 10',
  19041: 'Windows 10',
  20348: 'Windows Server 2022',
  22000: 'Windows 11',
  22621: 'Windows 11',
  26100: 'Windows Server 2025 or Windows 11',
};

export function identifySmbProduct(said: SmbSaid): Product | null {
  return byLanMan(said) ?? byNtlm(said) ?? null;
}

function byLanMan({ nativeLanMan, nativeOs, ntlmVersion }: SmbSaid): Product | undefined {
  const samba = /^Samba (\d[\w.+~-]{0,40})$/.exec(nativeLanMan ?? '');
  if (samba) return { id: 'samba', name: 'Samba', version: samba[1] ?? null, basis: 'NativeLanMan of SMB 1' };
  if (/^Samba\b/.test(nativeLanMan ?? '')) return { id: 'samba', name: 'Samba', version: null, basis: 'NativeLanMan of SMB 1' };
  if (ntlmVersion || !/^Windows\b/.test(nativeOs ?? '')) return undefined;
  const build = / (\d{4,5})(?: Service Pack \d)?$/.exec(nativeOs ?? '')?.[1];
  return { id: 'windows', name: windowsBuilds[Number(build)] ?? 'Windows', version: build ?? null, basis: 'NativeOS of SMB 1' };
}

/** Samba answers 6.1 with build 0 (auth/ntlmssp/ntlmssp_server.c); no Windows has build 0. */
function byNtlm({ ntlmVersion }: SmbSaid): Product | undefined {
  if (!ntlmVersion) return undefined;
  const { major, minor, build } = ntlmVersion;
  if (build === 0) return major === 6 && minor === 1 ? { id: 'samba', name: 'Samba', version: null, basis: 'NTLM version 6.1 without a build' } : undefined;
  const name = windowsBuilds[build];
  return name === undefined ? undefined : { id: 'windows', name, version: `${major}.${minor}.${build}`, basis: 'build within the NTLM challenge' };
}
