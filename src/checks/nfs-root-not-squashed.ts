/** Is a caller who claims to be root believed? */
import { defineCheck, fail, pass, unknown, type Verdict } from '../model/check.js';
import { type NfsShare, nfs } from '../protocols/nfs/evidence.js';
import { exportFacts, judgeExports, refused } from './nfs-facts.js';
import { ganeshaSquash, linuxSquash, synologySquash } from './nfs-remedies.js';
import { cwe, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';

export const nfsRootNotSquashed = defineCheck({
  id: 'nfs-root-not-squashed',
  title: 'Whoever claims to be root is believed over NFS',
  severity: 'high',
  why:
    'Every computer has a root, and the number that NFS sends is the one the caller chooses. A server that believes it opens every file to it, ' +
    'whatever its permissions, and lets it leave programs that run with all rights.',
  remedy: {
    text: 'Squash root: let the server take it for nobody. Where a backup needs root, give that one host an export of its own.',
    products: [linuxSquash, ganeshaSquash, synologySquash],
    prove: 'dosimeter scan {host} --ports {port}',
  },
  references: {
    requirement: [hipaaAccessControl, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(290, 'Authentication Bypass by Spoofing'), cwe(862, 'Missing Authorization')],
  },
  needs: { nfs },
  judge: ({ nfs }) => judgeExports(nfs, judge),
});

function judge(share: NfsShare): Verdict {
  const because = { ...exportFacts(share), grantedToNobody: words(share.granted.nobody), grantedToRoot: words(share.granted.root) };
  switch (share.squash) {
    case 'none':
      return share.rights.create === 'yes' || share.rights.edit === 'yes'
        ? fail('who claims to be root is granted what others are refused, writing among it', because)
        : fail('who claims to be root may read what others are refused', because, 'medium');
    case 'root':
      return pass('root is refused what an unsquashed root would be granted', because);
    case 'everyone':
      return pass('root and owners alike are refused what they would be granted: everybody is squashed', because);
    case 'unclear':
      return unknown('it cannot be read off: root would be granted the same either way, as far as was looked', because);
    case 'not-tried':
      return refused(share) ?? unknown('it was not asked as root', because);
  }
}

const words = (grant: NfsShare['granted']['root']): string => (typeof grant === 'string' ? grant : grant.length === 0 ? 'nothing' : grant.join(', '));
