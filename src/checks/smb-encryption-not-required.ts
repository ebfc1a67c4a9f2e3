/** Do files travel in the clear? */
import { defineCheck, fail, pass, unknown, type Verdict } from '../model/check.js';
import { type SmbEvidence, smb } from '../protocols/smb/evidence.js';
import { cwe, gdprArticle32, hipaaTransmissionSecurity, nistSp180024 } from './references.js';
import { askedElsewhere, sessionFacts, smbFacts } from './smb-facts.js';
import { sambaEncryption, windowsEncryption } from './smb-remedies.js';

export const smbEncryptionNotRequired = defineCheck({
  id: 'smb-encryption-not-required',
  title: 'Files travel unencrypted over SMB',
  severity: 'medium',
  why:
    'Whoever sits on the way reads every image that is opened or saved. Versions 3 of SMB encrypt, but servers that do not demand it are spoken to ' +
    'in the clear by most callers.',
  remedy: {
    text: 'Demand encryption, for the server or for the shares that hold images.',
    products: [sambaEncryption, windowsEncryption],
    prove: 'smbclient -m SMB2_10 -U NAME //{host}/SHARE -p {port} -c ls   # must be refused: version 2.1 does not encrypt',
  },
  references: {
    requirement: [hipaaTransmissionSecurity, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(319, 'Cleartext Transmission of Sensitive Information')],
  },
  needs: { smb },
  judge: ({ smb }) => askedElsewhere(smb) ?? judge(smb),
});

function judge(evidence: SmbEvidence): Verdict {
  const { encryption, dialect, smb1 } = evidence;
  const because = { ...smbFacts(evidence), ...sessionFacts(evidence), cipher: encryption.cipher };
  if (dialect === null && smb1.answer === 'accepted') return fail('it speaks SMB 1 alone, which does not encrypt', because);
  if (dialect === null) return unknown('it did not say', because);
  if (!encryption.capable) return fail('it cannot encrypt', because);
  if (encryption.required === 'no') return fail('it can encrypt, and gives out a share in the clear', because);
  if (encryption.required === 'unknown') return unknown('it can encrypt; whether it demands it shows only to somebody who may log in', because);
  return smb1.answer === 'accepted' ? fail('it demands encryption, but takes SMB 1, which does not encrypt', because) : pass('it demands encryption', because);
}
