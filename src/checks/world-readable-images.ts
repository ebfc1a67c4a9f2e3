/** May every account of this computer read the images in a folder? Read off the permission bits for others; groups and access lists are not judged. */
import { files, isSeenWhole } from '../files/evidence.js';
import { defineCheck, fail, pass, unknown, type Verdict } from '../model/check.js';
import type { LocalFolder, OthersMay } from '../model/local-folder.js';
import { amount } from './amount-words.js';
import { asToldByBits, figure, folderFacts, othersAre, permissionsOf } from './folder-facts.js';
import { foldersForOwners } from './folder-remedies.js';
import { cwe, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';

export const worldReadableImages = defineCheck({
  id: 'world-readable-images',
  title: 'Images that every account may read',
  severity: 'medium',
  why:
    'A folder of images that every account may read is as safe as the weakest account: a web server, a printer queue, a trainee, a program that somebody ' +
    'broke into. Copies for backup, export and research are forgotten first, and a share is often no more than such a folder.',
  remedy: {
    text: 'Give the folder to a group of those who need it and take it from all others. Then see to it that what writes there keeps it so.',
    products: foldersForOwners,
    prove: 'dosimeter files PATH',
  },
  references: {
    requirement: [hipaaAccessControl, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(732, 'Incorrect Permission Assignment for Critical Resource'), cwe(276, 'Incorrect Default Permissions')],
  },
  needs: { files },
  judge: ({ files }) => judge(files),
});

function judge(folder: LocalFolder): Verdict {
  const because = folderFacts(folder);
  const { othersMay, verdict } = permissionsOf(folder, because);
  if (!othersMay) return verdict;
  if (isSeenOpen(othersMay)) return fail(reasonOf(folder, othersMay), because);
  if (othersMay.readFiles > 0)
    return unknown('other accounts may read some of the files; whether images are among them was not learnt, since they are not named like images', because);
  return isSeenWhole(folder)
    ? pass(`no account outside its group may read any file there, ${asToldByBits}`, because)
    : unknown('no account outside its group may read any file that was listed; the others were not seen', because);
}

/** An image by name, or simply every file. */
const isSeenOpen = ({ readImages, readFiles, files }: OthersMay): boolean => readImages > 0 || (readFiles > 0 && readFiles === files);

function reasonOf(folder: LocalFolder, { readFiles, files, readImages }: OthersMay): string {
  const { images } = folder.content;
  const part = readFiles === files ? `all ${figure(files)} files` : `${figure(readFiles)} of ${figure(files)} files`;
  const named = readFiles === files || readImages === 0 ? '' : `, ${figure(readImages)} of them images by name`;
  return `${othersAre(folder)} may read ${part}${folder.content.ended === 'whole' ? '' : ' that were listed'}${named}; the folder holds ${amount(images, 'image', 'images')}`;
}
