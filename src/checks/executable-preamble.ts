/** Does an image begin like a program? The 128 bytes before DICM are anybody's, and a file can be an image and a program at once. */
import { defineCheck, fail, notApplicable, pass, unknown, type Verdict } from '../model/check.js';
import type { ContentSurvey, PreambleKind } from '../model/content-survey.js';
import type { Share } from '../model/share.js';
import { listed } from './amount-words.js';
import { emptyPreambles } from './content-remedies.js';
import { cwe, dicomFilePreamble, gdprArticle32, hipaaAuditControls, nistSp180024 } from './references.js';
import { fileServersAndFolders, judgeEachShare, shareFacts } from './shares-of.js';

export const executablePreamble = defineCheck({
  id: 'executable-preamble',
  title: 'An image that begins like a program',
  severity: 'critical',
  why:
    'DICOM leaves the first 128 bytes of a file to applications. With the header of a program there, a file opens as an image in a viewer and runs as a ' +
    'program where somebody starts it (CVE-2019-11687); virus scanners often leave images alone.',
  remedy: {
    text:
      'Move such files to where nobody opens them and have them examined: find out which device or person wrote them. Have images scanned for ' +
      'malicious code like everything else, and written anew with an empty preamble before they go to others.',
    products: emptyPreambles,
    prove: 'dosimeter scan {host} --ports {port}',
  },
  references: {
    requirement: [hipaaAuditControls, gdprArticle32],
    target: [dicomFilePreamble, nistSp180024],
    weakness: [cwe(434, 'Unrestricted Upload of File with Dangerous Type')],
  },
  needs: {},
  wants: fileServersAndFolders,
  judge: (evidence) => judgeEachShare(evidence, judge),
});

const programs: readonly PreambleKind[] = ['pe', 'elf', 'mach-o', 'script'];
/** Not run by themselves: another reader opens them as something else. */
const disguises: readonly PreambleKind[] = ['html', 'pdf', 'archive'];
const words: Readonly<Record<PreambleKind, string>> = {
  zeros: 'nothing',
  tiff: 'a TIFF',
  text: 'text',
  pe: 'a Windows program',
  elf: 'a Linux program',
  'mach-o': 'a Mac program',
  script: 'a script',
  html: 'a web page',
  pdf: 'a PDF',
  archive: 'an archive',
  other: 'other bytes',
};

function judge(share: Share): Verdict {
  const { content } = share;
  if (share.access !== 'open') return notApplicable('strangers see nothing of it', shareFacts(share));
  if (content === null) return unknown('what lies there was not looked at', shareFacts(share));
  const { preambles, sampled } = content;
  const because = { ...shareFacts(share), ...preambles };
  const found = beginnings(preambles, programs);
  if (found.length > 0) return fail(`of ${sampled.dicom} images that were looked at, ${listed(found)}`, because);
  const disguised = beginnings(preambles, disguises);
  if (disguised.length > 0) return fail(`of ${sampled.dicom} images that were looked at, ${listed(disguised)}`, because, 'medium');
  return unsuspicious(content, because);
}

function beginnings(preambles: ContentSurvey['preambles'], kinds: readonly PreambleKind[]): readonly string[] {
  return kinds.flatMap((kind) => ((preambles[kind] ?? 0) > 0 ? [`${preambles[kind]} begin like ${words[kind]}`] : []));
}

function unsuspicious({ images, sampled }: ContentSurvey, because: Verdict['because']): Verdict {
  if (images.basis === 'exact' && images.value === 0) return notApplicable('no image lies there', because);
  if (sampled.dicom === 0) return unknown('no image was looked at', because);
  if (images.basis === 'exact' && sampled.dicom >= images.value) return pass(`none of its ${sampled.dicom} images begins like a program`, because);
  return unknown(`none of the ${sampled.dicom} images that were looked at begins like a program; the others were not looked at`, because);
}
