/** Is a caller let in whose AE title nobody can have registered? What it may do inside, other checks say. */
import { defineCheck, fail, type Verdict } from '../model/check.js';
import { type DicomEvidence, dicom } from '../protocols/dicom/evidence.js';
import { doorFacts, notLetIn } from './dicom-access.js';
import { dcm4cheeKnownCallers, dcmtkKnownCallers, orthancKnownCallers } from './dicom-remedies.js';
import { cwe, dicomTlsProfileB12, dicomUserIdentity, gdprArticle32, hipaaAccessControl, hipaaPersonAuthentication, nistSp180024 } from './references.js';

export const anyCallerAccepted = defineCheck({
  id: 'any-caller-accepted',
  title: 'It lets any caller in',
  severity: 'high',
  why:
    'A device that keeps no list of callers leaves the network as its only lock. Of 3,627 DICOM servers on the internet, 99.56 % let callers in ' +
    'without checking their title (Trend Micro, 2025). A list of titles is a low fence, since titles can be guessed and overheard: certificates are the lock.',
  remedy: {
    text:
      'List the AE titles, and where the product can the addresses, of the modalities and workstations that need this device, and refuse all others. ' +
      'Then ask for client certificates: an AE title proves nothing.',
    products: [orthancKnownCallers, dcmtkKnownCallers, dcm4cheeKnownCallers],
    prove: 'dosimeter scan {host} --ports {port}',
  },
  references: {
    requirement: [hipaaAccessControl, hipaaPersonAuthentication, gdprArticle32],
    target: [dicomTlsProfileB12, dicomUserIdentity, nistSp180024],
    weakness: [cwe(306, 'Missing Authentication for Critical Function')],
  },
  needs: { dicom },
  judge: ({ dicom }) => judge(dicom),
});

function judge(evidence: DicomEvidence): Verdict {
  // Where even the first association failed, no second one was tried.
  const answer = evidence.association.answer === 'accepted' ? evidence.strangerAssociation : evidence.association;
  if (answer.answer !== 'accepted') return notLetIn(answer, evidence);
  const identity = evidence.userIdentity === 'answered' ? ', and confirmed a user name without a password' : '';
  return fail(`it accepted an association from a caller under a title that nobody registered${identity}`, doorFacts(evidence));
}
