/** Does the device answer to a name that is not its own? A small thing: it only spares an attacker one guess. */
import { defineCheck, fail, pass, unknown, type Verdict } from '../model/check.js';
import { type DicomEvidence, dicom } from '../protocols/dicom/evidence.js';
import { doorFacts, notLetIn } from './dicom-access.js';
import { dcm4cheeTitle, dcmtkTitle, orthancTitle } from './dicom-remedies.js';
import { cwe, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';

export const anyCalledAeAccepted = defineCheck({
  id: 'any-called-ae-accepted',
  title: 'It answers to any AE title',
  severity: 'low',
  why:
    'A device that answers only to its own AE title costs those who search at random one more guess, and a mistyped address shows at once instead of ' +
    'sending images to the wrong archive. It is no lock: titles are short, and often the name of the product.',
  remedy: {
    text: 'Give the device a title of its own that is not the one it was shipped with, tell it to all modalities, then have any other one refused.',
    products: [orthancTitle, dcmtkTitle, dcm4cheeTitle],
    prove: 'echoscu -v -aec NOT-ITS-TITLE {host} {port}   # must say: Called AE Title Not Recognized',
  },
  references: {
    requirement: [hipaaAccessControl, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(1188, 'Initialization of a Resource with an Insecure Default')],
  },
  needs: { dicom },
  judge: ({ dicom }) => judge(dicom),
});

function judge(evidence: DicomEvidence): Verdict {
  const { association, calledTitle } = evidence;
  const because = doorFacts(evidence);
  const isGuess = calledTitle === 'unguessable';
  if (association.answer === 'accepted') {
    return isGuess ? fail('it answered to an AE title that no device has', because) : unknown('only the called AE title that was given was tried', because);
  }
  const isPermanent = association.answer === 'rejected' && association.result !== 2;
  if (isGuess && isPermanent && association.meaning === 'called-ae-not-recognised') return pass('it rejects an AE title that is not its own', because);
  if (isPermanent && association.meaning === 'calling-ae-not-recognised') {
    return unknown('it turned the caller away, so whether it minds the title that it is called by was not seen', because);
  }
  return unclear(notLetIn(association, evidence));
}

/** A refusal of the caller says nothing of the called title. */
const unclear = (verdict: Verdict): Verdict => (verdict.verdict === 'pass' ? unknown(verdict.reason, verdict.because) : verdict);
