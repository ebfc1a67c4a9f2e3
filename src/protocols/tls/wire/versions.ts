/** Protocol versions and their numbers on the wire. Says nothing of which are too old. */

/** Oldest first. */
export const tlsVersions = ['SSLv3', 'TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;
export type TlsVersion = (typeof tlsVersions)[number];

/** RFC 8446 section 4.1.2 and appendix D. */
export const versionNumbers: Readonly<Record<TlsVersion, number>> = {
  SSLv3: 0x0300,
  'TLSv1.0': 0x0301,
  'TLSv1.1': 0x0302,
  'TLSv1.2': 0x0303,
  'TLSv1.3': 0x0304,
};

/** `other`: a number that is none of the five, a draft for example. */
export function versionOf(number: number): TlsVersion | 'other' {
  return tlsVersions.find((version) => versionNumbers[version] === number) ?? 'other';
}
