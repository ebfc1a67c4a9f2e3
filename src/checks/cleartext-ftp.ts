/** Do passwords and files travel in the clear over FTP? */
import { defineCheck, fail, pass, unknown, type Verdict } from '../model/check.js';
import { type FtpEvidence, ftp } from '../protocols/ftp/evidence.js';
import { ftpFacts } from './ftp-facts.js';
import { fileZillaTls, iisTls, proftpdTls, pureFtpdTls, qnapTls, synologyTls, vsftpdTls } from './ftp-remedies.js';
import { cwe, gdprArticle32, hipaaTransmissionSecurity, nistSp180024 } from './references.js';

export const cleartextFtp = defineCheck({
  id: 'cleartext-ftp',
  title: 'Passwords and files travel unencrypted over FTP',
  severity: 'high',
  why: 'Whoever sits on the way reads the password and every image, and can change them. A password that was read once opens the server to them for good.',
  remedy: {
    text: 'Demand TLS for the login and for data (RFC 4217), and refuse everything else. Modalities that cannot do it get a network of their own.',
    products: [vsftpdTls, proftpdTls, pureFtpdTls, iisTls, fileZillaTls, synologyTls, qnapTls],
    prove: 'curl -s --max-time 20 ftp://{host}:{port}/ ; echo $?   # must not print 0; with --ssl-reqd and an account it must',
  },
  references: {
    requirement: [hipaaTransmissionSecurity, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(319, 'Cleartext Transmission of Sensitive Information')],
  },
  needs: { ftp },
  judge: ({ ftp }) => judge(ftp),
});

function judge(evidence: FtpEvidence): Verdict {
  const because = ftpFacts(evidence);
  const { greeting, tls, clearLogin, anonymous, dataProtection } = evidence;
  if (greeting === 'busy') return unknown('it takes no caller at the moment, or none from here', because);
  if (tls.offer === 'implicit') return dataVerdict(evidence, 'the port speaks TLS from the first byte');
  if (tls.offer === 'not-tried' || tls.offer === 'no-answer') return unknown('it did not answer to the question for TLS', because);
  const takesAnonymous = anonymous.direct === 'accepted';
  if (tls.offer === 'refused') {
    if (clearLogin === 'tls-first') return unknown('it demands TLS, and refuses it', because);
    if (clearLogin === 'anonymous-only') return fail('files travel in the clear: it offers no TLS. It takes no passwords', because, 'medium');
    return fail('it offers no TLS: every password and every file travels in the clear', because);
  }
  if (clearLogin === 'taken') return fail('it can do TLS, but takes names and passwords in the clear as well', because, 'medium');
  if (takesAnonymous) return fail('it can do TLS, but gives files to anonymous callers in the clear', because, 'medium');
  if (tls.offer === 'broken') return unknown('it takes AUTH TLS, but no handshake came about', because);
  if (clearLogin === 'tls-first') return dataVerdict(evidence, 'it demands TLS before a name');
  return unknown(dataProtection === 'not-tried' ? 'whether it demands TLS was not asked' : 'it can do TLS; whether it demands it could not be seen', because);
}

/** Passwords are protected; are files? */
function dataVerdict(evidence: FtpEvidence, login: string): Verdict {
  const because = ftpFacts(evidence);
  if (evidence.dataProtection === 'refused') return fail(`${login}, but it refuses TLS for files`, because, 'medium');
  if (evidence.dataProtection === 'works') return pass(`${login}, and files came over TLS`, because);
  return evidence.dataProtection === 'accepted'
    ? pass(`${login}, and agrees to TLS for files`, because)
    : unknown(`${login}; whether files are protected could not be seen`, because);
}
