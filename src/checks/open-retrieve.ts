/** Is retrieving negotiated with any caller? Only that: nothing is ever retrieved, so the right itself stays unproved. */
import { defineCheck, fail, pass, type Severity, unknown, type Verdict } from '../model/check.js';
import { type DicomEvidence, dicom, negotiated, retrieveContexts } from '../protocols/dicom/evidence.js';
import { decidedAtTheDoor, declines, isDcmtk, queryFacts, refusesNothing } from './dicom-access.js';
import { dcm4cheeRetrieve, dcmtkRetrieve, orthancNoOpenRetrieve } from './dicom-remedies.js';
import { cwe, dicomTlsProfileB12, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';

export const openRetrieve = defineCheck({
  id: 'open-retrieve',
  title: 'Any caller is offered retrieval of images',
  severity: 'high',
  why:
    'With C-GET images come to the caller itself; with C-MOVE the archive sends them to a station that it knows by name. A caller that may query learns ' +
    'all it needs to ask for them. This verdict rests on what was negotiated: no image was asked for.',
  remedy: {
    text: 'Allow retrieval to listed workstations only, switch C-GET off where no viewer needs it, and fix the stations that C-MOVE may send to.',
    products: [orthancNoOpenRetrieve, dcmtkRetrieve, dcm4cheeRetrieve],
    prove: 'dosimeter scan {host} --ports {port}',
  },
  references: {
    requirement: [hipaaAccessControl, gdprArticle32],
    target: [dicomTlsProfileB12, nistSp180024],
    weakness: [cwe(862, 'Missing Authorization')],
  },
  needs: { dicom },
  judge: ({ dicom }) => decidedAtTheDoor(dicom) ?? judge(dicom),
});

function judge(evidence: DicomEvidence): Verdict {
  const get = negotiated(evidence, 'patient-root-get', 'study-root-get');
  const move = negotiated(evidence, 'patient-root-move', 'study-root-move');
  const because = { ...queryFacts(evidence), get, move, proof: 'negotiated' };
  if (refusesNothing(evidence)) return unknown('it accepts even services that do not exist, so that it accepts retrieval says nothing', because);
  if (!get && !move) {
    return declines(evidence, retrieveContexts)
      ? pass('it takes no retrieval from a caller that it does not know', because)
      : unknown('it said neither yes nor no to retrieval', because);
  }
  const services = [...(get ? ['C-GET'] : []), ...(move ? ['C-MOVE'] : [])].join(' and ');
  if (evidence.query.answer !== 'success') {
    return unknown(`it negotiates ${services} with any caller, but its queries were not granted, so retrieval may be refused as well`, because);
  }
  return fail(`it answers queries and negotiates ${services} with any caller; retrieval itself was not tried`, because, severityOf(evidence, get));
}

/** C-MOVE alone reaches only stations that the archive knows; where others than DCMTK negotiate, they may still refuse. */
const severityOf = (evidence: DicomEvidence, get: boolean): Severity => (get && isDcmtk(evidence) ? 'high' : 'medium');
