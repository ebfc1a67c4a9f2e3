/** Which modules of an rsync daemon may anyone copy? */
import { defineCheck, fail, type Verdict } from '../model/check.js';
import type { Share } from '../model/share.js';
import { rsync } from '../protocols/rsync/evidence.js';
import { amountsIn, severityOfContent } from './ftp-facts.js';
import { cwe, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';
import { judgeModules, moduleFacts } from './rsync-facts.js';
import { rsyncLogin } from './rsync-remedies.js';

export const openRsyncModule = defineCheck({
  id: 'open-rsync-module',
  title: 'Anyone may copy a module over rsync',
  severity: 'critical',
  why:
    'rsync is how storage is backed up, so its modules hold everything: one command without a password copies them whole, and what is new tomorrow as well. ' +
    'Nothing is encrypted on the way.',
  remedy: {
    text: 'Demand a password and name the computer that may come, or close the daemon and run rsync over ssh. Keep port 873 off the internet.',
    products: [rsyncLogin],
    prove: 'rsync rsync://{host}:{port}/MODULE/   # must print "auth failed" or ask for a password',
  },
  references: {
    requirement: [hipaaAccessControl, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(306, 'Missing Authentication for Critical Function'), cwe(359, 'Exposure of Private Personal Information to an Unauthorized Actor')],
  },
  needs: { rsync },
  judge: ({ rsync }) => judgeModules(rsync, judge),
});

function judge(module: Share): Verdict {
  const because = moduleFacts(module);
  if (module.rights.read === 'no') return fail('it lets anyone in, but lists nothing to them', because, 'medium');
  if (module.rights.read === 'unknown') return fail('it lets anyone in; what lies there could not be listed', because, 'high');
  return fail(`it gives anyone its files${amountsIn(module.content)}`, because, severityOfContent(module.content));
}
