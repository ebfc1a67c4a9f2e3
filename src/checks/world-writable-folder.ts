/** May every account of this computer change what lies in a folder of images? Read off the permission bits for others; nothing is written to find out. */
import { files, isSeenWhole } from '../files/evidence.js';
import { defineCheck, fail, pass, unknown, type Verdict } from '../model/check.js';
import type { LocalFolder, OthersMay } from '../model/local-folder.js';
import { listed } from './amount-words.js';
import { asToldByBits, figure, folderFacts, othersAre, permissionsOf } from './folder-facts.js';
import { foldersForOwners } from './folder-remedies.js';
import { cwe, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';

export const worldWritableFolder = defineCheck({
  id: 'world-writable-folder',
  title: 'Images that every account may change or replace',
  severity: 'high',
  why:
    'Whoever may write there can encrypt the images, exchange one for another, or lay a program beside them that somebody opens. Where a share or an export ' +
    'leads to the folder, strangers get what these bits give.',
  remedy: {
    text: 'Take the right to write from all but the account that stores the images, and look for files that nobody knows before anything else.',
    products: foldersForOwners,
    prove: 'dosimeter files PATH',
  },
  references: {
    requirement: [hipaaAccessControl, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(732, 'Incorrect Permission Assignment for Critical Resource')],
  },
  needs: { files },
  judge: ({ files }) => judge(files),
});

function judge(folder: LocalFolder): Verdict {
  const because = folderFacts(folder);
  const { othersMay, verdict } = permissionsOf(folder, because);
  if (!othersMay) return verdict;
  const found = grants(othersMay);
  if (found.length > 0) {
    const isCreateOnly = othersMay.writeFiles === 0 && othersMay.emptyFolders === 0;
    return fail(`${othersAre(folder)} may ${listed(found)}; that was read off, and not tried`, because, isCreateOnly ? 'medium' : undefined);
  }
  return isSeenWhole(folder)
    ? pass(`no account outside its group may change anything there, ${asToldByBits}`, because)
    : unknown('no account outside its group may change anything that was listed; the rest was not seen', because);
}

function grants({ writeFiles, writeFolders, emptyFolders, files, folders }: OthersMay): readonly string[] {
  return [
    ...(writeFiles > 0 ? [`write to ${figure(writeFiles)} of ${figure(files)} files`] : []),
    ...(writeFolders > 0 ? [`put files into ${figure(writeFolders)} of ${figure(folders)} folders`] : []),
    ...(emptyFolders > 0 ? [`delete and replace what lies in ${figure(emptyFolders)} of them`] : []),
  ];
}
