/** Does a folder of files lie open, over the web, over WebDAV or in a bucket? */

import { defineCheck, fail, notApplicable, pass, unknown, type Verdict } from '../model/check.js';
import { type ContentKind, contentKinds } from '../model/content-kind.js';
import { type HttpEvidence, http, type WebDoor } from '../protocols/http/evidence.js';
import { listed } from './amount-words.js';
import { cwe, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';
import { isTelling } from './telling-content.js';
import { closedWords, doorFacts, doorsOf, judgeDoors } from './web-doors.js';
import { apacheNoListing, lighttpdNoListing, nginxNoListing, orthancNoWebDav } from './web-remedies.js';

export const openDirectoryListing = defineCheck({
  id: 'open-directory-listing',
  title: 'A folder of files lies open',
  severity: 'critical',
  why: 'A list of files invites whoever comes by to take them all, one after another or with one command. Backups and databases hold every patient at once.',
  remedy: {
    text: 'Switch the listing off and demand a login for the files. Move images and backups out of what the web server may serve.',
    products: [nginxNoListing, apacheNoListing, lighttpdNoListing, orthancNoWebDav],
    prove: 'curl -s "{url}/" | grep -i "index of"   # must print nothing',
  },
  references: {
    requirement: [hipaaAccessControl, gdprArticle32],
    target: [nistSp180024],
    weakness: [cwe(548, 'Exposure of Information Through Directory Listing')],
  },
  needs: { http },
  judge: ({ http }) => judgeSite(http),
});

const judgeSite = (evidence: HttpEvidence) => judgeDoors(evidence, doorsOf(evidence, 'listing', 'webdav', 'bucket'), 'no listing of files was seen', judge);

const kindWords: Readonly<Record<ContentKind, string>> = {
  dicom: 'named like DICOM',
  dicomdir: 'DICOMDIR',
  'disc-image': 'disc images',
  backup: 'backups',
  database: 'databases',
  archive: 'archives',
  report: 'documents',
  image: 'pictures',
  folder: 'folders',
  other: 'others',
};

function judge(door: WebDoor): Verdict {
  const because = { ...doorFacts(door), confirmedDicom: door.confirmedDicom, ...Object.fromEntries(Object.entries(door.content ?? {})) };
  if (door.access === 'login' || door.access === 'forbidden') return pass(closedWords(door), because);
  if (door.access === 'absent') return notApplicable('there is none', because);
  if (door.access === 'unclear') return unknown(`it answered with an error (${door.status})`, because);
  const kinds = contentKinds.flatMap((kind) => ((door.content?.[kind] ?? 0) > 0 ? [`${door.content?.[kind]} ${kindWords[kind]}`] : []));
  const proof = door.confirmedDicom > 0 ? `; of these ${door.confirmedDicom} were seen to be DICOM by their first 132 bytes` : '';
  if (kinds.length === 0) return fail('it lists an empty folder to anyone', because, 'low');
  return fail(`it lists files to anyone, as far as was looked: ${listed(kinds)}${proof}`, because, isTelling(door) ? undefined : 'low');
}
