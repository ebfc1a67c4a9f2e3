/** Does a file match one of the YARA rules that the user gave? What a match means is the rule's to say. */
import { files } from '../files/evidence.js';
import { type Because, defineCheck, fail, notApplicable, pass, unknown, type Verdict } from '../model/check.js';
import type { LocalFolder, YaraScan } from '../model/local-folder.js';
import { listed } from './amount-words.js';
import { diskNoPrograms } from './content-remedies.js';
import { figure } from './folder-facts.js';
import { cwe, gdprArticle32, hipaaAuditControls, nistSp180024 } from './references.js';

export const yaraMatch = defineCheck({
  id: 'yara-match',
  title: 'A file that a YARA rule speaks of',
  severity: 'high',
  why: 'YARA rules describe malicious files by what is in them, which a new name does not hide. These are the rules that you gave with --yara.',
  remedy: {
    text: 'See which files they are on the terminal, keep them for whoever investigates, and find out how they came there. A rule can be wrong: read what it says of itself.',
    products: [diskNoPrograms],
    prove: 'dosimeter files PATH',
  },
  references: {
    requirement: [hipaaAuditControls, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(506, 'Embedded Malicious Code')],
  },
  needs: { files },
  judge: ({ files }) => judge(files),
});

function judge({ label, yara, content, notSeen }: LocalFolder): Verdict {
  if (yara === null) return notApplicable('no YARA rules were given', { folder: label });
  const { scanned, tooLarge, leftOut, matched } = yara;
  const because: Because = { folder: label, matched, scanned, tooLarge, leftOut, ...yara.rules };
  if (matched > 0) return fail(`${figure(matched)} of ${figure(scanned)} files match: ${rulesOf(yara)}`, because);
  const missed = [
    ...(tooLarge > 0 ? [`${figure(tooLarge)} were too large`] : []),
    ...(leftOut > 0 ? [`${figure(leftOut)} were left out or could not be read`] : []),
    ...(content.ended !== 'whole' ? ['others were not listed'] : notSeen.refused + notSeen.failed > 0 ? ['others could not be looked at'] : []),
  ];
  if (missed.length > 0) return unknown(`none of the ${figure(scanned)} files that were scanned matches; ${listed(missed)}`, because);
  return scanned === 0 ? notApplicable('there is no file to scan', because) : pass(`none of its ${figure(scanned)} files matches`, because);
}

function rulesOf({ rules }: YaraScan): string {
  const most = Object.entries(rules).sort(([, a], [, b]) => b - a);
  const named = most.slice(0, 5).map(([rule, count]) => `${rule} (${figure(count)})`);
  return listed(most.length > 5 ? [...named, `${most.length - 5} other rules`] : named);
}
