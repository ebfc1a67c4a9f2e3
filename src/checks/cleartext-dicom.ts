/** Does the port speak DICOM without TLS? How good the TLS is, other checks say. */
import { defineCheck, fail, pass, type Verdict } from '../model/check.js';
import { type DicomEvidence, dicom } from '../protocols/dicom/evidence.js';
import { doorFacts } from './dicom-access.js';
import { dcm4cheeTls, dcmtkTls, orthancTls } from './dicom-remedies.js';
import { cwe, dicomTlsProfileB12, dicomTlsProfileB13, gdprArticle32, hipaaTransmissionSecurity, nistSp180024 } from './references.js';

export const cleartextDicom = defineCheck({
  id: 'cleartext-dicom',
  title: 'Images travel in the clear',
  severity: 'high',
  why:
    'Without TLS everybody on the way can read and alter images, names and AE titles, and an AE title that was overheard opens the next device. ' +
    'Of 3,627 DICOM servers on the internet, 0.14 % used TLS in late 2025 (Trend Micro).',
  remedy: {
    text:
      'Switch TLS on, move every modality and workstation to the TLS port, then close the other one. ' +
      'Put a TLS gateway in front of devices that know no TLS, so that the clear text never leaves their own cable.',
    products: [orthancTls, dcmtkTls, dcm4cheeTls],
    prove: 'dosimeter scan {host} --ports {port}',
  },
  references: {
    requirement: [hipaaTransmissionSecurity, gdprArticle32],
    target: [dicomTlsProfileB12, dicomTlsProfileB13, nistSp180024],
    weakness: [cwe(319, 'Cleartext Transmission of Sensitive Information')],
  },
  needs: { dicom },
  judge: ({ dicom }) => judge(dicom),
});

function judge(evidence: DicomEvidence): Verdict {
  const because = { transport: evidence.transport, ...doorFacts(evidence) };
  return evidence.transport === 'tls' ? pass('it spoke DICOM inside TLS', because) : fail(clearReason(evidence), because);
}

/** A rejection is an answer in the clear too: the next known caller's images will be as readable. */
function clearReason({ association }: DicomEvidence): string {
  switch (association.answer) {
    case 'accepted':
      return 'it accepts associations without TLS';
    case 'rejected':
      return 'it answers association requests without TLS, so AE titles cross the network in the clear, and so do the images of callers that it lets in';
    case 'aborted':
    case 'closed':
    case 'no-answer':
    case 'not-tried':
      return 'it speaks DICOM without TLS';
  }
}
