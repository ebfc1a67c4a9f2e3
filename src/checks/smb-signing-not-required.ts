/** May somebody on the way change what is said? */
import { defineCheck, fail, pass, unknown, type Verdict } from '../model/check.js';
import { type SmbEvidence, smb } from '../protocols/smb/evidence.js';
import { cwe, gdprArticle32, hipaaTransmissionSecurity, nistSp180024 } from './references.js';
import { smbFacts } from './smb-facts.js';
import { sambaSigning, windowsSigning } from './smb-remedies.js';

export const smbSigningNotRequired = defineCheck({
  id: 'smb-signing-not-required',
  title: 'SMB messages need no signature',
  severity: 'medium',
  why:
    'Without signatures somebody on the way can change files as they travel, and pass a login on to this server as if it were their own (NTLM relay). ' +
    'A server that merely offers signing leaves the choice to the caller.',
  remedy: {
    text: 'Demand signatures from everybody. Encryption, where it is demanded, includes them.',
    products: [sambaSigning, windowsSigning],
    prove: 'nmap {host} -p {port} --script smb2-security-mode   # must say: Message signing enabled and required',
  },
  references: {
    requirement: [hipaaTransmissionSecurity, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(924, 'Improper Enforcement of Message Integrity During Transmission in a Communication Channel')],
  },
  needs: { smb },
  judge: ({ smb }) => judge(smb),
});

function judge(evidence: SmbEvidence): Verdict {
  const because = { ...smbFacts(evidence), algorithm: evidence.signingAlgorithm, smb1Signing: evidence.smb1.signing };
  const { signing, smb1 } = evidence;
  if (signing === 'unknown') return unknown('it did not say', because);
  if (signing === 'enabled') return fail('it signs where the caller asks for it, and demands it of nobody', because);
  if (signing === 'off') return fail('it does not sign', because);
  return smb1.answer === 'accepted' && smb1.signing !== 'required'
    ? fail('it demands signatures, but not over SMB 1', because)
    : pass('it demands signatures', because);
}
