/** Does a password travel in the clear? */
import { defineCheck, fail, notApplicable, pass, type Verdict } from '../model/check.js';
import { type HttpEvidence, http } from '../protocols/http/evidence.js';
import { listed } from './amount-words.js';
import { cwe, gdprArticle32, hipaaTransmissionSecurity, nistSp180024 } from './references.js';
import { siteFacts } from './web-doors.js';
import { basicAuthentication } from './web-references.js';
import { apacheHttps, nginxHttps, orthancTls } from './web-remedies.js';

export const cleartextLogin = defineCheck({
  id: 'cleartext-login',
  title: 'The login is sent in the clear',
  severity: 'high',
  why: 'Everybody on the way reads the password, and with it every patient that the account may see. People use the same password elsewhere.',
  remedy: {
    text: 'Offer the login over https only, redirect http to it, and send Strict-Transport-Security so that browsers do not ask in the clear again.',
    products: [orthancTls, nginxHttps, apacheHttps],
    prove: 'curl -sI "{url}/" | head -1   # must be a redirect to https, or nothing',
  },
  references: {
    requirement: [hipaaTransmissionSecurity, gdprArticle32],
    target: [basicAuthentication, nistSp180024],
    weakness: [cwe(319, 'Cleartext Transmission of Sensitive Information')],
  },
  needs: { http },
  judge: ({ http }) => judge(http),
});

function judge(evidence: HttpEvidence): Verdict {
  const { login, transport, front, hsts } = evidence;
  const because = { ...siteFacts(evidence), login: login?.by ?? null, hsts, redirect: front.redirect, cookiesWithoutSecure: evidence.cookies.withoutSecure };
  if (!login)
    return transport === 'plain' && front.redirect === 'https-same-host'
      ? pass('it sends everybody on to https', because)
      : notApplicable('no login was seen', because);
  if (login.by === 'certificate') return pass('it asks for a certificate, not for a password', because);
  if (transport === 'tls') return pass(`the login is reached over https${listedLacks(evidence)}`, because);
  if (login.by === 'digest') return fail('the login page is not over https; the password itself is hashed (Digest), but the session is not', because, 'medium');
  if (!login.submitsInClear)
    return fail('the form sends the password over https, but the page with the form comes in the clear and can be changed on the way', because, 'medium');
  return fail(login.by === 'form' ? 'its form sends the password over http' : 'it asks for the password over http', because);
}

/** What browsers need to keep to https. Alone they give no password away. */
function listedLacks({ hsts, cookies }: HttpEvidence): string {
  const lacks = [...(hsts === null ? ['without Strict-Transport-Security'] : []), ...(cookies.withoutSecure > 0 ? ['with cookies that lack Secure'] : [])];
  return lacks.length === 0 ? '' : ` (${listed(lacks)})`;
}
