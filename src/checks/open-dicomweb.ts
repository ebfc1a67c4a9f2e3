/** Does DICOMweb answer the queries of anyone? */
import { defineCheck, fail, notApplicable, pass, unknown, type Verdict } from '../model/check.js';
import { type HttpEvidence, http, type WebDoor } from '../protocols/http/evidence.js';
import { orOnPurpose } from './one-record.js';
import { cwe, gdprArticle32, hipaaAccessControl, hipaaPersonAuthentication, nistSp180024 } from './references.js';
import { closedWords, countWords, doorFacts, doorsOf, isEmpty, judgeDoors } from './web-doors.js';
import { recordOfSite } from './web-identifiers.js';
import { apacheLogin, dcm4cheeSecure, nginxLogin, orthancLogin } from './web-remedies.js';

export const openDicomweb = defineCheck({
  id: 'open-dicomweb',
  title: 'DICOMweb answers anyone',
  severity: 'critical',
  why:
    'DICOMweb is the archive over plain web requests: whoever may query it sees names, dates and examinations, and fetches the images with the next ' +
    'request, with nothing but a browser.',
  remedy: {
    text: 'Demand a login in front of the DICOMweb service, over https, and let only the viewers and gateways that need it reach its port.',
    products: [orthancLogin, dcm4cheeSecure, nginxLogin, apacheLogin],
    prove: 'curl -si "{url}/dicom-web/studies?limit=1" | head -1   # must be 401 or 403; other products have other paths',
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
  judgeDoors(evidence, doorsOf(evidence, 'dicomweb'), 'no DICOMweb service answered at the usual paths', (door) =>
    orOnPurpose(judge(door), recordOfSite(evidence)),
  );

/** Said by the list itself: the address of each study's images goes with it. */
const wadoWords = ({ wado }: WebDoor): string => (wado === 'offered' ? ', with the address at which each study is to be had' : '');

function judge(door: WebDoor): Verdict {
  const because = doorFacts(door);
  switch (door.access) {
    case 'open':
      return isEmpty(door)
        ? fail('it answers the queries of anyone, though it lists no study at the moment', because, 'high')
        : fail(`it answers the queries of anyone${countWords(door)}${wadoWords(door)}`, because);
    case 'login':
    case 'forbidden':
      return pass(closedWords(door), because);
    case 'absent':
      return notApplicable('there is none', because);
    case 'unclear':
      return unknown(`it answered with an error (${door.status})`, because);
  }
}
