/** Do files travel in the clear over NFS? */
import { defineCheck, fail, pass, unknown, type Verdict } from '../model/check.js';
import { type NfsEvidence, nfs } from '../protocols/nfs/evidence.js';
import { askedElsewhere, nfsFacts } from './nfs-facts.js';
import { ganeshaEncryption, linuxEncryption, synologyEncryption } from './nfs-remedies.js';
import { cwe, gdprArticle32, hipaaTransmissionSecurity, nistSp180024 } from './references.js';

export const nfsCleartext = defineCheck({
  id: 'nfs-cleartext',
  title: 'Files travel unencrypted over NFS',
  severity: 'medium',
  why:
    'Whoever sits on the way reads every image that is opened or saved, and can change it. NFS encrypts with Kerberos (krb5p) or, since 2022, with TLS ' +
    '(RFC 9289), and by default with neither.',
  remedy: {
    text: 'Demand Kerberos with privacy (krb5p) or TLS for every export; where neither can be had, let NFS run inside a VPN only.',
    products: [linuxEncryption, ganeshaEncryption, synologyEncryption],
    prove: 'mount -t nfs {host}:/EXPORT /mnt -o port={port},sec=sys   # must be refused',
  },
  references: {
    requirement: [hipaaTransmissionSecurity, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(319, 'Cleartext Transmission of Sensitive Information')],
  },
  needs: { nfs },
  judge: ({ nfs }) => askedElsewhere(nfs) ?? judge(nfs),
});

function judge(evidence: NfsEvidence): Verdict {
  const { shares, tls } = evidence;
  const told = shares.flatMap(({ flavours }) => (flavours === 'not-told' ? [] : [flavours]));
  const because = { ...nfsFacts(evidence), flavours: [...new Set(told.flat())] };
  const hasKrb5p = told.some((flavours) => flavours.includes('krb5p'));
  if (shares.some(({ access }) => access === 'open')) {
    if (tls === 'offered' || hasKrb5p)
      return fail(`it gives out an export in the clear, though it can encrypt (${tls === 'offered' ? 'TLS' : 'krb5p'})`, because, 'low');
    return tls === 'not-offered'
      ? fail('it gives out files in the clear, and offers neither krb5p nor TLS', because)
      : fail('it gives out files in the clear', because);
  }
  if (told.length === 0 || told.length < shares.length)
    return unknown('what it demands shows only where it lets somebody in, or tells its security flavours', because);
  if (told.every((flavours) => flavours.every((flavour) => flavour === 'krb5p'))) return pass('it demands Kerberos with privacy (krb5p)', because);
  if (tls === 'not-offered' && !hasKrb5p)
    return fail('it offers neither krb5p nor TLS, so that what it gives to those it lets in travels in the clear', because);
  return unknown('it can encrypt; whether it demands it shows only to somebody it lets in', because);
}
