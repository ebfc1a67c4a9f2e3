/** Have strangers left something on a share already? By name, form and place; a name is a reason to look, never a proof. */
import { type MaliciousRule, maliciousRules } from '../content/malicious-rules.js';
import { defineCheck, fail, notApplicable, pass, type Severity, unknown, type Verdict } from '../model/check.js';
import type { ContentSurvey } from '../model/content-survey.js';
import type { Share } from '../model/share.js';
import { grouped, listed } from './amount-words.js';
import { diskNoPrograms, nfsNoPrograms, rsyncNoPrograms, sambaNoPrograms, vsftpdNoPrograms } from './content-remedies.js';
import { cwe, gdprArticle32, hipaaAuditControls, nistSp180024 } from './references.js';
import { fileServersAndFolders, judgeEachShare, shareFacts } from './shares-of.js';

export const maliciousFile = defineCheck({
  id: 'malicious-file',
  title: 'Files that do not belong beside images',
  severity: 'critical',
  why:
    'Storage that anyone may write to is found within days: worms leave programs that look like folders, gangs encrypt what lies there. ' +
    'In 2016, 5,137 of 7,263 writable FTP servers held the same mining worm (Sophos). Whoever put it there could read the images too.',
  remedy: {
    text:
      'Take the share off the network, have the files examined, and find out from the logs since when strangers could write there. Then close it to ' +
      'strangers and keep programs out of it. Whether images were changed or taken is a question of its own.',
    products: [sambaNoPrograms, vsftpdNoPrograms, nfsNoPrograms, rsyncNoPrograms, diskNoPrograms],
    prove: 'dosimeter scan {host} --ports {port}',
  },
  references: {
    requirement: [hipaaAuditControls, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(434, 'Unrestricted Upload of File with Dangerous Type')],
  },
  needs: {},
  wants: fileServersAndFolders,
  judge: (evidence) => judgeEachShare(evidence, judge),
});

function judge(share: Share): Verdict {
  const because = shareFacts(share);
  if (share.access !== 'open') return notApplicable('strangers see nothing of it', because);
  const { content } = share;
  if (content === null) return unknown('what lies there was not looked at', because);
  if (content.suspiciousCount > 0) return ofSuspicious(content, because);
  const entries = grouped(content.cost.entries);
  if (content.ended === 'whole') return pass(`none of its ${entries} entries is called like anything that the rules know`, because);
  return unknown(`none of the ${entries} entries that were listed is called like anything that the rules know; the others were not listed`, because);
}

const weight: Readonly<Record<Severity, number>> = { critical: 3, high: 2, medium: 1, low: 0 };

function ofSuspicious(content: ContentSurvey, because: Verdict['because']): Verdict {
  const met = maliciousRules.filter(({ id }) => content.suspicious.some(({ rule }) => rule === id)).sort((a, b) => weight[b.severity] - weight[a.severity]);
  const rules = Object.fromEntries(met.map(({ id }) => [id, content.suspicious.filter(({ rule }) => rule === id).length]));
  const words = met.slice(0, 3).map((rule) => wordsOf(rule, content));
  const counts = { ...because, suspicious: content.suspiciousCount, ...rules };
  // a rule of low severity speaks of what is usual
  if (met.length > 0 && met.every(({ severity }) => severity === 'low'))
    return unknown(`${words.join('; ')}; whether it is the original was not looked at`, counts);
  const more = met.length > 3 ? `; ${met.length - 3} other kinds beside` : '';
  const scope = content.ended === 'whole' ? 'on it' : 'among what was listed';
  const reason = `${content.suspiciousCount} ${content.suspiciousCount === 1 ? 'file' : 'files'} ${scope}: ${words.join('; ')}${more}`;
  return fail(
    `${reason}. Only a look at the files themselves can prove it`,
    { ...because, suspicious: content.suspiciousCount, ...rules },
    met[0]?.severity ?? 'medium',
  );
}

/** `photo.scr (named like …)`. */
function wordsOf({ id, title }: MaliciousRule, { suspicious }: ContentSurvey): string {
  const names = [...new Set(suspicious.filter(({ rule }) => rule === id).map(({ name }) => name))];
  return `${listed(names.slice(0, 3))} (${title})`;
}
