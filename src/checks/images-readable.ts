/** Do images lie open: listed to any caller, with retrieval on offer, over DICOM, the web or a share? The last step, fetching one, is never taken. */
import { defineCheck, fail, notApplicable, pass, type Severity, unknown, type Verdict } from '../model/check.js';
import { type ArchiveCount, type DicomEvidence, dicom, negotiated, retrieveContexts } from '../protocols/dicom/evidence.js';
import { http } from '../protocols/http/evidence.js';
import { amount, isCounted } from './amount-words.js';
import { decidedAtTheDesk, declines, isOrthanc, queryFacts, recordOf, refusesNothing } from './dicom-access.js';
import { dcm4cheeRetrieve, dcmtkRetrieve, orthancNoOpenReading } from './dicom-remedies.js';
import { noAnonymousFtp } from './ftp-remedies.js';
import { ganeshaNamedClients, linuxNamedClients, qnapNamedClients, synologyNamedClients } from './nfs-remedies.js';
import { orOnPurpose } from './one-record.js';
import { cwe, dicomTlsProfileB12, gdprArticle32, hipaaAccessControl, nistSp180024 } from './references.js';
import { overDicom, overFtp, overNfs, overRsync, overSmb, overTheWeb } from './remedy-services.js';
import { rsyncLogin } from './rsync-remedies.js';
import { judgeShareImages } from './share-images.js';
import { fileServers, sharesOf } from './shares-of.js';
import { sambaNoGuests, synologyNoGuests, windowsNoGuests } from './smb-remedies.js';
import { judgeWebImages } from './web-images.js';
import { apacheLogin, dcm4cheeSecure, nginxLogin, orthancLogin } from './web-remedies.js';

export const imagesReadable = defineCheck({
  id: 'images-readable',
  title: 'Images can be reached by anyone',
  severity: 'critical',
  why:
    'An archive that lists its studies to any caller and offers to hand them over needs no break-in: free viewers do it with a few clicks. ' +
    'In 2019 about 400 million images lay within reach like that in 590 archives on the internet (Greenbone).',
  remedy: {
    text: 'Take the device off any network that strangers reach, today. Then list who may query and retrieve, and demand certificates.',
    products: [
      ...overDicom(orthancNoOpenReading, dcmtkRetrieve, dcm4cheeRetrieve),
      ...overTheWeb(orthancLogin, dcm4cheeSecure, nginxLogin, apacheLogin),
      ...overSmb(sambaNoGuests, windowsNoGuests, synologyNoGuests),
      ...overNfs(linuxNamedClients, ganeshaNamedClients, synologyNamedClients, qnapNamedClients),
      ...overFtp(...noAnonymousFtp),
      ...overRsync(rsyncLogin),
    ],
    prove: 'dosimeter scan {host} --ports {port}',
  },
  references: {
    requirement: [hipaaAccessControl, gdprArticle32],
    target: [dicomTlsProfileB12, nistSp180024],
    weakness: [cwe(862, 'Missing Authorization'), cwe(359, 'Exposure of Private Personal Information to an Unauthorized Actor')],
  },
  needs: {},
  wants: { dicom, http, ...fileServers },
  judge: ({ dicom, http, ...files }) => {
    if (dicom) return decidedAtTheDesk(dicom) ?? listed(dicom);
    if (http) return judgeWebImages(http);
    const shares = sharesOf(files);
    return shares ? judgeShareImages(shares) : notApplicable('no share was seen here');
  },
});

function listed(evidence: DicomEvidence): Verdict {
  const { archive } = evidence;
  const because = facts(evidence);
  if (archive === null || !isCounted(archive.studies)) return unknown('it answers the queries of any caller, but what it lists could not be counted', because);
  if (archive.studies.value === 0) return notApplicable('it answers the queries of any caller, but lists no study at the moment', because);
  if (archive.images?.basis === 'exact' && archive.images.value === 0) return notApplicable('it lists studies, but no image in them', because);
  if (refusesNothing(evidence)) {
    return unknown('it lists studies, but accepts even services that do not exist: it may be a honeypot, and retrieval says nothing', because);
  }
  if (negotiated(evidence, ...retrieveContexts)) return withinReach(evidence, archive);
  return declines(evidence, retrieveContexts)
    ? pass('it lists studies to any caller, but takes no retrieval from it', because)
    : unknown('it lists studies to any caller, but said neither yes nor no to retrieval', because);
}

function facts(evidence: DicomEvidence): Verdict['because'] {
  const { archive } = evidence;
  return {
    ...queryFacts(evidence),
    studies: archive?.studies.value ?? null,
    images: archive?.images?.value ?? null,
    imagesBasis: archive?.images?.basis ?? null,
    get: negotiated(evidence, 'patient-root-get', 'study-root-get'),
    move: negotiated(evidence, 'patient-root-move', 'study-root-move'),
    proof: 'negotiated',
  };
}

const byGet = 'and offers to hand them over (C-GET)';
const byMove = 'and offers to send them to stations that it knows (C-MOVE)';

function withinReach(evidence: DicomEvidence, archive: ArchiveCount): Verdict {
  const images = isCounted(archive.images) ? amount(archive.images, 'image', 'images') : 'an uncounted number of images';
  const studies = amount(archive.studies, 'study', 'studies');
  const hasGet = negotiated(evidence, 'patient-root-get', 'study-root-get');
  const reason = `it lists ${images} in ${studies} to any caller ${hasGet ? byGet : byMove}; that was not tried, since Dosimeter never fetches an image`;
  return orOnPurpose(fail(reason, facts(evidence), severityOf(evidence, hasGet)), recordOf(evidence));
}

/** Orthanc negotiates retrieval even where it refuses it, and C-MOVE alone does not bring images to the caller. */
const severityOf = (evidence: DicomEvidence, hasGet: boolean): Severity | undefined => (hasGet && !isOrthanc(evidence) ? undefined : 'high');
