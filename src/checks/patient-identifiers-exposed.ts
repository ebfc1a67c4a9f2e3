/** Which identifying attributes does any caller get with a query? Sees the class of each value, never a value. */
import { defineCheck, notApplicable, unknown, type Verdict } from '../model/check.js';
import { type DicomEvidence, dicom } from '../protocols/dicom/evidence.js';
import { http } from '../protocols/http/evidence.js';
import { decidedAtTheDesk, queryFacts, suspicion } from './dicom-access.js';
import { dcm4cheeKnownCallers, dcmtkKnownCallers, orthancNoOpenQuery } from './dicom-remedies.js';
import { judgeRecord, recordFacts } from './one-record.js';
import { cwe, dicomConfidentialityProfile, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';
import { overDicom, overTheWeb } from './remedy-services.js';
import { judgeWebIdentifiers } from './web-identifiers.js';
import { apacheLogin, dcm4cheeSecure, nginxLogin, orthancLogin } from './web-remedies.js';

export const patientIdentifiersExposed = defineCheck({
  id: 'patient-identifiers-exposed',
  title: 'Patients can be identified by any caller',
  severity: 'critical',
  why:
    'A name, a number and a date of birth beside an examination are all that blackmail, fraud and curious neighbours need. Most laws want such a ' +
    'breach reported. The verdict rests on one record, whose values were classed in memory and dropped.',
  remedy: {
    text:
      'Close the archive to callers that you do not know. Where it is open on purpose, for teaching or research, ' +
      'de-identify what it holds by the profile of PS3.15 Annex E, the pixels included.',
    products: [...overDicom(orthancNoOpenQuery, dcmtkKnownCallers, dcm4cheeKnownCallers), ...overTheWeb(orthancLogin, dcm4cheeSecure, nginxLogin, apacheLogin)],
    prove: 'dosimeter scan {host} --ports {port}',
  },
  references: {
    requirement: [hipaaAccessControl, gdprArticle32],
    target: [dicomConfidentialityProfile, nistSp180024],
    weakness: [cwe(359, 'Exposure of Private Personal Information to an Unauthorized Actor')],
  },
  needs: {},
  wants: { dicom, http },
  judge: ({ dicom, http }) => (dicom ? (decidedAtTheDesk(dicom) ?? judge(dicom)) : http ? judgeWebIdentifiers(http) : unknown('nothing was observed')),
});

function judge(evidence: DicomEvidence): Verdict {
  const { archive, sample } = evidence;
  const because = { ...queryFacts(evidence), sample, ...recordFacts(evidence) };
  switch (sample) {
    case 'taken':
      return judgeRecord(
        { ...evidence, who: 'any caller', studies: archive?.studies ?? null, patients: archive?.patients ?? null },
        because,
        suspicion(evidence),
      );
    case 'switched-off':
      return unknown('it answers the queries of any caller; which attributes it gives away was not looked at, as asked', because);
    case 'no-answer':
      return unknown('it answers the queries of any caller, but returned no record to look at', because);
    case 'not-tried':
      return archive?.studies.basis === 'exact' && archive.studies.value === 0
        ? notApplicable('it answers the queries of any caller, but lists no study at the moment', because)
        : unknown('it answers the queries of any caller; which attributes it gives away was not looked at', because);
  }
}
