/** May anyone change the files of an export? Read off ACCESS; nothing is ever written. */
import { defineCheck, fail, pass, unknown, type Verdict } from '../model/check.js';
import type { Right } from '../model/rights.js';
import { type Grant, type NfsShare, nfs } from '../protocols/nfs/evidence.js';
import { listed } from './amount-words.js';
import { exportFacts, judgeExports, refused } from './nfs-facts.js';
import { ganeshaReadOnly, linuxReadOnly, synologyReadOnly } from './nfs-remedies.js';
import { cwe, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';

export const nfsWorldWrite = defineCheck({
  id: 'nfs-world-write',
  title: 'Anyone may change files over NFS',
  severity: 'critical',
  why:
    'Whoever may write can encrypt every image for ransom, put a program beside them that somebody opens, or change a picture so that a tumour ' +
    'appears or is gone: in a study radiologists believed such images in nearly all cases (Mirsky, 2019).',
  remedy: {
    text: 'Export read-only, and make everybody nobody. Modalities that store images get an export of their own, by address; look for files that nobody knows before anything else.',
    products: [linuxReadOnly, ganeshaReadOnly, synologyReadOnly],
    prove: 'dosimeter scan {host} --ports {port}   # other tools write a file to find out',
  },
  references: {
    requirement: [hipaaAccessControl, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(306, 'Missing Authentication for Critical Function'), cwe(862, 'Missing Authorization')],
  },
  needs: { nfs },
  judge: ({ nfs }) => judgeExports(nfs, judge),
});

const names = ['create', 'edit', 'delete'] as const;
const words = { create: 'put files there', edit: 'change files', delete: 'delete files' } as const;

function judge(share: NfsShare): Verdict {
  const because = exportFacts(share);
  const { rights, inside } = share;
  const granted = names.filter((name) => rights[name] === 'yes');
  if (granted.length > 0)
    return fail(`${claimOf(share)} may ${listed(granted.map((name) => words[name]))}; that is read off what the server says, and was not tried`, because);
  const closed = refused(share);
  if (closed) return closed;
  const isRefused = (right: Right): boolean => right === 'no';
  if (names.every((name) => isRefused(rights[name])))
    return pass(
      inside.asked > 0 ? 'nothing may be changed, neither in its folder nor in what was looked at within' : 'nothing may be changed in its folder',
      because,
    );
  return unknown('what may be changed could not be learnt', because);
}

const writes = (grant: Grant): boolean => typeof grant !== 'string' && ['modify', 'extend', 'delete'].some((bit) => grant.includes(bit as 'modify'));

/** Whoever it takes: the server believes each of these claims. */
function claimOf({ granted }: NfsShare): string {
  if (writes(granted.nobody)) return 'anyone';
  if (writes(granted.owner)) return 'anyone who claims to be the owner';
  return writes(granted.root) ? 'anyone who claims to be root' : 'anyone who claims to be the owner of what lies within';
}
