/** Does the account that the vendor published still open it? Only tried at touch `credentials`. */
import { defineCheck, fail, notApplicable, pass, unknown, type Verdict } from '../model/check.js';
import { type HttpEvidence, http } from '../protocols/http/evidence.js';
import { cwe, gdprArticle32, hipaaPersonAuthentication, nistSp180024 } from './references.js';
import { siteFacts } from './web-doors.js';
import { orthancLogin } from './web-remedies.js';

export const defaultCredentials = defineCheck({
  id: 'default-credentials',
  title: 'A published default account opens it',
  severity: 'critical',
  why: 'Name and password stand in the manual. A lock whose key everybody has is no lock.',
  remedy: {
    text: 'Give every person an account with a password of their own, and take the default account out.',
    products: [orthancLogin],
    prove: 'dosimeter scan {host} --ports {port} --touch credentials --scope FILE',
  },
  references: {
    requirement: [hipaaPersonAuthentication, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(1392, 'Use of Default Credentials')],
  },
  needs: { http },
  judge: ({ http }) => judge(http),
});

function judge(evidence: HttpEvidence): Verdict {
  const because = { ...siteFacts(evidence), product: evidence.product?.name ?? null };
  if (evidence.defaultAccount === 'accepted') return fail('it let the account in that the vendor published', because);
  if (evidence.defaultAccount === 'refused') return pass('it refused the account that the vendor published', because);
  if (evidence.login?.by === 'certificate') return notApplicable('it asks for a certificate, not for a name and a password', because);
  return evidence.login
    ? unknown('no account was tried: that takes touch credentials, and a product whose default account is published', because)
    : notApplicable('no login was seen', because);
}
