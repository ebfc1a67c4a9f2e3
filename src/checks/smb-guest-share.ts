/** Which shares may anyone look into? */
import { defineCheck, fail, pass, type Severity, unknown, type Verdict } from '../model/check.js';
import { telling } from '../model/content-kind.js';
import { type SmbShare, smb } from '../protocols/smb/evidence.js';
import { amount, isCounted } from './amount-words.js';
import { cwe, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';
import { judgeShares, shareFacts } from './smb-facts.js';
import { sambaNoGuests, synologyNoGuests, windowsNoGuests } from './smb-remedies.js';

export const smbGuestShare = defineCheck({
  id: 'smb-guest-share',
  title: 'Anyone may look into a share',
  severity: 'critical',
  why:
    'A share for guests is open to every device on the network, and to the whole internet where port 445 is reachable. ' +
    'Copying it takes one command and no password, and leaves no name in a log.',
  remedy: {
    text: 'Close the share to guests and give each person and each modality an account. Keep port 445 off the internet.',
    products: [sambaNoGuests, windowsNoGuests, synologyNoGuests],
    prove: 'smbclient -N //{host}/SHARE -p {port} -c ls   # must print NT_STATUS_ACCESS_DENIED',
  },
  references: {
    requirement: [hipaaAccessControl, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(306, 'Missing Authentication for Critical Function'), cwe(359, 'Exposure of Private Personal Information to an Unauthorized Actor')],
  },
  needs: { smb },
  judge: ({ smb }) => judgeShares(smb, judge),
});

function judge(share: SmbShare): Verdict {
  const because = shareFacts(share);
  const { access, content, rights } = share;
  if (access === 'forbidden' || access === 'login') return pass('it lets nobody in without an account', because);
  if (access === 'not-tried') return unknown('it was not looked into: others came first', because);
  if (access === 'unclear') return unknown('it neither opened nor refused', because);
  const who = share.openedBy === 'anonymous' ? 'a caller without a name' : 'any guest';
  const amounts =
    content && isCounted(content.files) ? `: ${amount(content.files, 'file', 'files')}, of which ${amount(content.images, 'image', 'images')}` : '';
  if (rights.read === 'no') return fail(`it lists its folders to ${who}, but gives out no file${amounts}`, because, 'medium');
  return fail(`it gives ${who} its files${amounts}`, because, severityOf(share));
}

/** Patients' data weigh most; what was not counted may be such. */
function severityOf({ content }: SmbShare): Severity | undefined {
  if (content === null) return 'high';
  if (telling.some((kind) => (content.byKind[kind]?.value ?? 0) > 0) || content.images.value > 0) return undefined;
  if (content.files.basis === 'exact' && content.files.value === 0) return 'low';
  return 'medium';
}
