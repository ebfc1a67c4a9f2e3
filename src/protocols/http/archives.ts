/** Which archives answer on a site: Orthanc, dcm4chee-arc and DICOMweb at the usual places and where a viewer says. Fetches no image. */
import { accessOf, doorOf } from './access.js';
import type { HttpConversation } from './conversation.js';
import { markOf } from './count-pages.js';
import { askCounters, askDcm4chee, type Dcm4cheeSeen } from './dcm4chee.js';
import { askDicomWeb } from './dicomweb.js';
import type { WebDoor } from './evidence.js';
import { askWebDav } from './files.js';
import { askOrthanc } from './orthanc.js';
import { isImaging, isWebServer } from './products.js';
import { type Site, widenBudget } from './site.js';

export async function askArchives(site: Site): Promise<void> {
  const { doors, target } = site;
  const origin = `https://${target.settings.nonce.toLowerCase()}.dosimeter.invalid`;
  const orthancBase = await askOrthancs(site, origin);
  const dcm4chee = await findDcm4chee(site);
  const refused = dcm4chee ? [doorOf('archive-api', '/dcm4chee-arc/aets', dcm4chee.access, dcm4chee.status)] : [];
  if (dcm4chee?.access === 'open') doors.push(...refused.splice(0));
  if (isImaging(site.product)) widenBudget(site);
  refused.push(...(await askDicomWebRoots(site, origin, orthancBase, dcm4chee)));
  if (refused.length > 0 && (isImaging(site.product) || !(await isRefusedEverywhere(site)))) doors.push(...refused);
}

/** At the root, and where its maker's reverse proxies put it. → the path in front of its interface, or `null` where there is none. */
async function askOrthancs(site: Site, origin: string): Promise<string | null> {
  for (const base of site.front.listing || isLocked(site) ? [''] : ['', '/orthanc']) {
    const { door, product } = await askOrthanc(site.conversation, base, origin, base === '' && site.product?.id === 'orthanc');
    if (product) site.product = product;
    if (!door) continue;
    site.doors.push(door);
    const files = door.access === 'open' ? await askWebDav(site.conversation, `${base}/webdav/`) : null; // on as shipped, and takes uploads
    if (files) site.doors.push(files);
    return base;
  }
  return null;
}

async function findDcm4chee(site: Site): Promise<Dcm4cheeSeen | null> {
  if (site.product !== null && site.product.id !== 'dcm4chee-arc' && !isWebServer(site.product)) return null;
  const seen = await askDcm4chee(site.conversation);
  if (seen?.access === 'open') site.product = { id: 'dcm4chee-arc', name: 'dcm4chee-arc', version: null, basis: 'its list of application entities' };
  return seen;
}

/** Open ones are doors; those that refused are returned, since a server that refuses everything says nothing by it. */
async function askDicomWebRoots(site: Site, origin: string, orthancBase: string | null, dcm4chee: Dcm4cheeSeen | null): Promise<readonly WebDoor[]> {
  const { conversation, doors, target } = site;
  const { nonce, sample, responseBudget, seed, archiveKey } = target.settings;
  const counter = doors.find(({ kind, images, studies }) => kind === 'archive-api' && (images ?? studies) !== null);
  const isCounted = dcm4chee !== null || counter !== undefined;
  const refused: WebDoor[] = [];
  for (const root of rootsOf(site, orthancBase, dcm4chee?.roots ?? [])) {
    const options = { origin, nonce, sample, responseBudget, seed, archiveKey, isCounted, whenOpen: () => widenBudget(site) };
    const door = await askDicomWeb(conversation, root, options);
    if (door === null) continue;
    if (door.access === 'open') {
      const at = doors.push(door) - 1; // it stays, whatever becomes of counting
      doors[at] = await markedDoor(site, root, dcm4chee ? await countedByItself(conversation, root, door) : door, counter);
    } else refused.push(door);
    if ((door.access === 'open' && !dcm4chee) || (door.access !== 'open' && isLocked(site))) break;
  }
  return refused;
}

const isLocked = ({ front }: Site): boolean => front.visited[0].answer.status === 401;

/** A server that turns everything away says nothing of what is behind: a path that nobody has is asked for to compare. */
async function isRefusedEverywhere({ conversation, target }: Site): Promise<boolean> {
  const nowhere = await conversation.request({ method: 'GET', path: `/dosimeter-${target.settings.nonce.toLowerCase()}` });
  return accessOf(nowhere, false) !== 'absent';
}

/** Where the archive itself has counted, a few studies are asked for all the same: by them its other doors are known. */
async function markedDoor({ conversation, target, doors }: Site, root: string, door: WebDoor, counter: WebDoor | undefined): Promise<WebDoor> {
  const studies = door.studies ?? counter?.studies ?? null;
  const isMarked = door.mark !== null || doors.some(({ mark }) => mark !== null);
  if (isMarked || (studies === null && counter === undefined)) return door;
  const isAskedBefore = doors.some((other) => other !== door && other.kind === 'dicomweb' && other.access === 'open' && (other.studies?.value ?? 0) > 0);
  if (isAskedBefore) return door; // of an archive with many application entities: one of them is asked, and once
  return { ...door, mark: await markOf(conversation, root, studies?.value ?? null, target.settings) };
}

async function countedByItself(conversation: HttpConversation, root: string, door: WebDoor): Promise<WebDoor> {
  const counted = await askCounters(conversation, root);
  return { ...door, ...counted, studies: counted.studies ?? door.studies, images: counted.images ?? door.images };
}

/** As products have them: Orthanc and its proxies, many archives, Kheops (`/api`), Conquest. */
const usualRoots = ['/dicom-web', '/dicomweb', '/rs'];
const fartherRoots = ['/orthanc/dicom-web', '/pacs', '/api', '/api/dicom/rs', '/wado'];

/** Named by the archive or by the viewer's configuration first; then the usual ones. Of a site that is a list of files, fewer. */
function rootsOf({ visited, front }: Site, orthancBase: string | null, named: readonly string[]): readonly string[] {
  if (named.length > 0) return named;
  const configured = visited.flatMap(({ text }) => rootsIn(text)).slice(0, 3);
  const own = orthancBase === null ? [] : [`${orthancBase}/dicom-web`];
  return [...new Set([...configured, ...own, ...usualRoots, ...(front.listing || orthancBase !== null ? [] : fartherRoots)])];
}

/** `qidoRoot: '/dicom-web'` and the like in OHIF's app-config.js. Of a root on another host the path is asked for on this one. */
function rootsIn(text: string): readonly string[] {
  return [...text.slice(0, 100_000).matchAll(/(?:qidoRoot|wadoRoot|qidoURLPrefix)["']?\s*:\s*["'](?:https?:\/\/[^/"']{1,200})?(\/[\w./-]{1,100})["']/g)].map(
    ([, root = '']) => root.replace(/\/+$/, ''),
  );
}
