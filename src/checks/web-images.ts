/** Do images lie open over the web: listed to anyone, to be had with the next request? That request is never sent. */
import { fail, notApplicable, pass, unknown, type Verdict } from '../model/check.js';
import { type HttpEvidence, handsOutData, type WebDoor } from '../protocols/http/evidence.js';
import { amount, isCounted } from './amount-words.js';
import { orOnPurpose } from './one-record.js';
import { doorFacts, isEmpty, siteFacts } from './web-doors.js';
import { recordOfSite } from './web-identifiers.js';

const isFiles = ({ kind }: WebDoor): boolean => kind === 'listing' || kind === 'webdav' || kind === 'bucket';
const hasImages = ({ images }: WebDoor): boolean => isCounted(images) && images.value > 0;
const hasStudies = ({ studies }: WebDoor): boolean => isCounted(studies) && studies.value > 0;
const untried = 'that was not tried, since Dosimeter never fetches an image';

/** The doors lead to one store of images: the one that says most decides. */
export function judgeWebImages(evidence: HttpEvidence): Verdict {
  const doors = evidence.doors.filter(handsOutData);
  const open = doors.filter(({ access }) => access === 'open');
  const counted = open.find(hasImages) ?? open.find(hasStudies);
  if (counted) {
    const lying = fail(`${holdings(counted)} to anyone (${counted.path}), and gives them to whoever asks; ${untried}`, doorFacts(counted));
    return isFiles(counted) ? lying : orOnPurpose(lying, recordOfSite(evidence));
  }
  if (open.length > 0) return ofOpenDoors(open, evidence);
  if (doors.some(({ access }) => access === 'login' || access === 'forbidden'))
    return pass('what may hold images asks for credentials first, or refuses', siteFacts(evidence));
  if (doors.some(({ access }) => access === 'unclear')) return unknown('what may hold images answered with an error', siteFacts(evidence));
  return evidence.budgetSpent
    ? unknown('the requests that one host may get were used up before images were asked for', siteFacts(evidence))
    : notApplicable('nothing that holds images was seen', siteFacts(evidence));
}

/** Not one of them said that it holds images. */
function ofOpenDoors(open: readonly WebDoor[], evidence: HttpEvidence): Verdict {
  const named = open.find((door) => (door.content?.dicom ?? 0) > 0);
  if (named) return unknown('it lists files that are named like DICOM, but none was seen to be DICOM', doorFacts(named));
  const silent = open.find((door) => !isEmpty(door) && !isFiles(door));
  if (silent) return unknown('it answers anyone, but what it lists could not be counted', doorFacts(silent));
  return notApplicable('what lies open holds no image at the moment', siteFacts(evidence));
}

function holdings(door: WebDoor): string {
  const images = hasImages(door) && door.images ? amount(door.images, 'image', 'images') : 'an uncounted number of images';
  const studies = hasStudies(door) && door.studies ? ` in ${amount(door.studies, 'study', 'studies')}` : '';
  return `it lists ${images}${studies}`;
}
