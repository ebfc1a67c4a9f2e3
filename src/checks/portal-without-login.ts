/** Does a portal or viewer show itself, and what lies behind it, without asking who is there? */
import { defineCheck, fail, notApplicable, pass, type SubjectVerdict, unknown, type Verdict } from '../model/check.js';
import { type HttpEvidence, handsOutData, http, openDoors, type WebDoor } from '../protocols/http/evidence.js';
import { cwe, gdprArticle32, hipaaAccessControl, hipaaPersonAuthentication, nistSp180024 } from './references.js';
import { closedWords, doorFacts, doorsOf, siteFacts } from './web-doors.js';
import { apacheLogin, dcm4cheeSecure, nginxLogin, orthancLogin } from './web-remedies.js';

export const portalWithoutLogin = defineCheck({
  id: 'portal-without-login',
  title: 'The portal shows patients without a login',
  severity: 'critical',
  why: 'A viewer that opens by itself needs no skill at all: whoever finds its address, by chance or in a search engine, leafs through patients.',
  remedy: {
    text: 'Switch the login of the portal on, or put one in front of it; a viewer in the browser also needs one in front of the service that feeds it.',
    products: [orthancLogin, dcm4cheeSecure, nginxLogin, apacheLogin],
    prove: 'dosimeter scan {host} --ports {port}',
  },
  references: {
    requirement: [hipaaAccessControl, hipaaPersonAuthentication, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(306, 'Missing Authentication for Critical Function')],
  },
  needs: { http },
  judge: ({ http }) => judgeSite(http),
});

function judgeSite(evidence: HttpEvidence): Verdict | readonly SubjectVerdict[] {
  const portals = doorsOf(evidence, 'viewer', 'portal');
  if (portals.length === 0) {
    return evidence.login
      ? notApplicable('no portal or viewer that we know; the front page asks for a login', siteFacts(evidence))
      : notApplicable('no portal or viewer that we know', siteFacts(evidence));
  }
  return portals.map((door) => ({ subject: door.path, verdict: judge(door, evidence) }));
}

/** An open page alone may be an empty shell: what feeds it decides. */
function judge(door: WebDoor, evidence: HttpEvidence): Verdict {
  const because = { ...doorFacts(door), product: evidence.product?.name ?? null };
  if (door.access === 'login' || door.access === 'forbidden') return pass(closedWords(door), because);
  if (door.access !== 'open') return unknown(`it answered with ${door.status}`, because);
  const feeding = openDoors(evidence).find(handsOutData);
  if (feeding) return fail(`it opens without a login, and so does the service that feeds it (${feeding.path})`, because);
  const closed = evidence.doors.some((other) => handsOutData(other) && (other.access === 'login' || other.access === 'forbidden'));
  return closed
    ? pass('the page opens, but the service that feeds it asks for credentials', because)
    : unknown('the page opens without a login; whether it shows patients was not seen', because);
}
