/** Are queries granted to any caller? Rests on a C-FIND for a study that nobody has, so that the answer costs nobody a record. */
import { defineCheck, fail, type Severity, type Verdict } from '../model/check.js';
import { type ArchiveCount, type DicomEvidence, dicom } from '../protocols/dicom/evidence.js';
import { amount, isCounted } from './amount-words.js';
import { decidedAtTheDesk, queryFacts, recordOf, suspicion } from './dicom-access.js';
import { dcm4cheeKnownCallers, dcmtkKnownCallers, orthancNoOpenQuery } from './dicom-remedies.js';
import { orOnPurpose } from './one-record.js';
import { cwe, dicomTlsProfileB12, dicomUserIdentity, gdprArticle32, hipaaAccessControl, hipaaAuditControls, nistSp180024 } from './references.js';

export const openQuery = defineCheck({
  id: 'open-query',
  title: 'Any caller can query the archive',
  severity: 'critical',
  why:
    'Whoever reaches the port can list who was examined here, when and for what, one query at a time or all at once. That is a disclosure of health data by ' +
    'itself, before any image is fetched. In 2023 servers like this listed 43 million records of 16 million patients (Aplite).',
  remedy: {
    text: 'Answer only the queries of workstations that you have listed, and log every one. Better: let in only callers with a certificate of yours.',
    products: [orthancNoOpenQuery, dcmtkKnownCallers, dcm4cheeKnownCallers],
    prove: 'findscu -v -S -aet NOBODY -k QueryRetrieveLevel=STUDY -k StudyInstanceUID=1.2.3 {host} {port}   # must be rejected, or say: Find Failed',
  },
  references: {
    requirement: [hipaaAccessControl, hipaaAuditControls, gdprArticle32],
    target: [dicomTlsProfileB12, dicomUserIdentity, nistSp180024],
    weakness: [cwe(862, 'Missing Authorization'), cwe(306, 'Missing Authentication for Critical Function')],
  },
  needs: { dicom },
  judge: ({ dicom }) => decidedAtTheDesk(dicom) ?? granted(dicom),
});

function granted(evidence: DicomEvidence): Verdict {
  const { archive } = evidence;
  const because = {
    ...queryFacts(evidence),
    studies: archive?.studies.value ?? null,
    studiesBasis: archive?.studies.basis ?? null,
    images: archive?.images?.value ?? null,
    patients: archive?.patients?.value ?? null,
    countingEnded: archive?.ended ?? null,
  };
  return orOnPurpose(fail(`it answers the queries of any caller${contents(archive)}${suspicion(evidence)}`, because, severityOf(archive)), recordOf(evidence));
}

function contents(archive: ArchiveCount | null): string {
  if (archive === null || !isCounted(archive.studies)) return '; how much it lists could not be counted';
  if (archive.studies.value === 0) return ', but lists no study at the moment';
  const studies = ` and lists ${amount(archive.studies, 'study', 'studies')}`;
  const images = isCounted(archive.images) ? ` with ${amount(archive.images, 'image', 'images')}` : '';
  const patients = isCounted(archive.patients) ? ` of ${amount(archive.patients, 'patient', 'patients')}` : '';
  return `${studies}${images}${patients}`;
}

/** An archive that is known to be empty discloses nothing yet. */
const severityOf = (archive: ArchiveCount | null): Severity | undefined =>
  archive?.studies.basis === 'exact' && archive.studies.value === 0 ? 'high' : undefined;
