/** Does the archive's own interface answer anyone? */
import { defineCheck, fail, notApplicable, pass, unknown, type Verdict } from '../model/check.js';
import { type HttpEvidence, http, type WebDoor } from '../protocols/http/evidence.js';
import { orOnPurpose } from './one-record.js';
import { cwe, gdprArticle32, hipaaAccessControl, hipaaPersonAuthentication, nistSp180024 } from './references.js';
import { closedWords, countWords, doorFacts, doorsOf, judgeDoors } from './web-doors.js';
import { recordOfSite } from './web-identifiers.js';
import { apacheLogin, dcm4cheeSecure, nginxLogin, orthancLogin } from './web-remedies.js';

export const openArchiveApi = defineCheck({
  id: 'open-archive-api',
  title: "The archive's own interface answers anyone",
  severity: 'critical',
  why:
    'Through the REST interface of an archive one reads every record, and in most products one stores, changes and deletes as well: it is the ' +
    "administrator's desk without a door.",
  remedy: {
    text: 'Demand a login for the interface, over https, and let only the computers that need it reach its port.',
    products: [orthancLogin, dcm4cheeSecure, nginxLogin, apacheLogin],
    prove: 'curl -si "{url}/system" | head -1   # Orthanc: must be 401 or 403; other products have other paths',
  },
  references: {
    requirement: [hipaaAccessControl, hipaaPersonAuthentication, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(306, 'Missing Authentication for Critical Function')],
  },
  needs: { http },
  judge: ({ http }) => judgeSite(http),
});

const judgeSite = (evidence: HttpEvidence) =>
  judgeDoors(evidence, doorsOf(evidence, 'archive-api'), 'no interface of an archive that we know answered', (door) =>
    orOnPurpose(judge(door), recordOfSite(evidence)),
  );

function judge(door: WebDoor): Verdict {
  const because = doorFacts(door);
  switch (door.access) {
    case 'open':
      return fail(`it answers anyone${countWords(door, 'counts')}`, because);
    case 'login':
    case 'forbidden':
      return pass(closedWords(door), because);
    case 'absent':
      return notApplicable('there is none', because);
    case 'unclear':
      return unknown(`it answered with an error (${door.status})`, because);
  }
}
