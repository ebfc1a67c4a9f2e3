/** Does the FTP server let anyone in? */
import { defineCheck, fail, type Verdict } from '../model/check.js';
import { type FtpEvidence, ftp } from '../protocols/ftp/evidence.js';
import { amountsIn, ftpFacts, keptOut, severityOfContent } from './ftp-facts.js';
import { noAnonymousFtp } from './ftp-remedies.js';
import { cwe, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';

export const anonymousFtpLogin = defineCheck({
  id: 'anonymous-ftp-login',
  title: 'Anyone may log in over FTP',
  severity: 'critical',
  why:
    'Whoever says "anonymous" gets the folders and copies them with a browser or one command. Search engines for devices list such servers within hours. ' +
    'In 2020 the largest part of 45 million medical images found open lay on storage like this (CybelAngel).',
  remedy: {
    text: 'Switch the anonymous login off, and give each modality and each person an account. Keep port 21 off the internet.',
    products: noAnonymousFtp,
    prove: 'curl -s --max-time 20 ftp://{host}:{port}/ ; echo $?   # must print 67 (login denied)',
  },
  references: {
    requirement: [hipaaAccessControl, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(306, 'Missing Authentication for Critical Function'), cwe(359, 'Exposure of Private Personal Information to an Unauthorized Actor')],
  },
  needs: { ftp },
  judge: ({ ftp }) => keptOut(ftp) ?? judge(ftp),
});

function judge(evidence: FtpEvidence): Verdict {
  const because = ftpFacts(evidence);
  const [share] = evidence.shares;
  if (!share || share.access === 'unclear') return fail('it lets anyone in; what they find there could not be listed', because, 'high');
  if (share.access === 'forbidden') return fail('it lets anyone in, but shows them no folder', because, 'medium');
  return fail(`it lets anyone in and lists what is there${amountsIn(share.content)}`, because, severityOfContent(share.content));
}
