/** To which modules of an rsync daemon may anyone copy files? Asked with a dry run, and with no file. */
import { defineCheck, fail, pass, unknown, type Verdict } from '../model/check.js';
import type { Share } from '../model/share.js';
import { rsync } from '../protocols/rsync/evidence.js';
import { cwe, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';
import { judgeModules, moduleFacts } from './rsync-facts.js';
import { rsyncLogin, rsyncReadOnly } from './rsync-remedies.js';

export const openRsyncWrite = defineCheck({
  id: 'open-rsync-write',
  title: 'Anyone may change files over rsync',
  severity: 'critical',
  why:
    'Whoever may write to a module can replace every image in it, delete what is there with one option, or put programs where somebody, or the system itself, ' +
    'starts them.',
  remedy: {
    text: 'Make the module read-only, or demand a password of those who write. Before anything else look for files that nobody knows.',
    products: [{ ...rsyncReadOnly, lines: [...rsyncReadOnly.lines, ...rsyncLogin.lines.slice(0, 3)] }],
    prove: 'dosimeter scan {host} --ports {port}   # other tools write a file to find out',
  },
  references: {
    requirement: [hipaaAccessControl, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(306, 'Missing Authentication for Critical Function'), cwe(862, 'Missing Authorization')],
  },
  needs: { rsync },
  judge: ({ rsync }) => judgeModules(rsync, judge),
});

function judge(module: Share): Verdict {
  const because = moduleFacts(module);
  switch (module.rights.create) {
    case 'no':
      return pass('it is read-only', because);
    case 'yes':
      return fail('it takes files from anyone', because);
    case 'negotiated':
      return fail('it was ready to take files from anyone; none was sent, and the permissions of its folder may still refuse them', because, 'high');
    case 'unknown':
      return unknown('whether it takes files could not be learnt', because);
  }
}
