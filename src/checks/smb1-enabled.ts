/** Does it still speak SMB 1? */
import { defineCheck, fail, pass, unknown, type Verdict } from '../model/check.js';
import { type SmbEvidence, smb } from '../protocols/smb/evidence.js';
import { cwe, gdprArticle32, hipaaTransmissionSecurity, nistSp180024 } from './references.js';
import { smbFacts } from './smb-facts.js';
import { sambaNoSmb1, windowsNoSmb1 } from './smb-remedies.js';

export const smb1Enabled = defineCheck({
  id: 'smb1-enabled',
  title: 'SMB 1 is switched on',
  severity: 'high',
  why:
    'SMB 1 is from 1983 and neither encrypts nor protects what is said before the login. The worms of 2017 came through it, into hospitals too; ' +
    'its makers have switched it off since.',
  remedy: {
    text: 'Switch SMB 1 off. What speaks nothing newer, an old modality for example, gets a network of its own.',
    products: [sambaNoSmb1, windowsNoSmb1],
    prove: 'smbclient -m NT1 --option="client min protocol=NT1" -N -L //{host} -p {port}   # must print: protocol negotiation failed',
  },
  references: {
    requirement: [hipaaTransmissionSecurity, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(327, 'Use of a Broken or Risky Cryptographic Algorithm')],
  },
  needs: { smb },
  judge: ({ smb }) => judge(smb),
});

function judge(evidence: SmbEvidence): Verdict {
  const because = smbFacts(evidence);
  const { answer } = evidence.smb1;
  if (answer === 'accepted') return fail(evidence.dialect === null ? 'it speaks SMB 1 and nothing newer' : 'it takes SMB 1 beside newer versions', because);
  if (answer === 'refused') return pass('it answers SMB 1, and takes none of it', because);
  // Windows without SMB 1 hangs up over it.
  if (answer === 'closed' && evidence.dialect !== null) return pass('it hangs up over SMB 1, and answers newer versions', because);
  return unknown('it did not answer SMB 1', because);
}
