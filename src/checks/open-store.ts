/** Is storing negotiated with any caller? Only that: nothing is ever stored, so the right itself stays unproved. */
import { defineCheck, fail, pass, unknown, type Verdict } from '../model/check.js';
import { type DicomEvidence, dicom, storageContexts } from '../protocols/dicom/evidence.js';
import { decidedAtTheDoor, declines, doorFacts, isDcmtk, refusesNothing } from './dicom-access.js';
import { dcm4cheeKnownCallers, dcmtkReadOnly, orthancNoOpenStore } from './dicom-remedies.js';
import { cwe, dicomTlsProfileB12, gdprArticle32, hipaaAccessControl, hipaaPersonAuthentication, nistSp180024 } from './references.js';

export const openStore = defineCheck({
  id: 'open-store',
  title: 'Any caller is offered storage of images',
  severity: 'high',
  why:
    'Who may store can slip forged images into the record of a patient, or fill the disk. In 2019 researchers added and removed lung cancers in CT scans, ' +
    'and radiologists were deceived. This verdict rests on what was negotiated: nothing was sent.',
  remedy: {
    text: 'Take images only from listed modalities, by certificate where they can, and never overwrite what is stored already.',
    products: [orthancNoOpenStore, dcmtkReadOnly, dcm4cheeKnownCallers],
    prove: 'dosimeter scan {host} --ports {port}',
  },
  references: {
    requirement: [hipaaAccessControl, hipaaPersonAuthentication, gdprArticle32],
    target: [dicomTlsProfileB12, nistSp180024],
    weakness: [cwe(862, 'Missing Authorization'), cwe(306, 'Missing Authentication for Critical Function')],
  },
  needs: { dicom },
  judge: ({ dicom }) => decidedAtTheDoor(dicom) ?? judge(dicom),
});

function judge(evidence: DicomEvidence): Verdict {
  const accepted = storageContexts.filter((name) => evidence.contexts[name] === 'accepted');
  const because = { ...doorFacts(evidence), accepted, proof: 'negotiated' };
  if (refusesNothing(evidence)) return unknown('it accepts even services that do not exist, so that it accepts storage says nothing', because);
  if (accepted.length > 0) {
    const reason = `as far as negotiation shows, it takes ${kinds(accepted)} images from any caller; nothing was sent`;
    return fail(reason, because, isDcmtk(evidence) ? undefined : 'medium'); // others than DCMTK may still refuse the image itself
  }
  return declines(evidence, storageContexts)
    ? pass('it takes none of the usual kinds of images from a caller that it does not know', because)
    : unknown('it said neither yes nor no to storage', because);
}

const kinds = (names: readonly string[]): string => names.map((name) => name.replace('storage-', '').toUpperCase()).join(', ');
