/** Is the certificate within its dates? Judged by the time of the observation, never by a clock. */
import { defineCheck, fail, notApplicable, pass, unknown, type Verdict } from '../model/check.js';
import { ftp } from '../protocols/ftp/evidence.js';
import { type TlsCertificate, tls } from '../protocols/tls/evidence.js';
import { calendarDay, dayMs } from './calendar-day.js';
import { ftpCertificates, newCertificate, showsTls } from './certificate-remedy.js';
import { cwe, dicomTlsProfileB12, gdprArticle32, hipaaTransmissionSecurity } from './references.js';
import { rfc5280Validity } from './tls-references.js';

/** Days before the end at which a passing verdict names the date, so that renewing can be planned. */
const soon = 30;

export const expiredCertificate = defineCheck({
  id: 'expired-certificate',
  title: 'The certificate is not within its dates',
  severity: 'medium',
  why:
    'Outside its dates no caller may accept a certificate. Where images keep flowing all the same, the callers do not check certificates at ' +
    'all, and anyone on the way can put up another. Where they do check, transmission stops on that day. A certificate that ends within 30 ' +
    'days passes, and the reason names the day.',
  remedy: {
    text: 'Have the certificate renewed, install it, and then find out why nobody noticed: make the callers check it, and note the next date.',
    products: [...newCertificate, ...ftpCertificates],
    prove: 'dosimeter scan {host} --ports {port}',
  },
  references: {
    requirement: [hipaaTransmissionSecurity, gdprArticle32],
    target: [dicomTlsProfileB12, rfc5280Validity],
    weakness: [cwe(298, 'Improper Validation of Certificate Expiration')],
  },
  needs: {},
  wants: { tls, ftp },
  judge: ({ tls, ftp }, { now }) => {
    const certificate = tls?.certificate ?? ftp?.tls.certificate;
    if (certificate) return judge(certificate, now);
    return tls || showsTls(ftp) ? unknown('no certificate could be read') : notApplicable('it showed no certificate');
  },
});

/** RFC 5280 section 4.1.2.5: valid from the first to the last moment, both included. */
function judge({ notBefore, notAfter }: Pick<TlsCertificate, 'notBefore' | 'notAfter'>, now: number): Verdict {
  if (!Number.isFinite(notBefore) || !Number.isFinite(notAfter)) return unknown('the dates in the certificate cannot be read');
  const because = { notBefore: calendarDay(notBefore), notAfter: calendarDay(notAfter) };
  if (now > notAfter) return fail(`it ended on ${because.notAfter}, ${inDays(now - notAfter)} ago`, because);
  if (now < notBefore) return fail(`it is not valid before ${because.notBefore}, which is ${inDays(notBefore - now)} ahead`, because);
  const left = notAfter - now;
  return pass(
    left < soon * dayMs ? `it is valid, but ends in ${inDays(left)}, on ${because.notAfter}: renew it now` : `it is valid until ${because.notAfter}`,
    because,
  );
}

function inDays(ms: number): string {
  const days = Math.floor(ms / dayMs);
  return days < 1 ? 'less than a day' : days === 1 ? '1 day' : `${days} days`;
}
