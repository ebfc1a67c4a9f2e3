/** May a caller without a name ask the server about itself? */
import { defineCheck, fail, pass, unknown, type Verdict } from '../model/check.js';
import { type SmbEvidence, smb } from '../protocols/smb/evidence.js';
import { cwe, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';
import { askedElsewhere, sessionFacts, smbFacts } from './smb-facts.js';
import { sambaNoNullSession, windowsNoNullSession } from './smb-remedies.js';

export const smbNullSession = defineCheck({
  id: 'smb-null-session',
  title: 'The server tells strangers what it shares',
  severity: 'medium',
  why:
    'A caller without a name (a null session) learns the names of all shares, the hidden ones too, and on many servers those of the users. ' +
    'That is where guessing passwords starts.',
  remedy: {
    text: 'Refuse callers without a name.',
    products: [sambaNoNullSession, windowsNoNullSession],
    prove: 'smbclient -N -L //{host} -p {port}   # must print NT_STATUS_ACCESS_DENIED',
  },
  references: {
    requirement: [hipaaAccessControl, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(306, 'Missing Authentication for Critical Function')],
  },
  needs: { smb },
  judge: ({ smb }) => askedElsewhere(smb) ?? judge(smb),
});

function judge(evidence: SmbEvidence): Verdict {
  const { nullSession, shareList, shares } = evidence;
  const because = { ...smbFacts(evidence), ...sessionFacts(evidence), smb1Session: evidence.smb1.session };
  if (nullSession.answer === 'refused') return pass('it refuses a caller without a name', because);
  if (nullSession.answer !== 'granted') return unknown('it did not say', because);
  const listed = (shareList.answer === 'listed' || shareList.answer === 'partly') && shareList.by === 'anonymous';
  if (listed) return fail(`it lets in a caller without a name and names its ${shares.length} shares`, because);
  // The list may have been denied to this caller and given to a guest.
  if (shareList.answer === 'denied' || shareList.by === 'stranger')
    return pass('it lets in a caller without a name, and refuses the list of its shares', because);
  return unknown('it lets in a caller without a name; what that caller may learn could not be seen', because);
}
