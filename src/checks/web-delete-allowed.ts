/** May anyone delete through the web? Read off what an empty request is told, and off the methods on offer. */
import { defineCheck, fail, pass, unknown, type Verdict } from '../model/check.js';
import { type HttpEvidence, handsOutData, http, type WebDoor } from '../protocols/http/evidence.js';
import { cwe, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';
import { closedWords, doorFacts, judgeDoors } from './web-doors.js';
import { apacheReadOnly, dcm4cheeSecure, nginxReadOnly, orthancLogin } from './web-remedies.js';

export const webDeleteAllowed = defineCheck({
  id: 'web-delete-allowed',
  title: 'Anyone may delete through the web',
  severity: 'critical',
  why: 'An archive that anyone may empty is an extortion waiting to happen, and a lost prior examination is a harmed patient.',
  remedy: {
    text: 'Demand a login for everything but reading, and better for reading too. Until that is done, keep a backup that this server cannot reach.',
    products: [orthancLogin, dcm4cheeSecure, nginxReadOnly, apacheReadOnly],
    prove: 'dosimeter scan {host} --ports {port}',
  },
  references: {
    requirement: [hipaaAccessControl, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(862, 'Missing Authorization')],
  },
  needs: { http },
  judge: ({ http }) => judgeSite(http),
});

const judgeSite = (evidence: HttpEvidence) => judgeDoors(evidence, evidence.doors.filter(handsOutData), 'nothing that could be deleted was found', judge);

function judge(door: WebDoor): Verdict {
  const because = doorFacts(door);
  if (door.access === 'login' || door.access === 'forbidden') return pass(closedWords(door), because);
  switch (door.rights.delete) {
    case 'yes':
    case 'negotiated':
      return fail(
        'it lets anyone in to delete: an empty request was turned down only for being empty, or the method is on offer; nothing was deleted',
        because,
      );
    case 'no':
      return pass('it refuses to delete', because);
    case 'unknown':
      return unknown('whether it would delete could not be read off without trying', because);
  }
}
