/** May anyone store or change through the web? Read off what an empty request is told, and off the methods on offer. */
import { defineCheck, fail, pass, unknown, type Verdict } from '../model/check.js';
import { type HttpEvidence, handsOutData, http, type WebDoor } from '../protocols/http/evidence.js';
import { cwe, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';
import { closedWords, doorFacts, judgeDoors } from './web-doors.js';
import { apacheReadOnly, dcm4cheeSecure, nginxReadOnly, orthancNoWebDav } from './web-remedies.js';

export const webWriteAllowed = defineCheck({
  id: 'web-write-allowed',
  title: 'Anyone may store or change through the web',
  severity: 'high',
  why:
    'Whoever may store can plant images in a patient record, fill the disk, or leave files that attack the next viewer that opens them. Malicious scripts ' +
    'have been found on open imaging storage.',
  remedy: {
    text: 'Demand a login for everything but reading, and better for reading too; switch off upload interfaces that nobody uses.',
    products: [orthancNoWebDav, dcm4cheeSecure, nginxReadOnly, apacheReadOnly],
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

const judgeSite = (evidence: HttpEvidence) => judgeDoors(evidence, evidence.doors.filter(handsOutData), 'nothing that takes files was found', judge);

function judge(door: WebDoor): Verdict {
  const because = doorFacts(door);
  const { create, edit } = door.rights;
  if (door.access === 'login' || door.access === 'forbidden') return pass(closedWords(door), because);
  const offers = [...(isOffered(create) ? ['store'] : []), ...(isOffered(edit) ? ['change'] : [])];
  if (offers.length > 0)
    return fail(
      `it lets anyone in to ${offers.join(' and ')}: an empty request was turned down only for being empty, or the method is on offer; nothing was sent`,
      because,
    );
  if (create === 'no' && edit !== 'unknown') return pass('it refuses to store and to change', because);
  return create === 'no' ? pass('it refuses to store', because) : unknown('whether it would store or change could not be read off', because);
}

const isOffered = (right: WebDoor['rights']['create']): boolean => right === 'yes' || right === 'negotiated';
