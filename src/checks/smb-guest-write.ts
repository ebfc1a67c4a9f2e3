/** Which shares may anyone change? Read off access masks; nothing is ever written. */
import { defineCheck, fail, notApplicable, pass, unknown, type Verdict } from '../model/check.js';
import { type SmbShare, smb } from '../protocols/smb/evidence.js';
import { listed } from './amount-words.js';
import { cwe, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';
import { judgeShares, shareFacts } from './smb-facts.js';
import { sambaReadOnly, windowsNoGuests } from './smb-remedies.js';

export const smbGuestWrite = defineCheck({
  id: 'smb-guest-write',
  title: 'Anyone may change the files of a share',
  severity: 'critical',
  why:
    'Whoever may write can encrypt every image for ransom, put a program beside them that somebody opens, or change a picture so that a tumour ' +
    'appears or is gone: in a study radiologists believed such images in nearly all cases (Mirsky, 2019).',
  remedy: {
    text: 'Let guests change nothing. Modalities that store images get an account each; look for files that nobody knows before anything else.',
    products: [sambaReadOnly, windowsNoGuests],
    prove: 'dosimeter scan {host} --ports {port}   # other tools write a file to find out',
  },
  references: {
    requirement: [hipaaAccessControl, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(306, 'Missing Authentication for Critical Function'), cwe(862, 'Missing Authorization')],
  },
  needs: { smb },
  judge: ({ smb }) => judgeShares(smb, judge),
});

const words = { create: 'put files there', edit: 'change files', delete: 'delete files' } as const;

function judge(share: SmbShare): Verdict {
  const because = shareFacts(share);
  const { access, rights } = share;
  const names = ['create', 'edit', 'delete'] as const;
  const granted = names.filter((name) => rights[name] === 'yes');
  if (granted.length > 0)
    return fail(`anyone may ${listed(granted.map((name) => words[name]))}; that is read off what the server says, and was not tried`, because);
  if (access === 'forbidden' || access === 'login') return pass('it lets nobody in without an account', because);
  if (access === 'not-tried') return unknown('it was not looked into: others came first', because);
  if (names.every((name) => rights[name] === 'no'))
    return pass('guests may change nothing, neither on the share nor in the folders and files looked at', because);
  if (access === 'open' && share.content?.files.value === 0 && share.content.ended === 'whole' && rights.create === 'no') {
    return notApplicable('it is empty, and nothing may be put there', because);
  }
  if (names.some((name) => rights[name] === 'negotiated'))
    return unknown('the share lets guests write; whether its folders do this server does not tell over SMB 1', because);
  return unknown('what was looked at may not be changed; not everything could be looked at', because);
}
