/**
 * The conversation with a web server: the front page, what product it is, and each door that may hand out records or files.
 * Asks, never changes: no body is sent, no image is fetched, and a host gets no more requests than its budget.
 */
import { type Dial, NotThisProtocol } from '../../model/connection.js';
import { defineProbe, type ProbeTarget } from '../../model/probe.js';
import type { Product } from '../../model/product.js';
import { touchAllows } from '../../model/touch.js';
import { accessOf, doorOf } from './access.js';
import { BudgetSpent, HttpConversation } from './conversation.js';
import { askDcm4chee, countedBy } from './dcm4chee.js';
import { tryDefaultAccount } from './default-account.js';
import { askDicomWeb } from './dicomweb.js';
import { type HttpEvidence, http, type WebDoor } from './evidence.js';
import { faviconHash } from './favicon-hash.js';
import { askWebDav, readBucket, walkListing } from './files.js';
import { asksForCertificate, type Front, loginOf, type Visited, visit, visitFront } from './front.js';
import { canonicalOf, readRobots, readSitemap, saysNoIndex } from './indexing.js';
import { askOrthanc } from './orthanc.js';
import { isImaging, pathsWorthAsking, recogniseProducts } from './products.js';
import { readRedirect } from './redirect.js';

/** Requests: for any host, and for one that turned out to be an archive or a viewer. */
const budget = 25;
const imagingBudget = 60;

export const httpProbe = defineProbe<HttpEvidence>({
  id: 'http',
  produces: http,
  ports: [80, 443, 3000, 3333, 5000, 5001, 8000, 8008, 8042, 8043, 8080, 8081, 8088, 8443, 8888, 9080, 9090, 9443],
  tried: 'anywhere',
  touch: 'handshake',
  transports: ['plain', 'tls'],
  async run(target, dial) {
    const conversation = conversationWith(target, dial);
    try {
      return await examineSite(conversation, target);
    } finally {
      conversation.close();
    }
  },
});

function conversationWith({ endpoint, transport, settings }: ProbeTarget, dial: Dial): HttpConversation {
  return new HttpConversation(dial, endpoint, transport, { userAgent: settings.implementationVersionName.replace('_', '/'), budget });
}

/** What has been learnt so far; the end of the budget or of the connection leaves the rest as it is. */
interface Site {
  readonly conversation: HttpConversation;
  readonly target: ProbeTarget;
  readonly front: Front;
  readonly visited: Visited[];
  readonly doors: WebDoor[];
  product: Product | null;
  icon: number | null;
  budgetSpent: boolean;
  defaultAccount: HttpEvidence['defaultAccount'];
}

async function examineSite(conversation: HttpConversation, target: ProbeTarget): Promise<HttpEvidence> {
  const front = await visitFront(conversation);
  refuseTlsInDisguise(front, conversation);
  const site: Site = {
    conversation,
    target,
    front,
    visited: [...front.visited],
    doors: [],
    product: recogniseFrom(front.visited),
    icon: null,
    budgetSpent: false,
    defaultAccount: 'not-tried',
  };
  if (touchAllows(target.settings.touch, 'anonymous') && !asksForCertificate(front)) await askAround(site);
  return evidenceOf(site);
}

/** "You spoke plain HTTP to a TLS port" is said in HTTP, by nginx, Apache and Go alike. */
function refuseTlsInDisguise({ visited: [first] }: Front, { transport }: HttpConversation): void {
  const says = /plain HTTP request was sent to HTTPS port|plain HTTP to an SSL-enabled server port|HTTP request to an HTTPS server|requires TLS/i;
  if (transport === 'plain' && first.answer.status >= 400 && first.answer.status < 500 && says.test(first.text.slice(0, 4_000)))
    throw new NotThisProtocol('tls');
}

/** Each step stands alone: where one breaks off, what the others found stays. */
async function askAround(site: Site): Promise<void> {
  const steps = [askFiles, askViewerConfig, askArchives, askProducts, askViewerPages, askIndexing, askDefaultAccount];
  for (const step of steps) {
    try {
      await step(site);
    } catch (error) {
      if (!(error instanceof BudgetSpent)) {
        if (isOurs(error)) throw error;
        return; // the server hung up or fell silent; it is not asked again
      }
      site.budgetSpent = true;
      return;
    }
  }
}

/** A mistake of ours, and not a connection that ended. */
const isOurs = (error: unknown): boolean => error instanceof TypeError || error instanceof RangeError || (error instanceof Error && error.name === 'Error');

async function askFiles({ conversation, front, doors }: Site): Promise<void> {
  const end = front.visited.at(-1) as Visited;
  const bucket = readBucket(end.answer);
  if (bucket) doors.push(bucket);
  if (front.listing) {
    const walked = await walkListing(conversation, end.path, front.listing);
    doors.push(
      doorOf('listing', end.path, 'open', end.answer.status, { rights: { read: 'yes', create: 'unknown', edit: 'unknown', delete: 'unknown' }, ...walked }),
    );
  }
  const dav = await askWebDav(conversation, end.path.replace(/[^/]*$/, ''));
  if (dav) doors.push(dav);
}

/** OHIF keeps the root of the service that feeds it in a script beside its page. */
async function askViewerConfig({ conversation, front, visited }: Site): Promise<void> {
  const { page, path } = front.visited.at(-1) as Visited;
  const script = page?.scripts.find((source) => /(?:^|\/)app-config\.js(?:\?|$)/.test(source));
  const config = script === undefined ? null : readRedirect(script, path, conversation.endpoint, conversation.transport).path;
  if (config) visited.push(await visit(conversation, config));
}

async function askArchives(site: Site): Promise<void> {
  const { conversation, target, doors } = site;
  const origin = `https://${target.settings.nonce.toLowerCase()}.dosimeter.invalid`;
  const orthanc = await askOrthanc(conversation, '', origin, site.product?.id === 'orthanc');
  if (orthanc.door) doors.push(orthanc.door);
  if (orthanc.product) site.product = orthanc.product;
  const dcm4chee = site.product === null || site.product.id === 'dcm4chee-arc' ? await askDcm4chee(conversation) : null;
  if (dcm4chee?.access === 'open') site.product = { id: 'dcm4chee-arc', name: 'dcm4chee-arc', version: null, basis: 'its list of application entities' };
  const refused: WebDoor[] = [];
  if (dcm4chee) (dcm4chee.access === 'open' ? doors : refused).push(doorOf('archive-api', '/dcm4chee-arc/aets', dcm4chee.access, dcm4chee.status));
  if (isImaging(site.product)) conversation.budget += imagingBudget - budget;
  const isCounted = orthanc.door?.images != null || orthanc.door?.studies != null;
  const { nonce, sample, responseBudget } = target.settings;
  for (const root of dicomWebRoots(site, dcm4chee?.roots ?? [])) {
    const door = await askDicomWeb(conversation, root, { origin, nonce, sample, responseBudget, isCounted: isCounted || dcm4chee !== null });
    if (door === null) continue;
    if (door.access === 'open') doors.push(dcm4chee ? await countedByItself(conversation, root, door) : door);
    else refused.push(door);
    const isLockedThroughout = door.access !== 'open' && site.front.visited[0].answer.status === 401;
    if ((door.access === 'open' && !dcm4chee) || isLockedThroughout) break;
  }
  if (refused.length > 0 && (isImaging(site.product) || !(await isRefusedEverywhere(site)))) doors.push(...refused);
}

/** A server that turns everything away says nothing of what is behind: a path that nobody has is asked for to compare. */
async function isRefusedEverywhere({ conversation, target }: Site): Promise<boolean> {
  const nowhere = await conversation.request({ method: 'GET', path: `/dosimeter-${target.settings.nonce.toLowerCase()}` });
  return accessOf(nowhere, false) !== 'absent';
}

async function countedByItself(conversation: HttpConversation, root: string, door: WebDoor): Promise<WebDoor> {
  const [studies, images, patients] = [
    await countedBy(conversation, root, 'studies'),
    await countedBy(conversation, root, 'instances'),
    await countedBy(conversation, root, 'patients'),
  ];
  return { ...door, studies: studies ?? door.studies, images: images ?? door.images, patients };
}

/** Named by the archive or by the viewer's configuration first; then the usual ones. */
function dicomWebRoots({ visited }: Site, named: readonly string[]): readonly string[] {
  const configured = visited.flatMap(({ text }) => rootsIn(text));
  return [...new Set(named.length > 0 ? named : [...configured.slice(0, 3), '/dicom-web', '/dicomweb', '/rs'])];
}

/** `qidoRoot: '/dicom-web'` and the like in OHIF's app-config.js; roots on other hosts are left alone. */
function rootsIn(text: string): readonly string[] {
  return [...text.slice(0, 100_000).matchAll(/(?:qidoRoot|wadoRoot|qidoURLPrefix)["']?\s*:\s*["'](?:https?:\/\/[^/"']{1,200})?(\/[\w./-]{1,100})["']/g)].map(
    ([, root = '']) => root.replace(/\/+$/, ''),
  );
}

/** A page or two that tell products apart whose front page does not. */
async function askProducts(site: Site): Promise<void> {
  for (const path of pathsWorthAsking(
    site.product,
    site.visited.map(({ path }) => path),
  )) {
    site.visited.push(await visit(site.conversation, path));
    site.product = moreTelling(site.product, recogniseFrom(site.visited));
    if (isImaging(site.product)) return;
  }
  if (isImaging(site.product) || site.front.kind === 'nothing') return;
  site.icon = await iconHash(site.conversation);
  site.product = moreTelling(site.product, recogniseFrom(site.visited, site.icon));
}

async function iconHash(conversation: HttpConversation): Promise<number | null> {
  const { status, body, truncated, headers } = await conversation.request({ method: 'GET', path: '/favicon.ico' });
  return status === 200 && !truncated && body.length > 0 && !/html|json/i.test(headers['content-type'] ?? '') ? faviconHash(body) : null;
}

/** A viewer or portal is a door of its own: it shows patients' lists to whoever is let in. */
async function askViewerPages({ doors, product, front, visited }: Site): Promise<void> {
  if (!isImaging(product)) return;
  const page = visited.find(({ page, answer }) => page !== null && answer.status === 200) ?? (front.visited.at(-1) as Visited);
  const access = front.kind === 'login' ? 'login' : page.answer.status === 200 && page.page ? (page.page.passwordForms.length > 0 ? 'login' : 'open') : null;
  if (access)
    doors.push(doorOf('viewer', page.path, access, page.answer.status, { rights: { read: 'unknown', create: 'unknown', edit: 'unknown', delete: 'unknown' } }));
}

/** robots.txt and the sitemap only where something open could be indexed. */
async function askIndexing(site: Site): Promise<void> {
  const isPage = ({ kind, access }: WebDoor): boolean => access === 'open' && (kind === 'viewer' || kind === 'listing' || kind === 'portal');
  if (!site.doors.some(isPage)) return;
  const { conversation } = site;
  const robots = await readRobots(conversation);
  const sitemap = await readSitemap(conversation, robots);
  for (const [at, door] of site.doors.entries()) {
    if (!isPage(door)) continue;
    const seen = site.visited.find(({ path }) => path === door.path);
    const indexing = {
      robots: robots.verdictOn(door.path),
      noindex: seen ? saysNoIndex(seen.answer, seen.page) : false,
      inSitemap: sitemap.has(door.path),
      canonical: canonicalOf(seen?.page ?? null, door.path, conversation),
    };
    site.doors[at] = { ...door, indexing };
  }
}

async function askDefaultAccount(site: Site): Promise<void> {
  if (!touchAllows(site.target.settings.touch, 'credentials')) return;
  site.defaultAccount = await tryDefaultAccount(site.conversation, site.product, site.doors);
}

function recogniseFrom(visited: readonly Visited[], icon: number | null = null): Product | null {
  const pages = visited.map(({ path, answer, text }) => ({ path, status: answer.status, headers: headersOf(answer), body: text, faviconHash: icon }));
  return recogniseProducts(pages)[0] ?? null;
}

/** Cookies tell products apart by their names. */
const headersOf = ({ headers, cookies }: Visited['answer']): Readonly<Record<string, string>> =>
  cookies.length === 0 ? headers : { ...headers, 'set-cookie': cookies.join('\n') };

const moreTelling = (before: Product | null, after: Product | null): Product | null => (before && (isImaging(before) || !after) ? before : after);

function evidenceOf({ conversation, front, doors, product, budgetSpent, defaultAccount, target }: Site): HttpEvidence {
  const { answer } = front.visited.at(-1) as Visited;
  const cookies = front.visited.flatMap((visited) => visited.answer.cookies);
  const lacking = (attribute: RegExp): number => cookies.filter((cookie) => !attribute.test(cookie)).length;
  return {
    transport: target.transport,
    product,
    front: { status: answer.status, redirect: front.redirect, kind: front.kind },
    login: loginOf(front, conversation),
    hsts: hstsOf(front.visited),
    cookies: {
      count: cookies.length,
      withoutSecure: lacking(/;\s*secure\b/i),
      withoutHttpOnly: lacking(/;\s*httponly\b/i),
      withoutSameSite: lacking(/;\s*samesite\s*=/i),
    },
    doors,
    defaultAccount,
    requests: conversation.requests,
    budgetSpent,
  };
}

/** RFC 6797 section 6.1.1; only over TLS does it count. */
function hstsOf(visited: readonly Visited[]): number | null {
  const values = visited.flatMap(({ answer }) => /max-age\s*=\s*"?(\d{1,10})/i.exec(answer.headers['strict-transport-security'] ?? '')?.[1] ?? []);
  return values.length === 0 ? null : Number(values[0]);
}
