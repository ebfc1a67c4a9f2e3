/**
 * The conversation with a web server: the front page, what product it is, and each door that may hand out records or files.
 * Asks, never changes: no body is sent, no image is fetched, and a host gets no more requests than its budget.
 */
import { type Dial, NotThisProtocol } from '../../model/connection.js';
import { defineProbe, type ProbeSettings, type ProbeTarget } from '../../model/probe.js';
import type { Product } from '../../model/product.js';
import { touchAllows } from '../../model/touch.js';
import { doorOf } from './access.js';
import { askArchives } from './archives.js';
import { BudgetSpent, HttpConversation } from './conversation.js';
import { tryDefaultAccount } from './default-account.js';
import { type HttpEvidence, http, type WebDoor } from './evidence.js';
import { faviconHash } from './favicon-hash.js';
import { askBucket, askWebDav, walkListing } from './files.js';
import { asksForCertificate, type Front, loginOf, type Visited, visit, visitFront } from './front.js';
import { canonicalOf, readRobots, readSitemap, saysNoIndex } from './indexing.js';
import { isImaging, pathsWorthAsking } from './products.js';
import { isSamePlaceOverTls, readRedirect } from './redirect.js';
import { recogniseFrom, type Site, usualBudget } from './site.js';

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
  return new HttpConversation(dial, endpoint, transport, { userAgent: userAgentOf(settings), budget: usualBudget });
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

/** "You spoke plain HTTP to a TLS port" is said in HTTP, by nginx, Apache and Go alike; or it sends everybody on to https on this very port. */
function refuseTlsInDisguise({ visited: [first] }: Front, { transport, endpoint }: HttpConversation): void {
  if (transport !== 'plain') return;
  const { status, headers } = first.answer;
  const says = /plain HTTP request was sent to HTTPS port|plain HTTP to an SSL-enabled server port|HTTP request to an HTTPS server|requires TLS/i;
  const saysSo = status >= 400 && status < 500 && says.test(first.text.slice(0, 4_000));
  const sendsOn = status >= 300 && status < 400 && isSamePlaceOverTls(headers['location'] ?? '', endpoint);
  if (saysSo || sendsOn) throw new NotThisProtocol('tls');
}

/** Product and comment (RFC 9110 section 10.1.5): an administrator who finds it in a log knows whom to ask. */
function userAgentOf({ implementationVersionName, contact = '' }: ProbeSettings): string {
  const asked = contact.replace(/[^\x20-\x7e]|[()\\]/g, '').slice(0, 120);
  return `${implementationVersionName.replace('_', '/')}${asked === '' ? '' : ` (contact: ${asked})`}`;
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
  const bucket = await askBucket(conversation, end.path, end.answer);
  if (bucket) doors.push(bucket);
  if (front.listing) {
    const walked = await walkListing(conversation, end.path, front.listing);
    doors.push(
      doorOf('listing', end.path, 'open', end.answer.status, { rights: { read: 'yes', create: 'unknown', edit: 'unknown', delete: 'unknown' }, ...walked }),
    );
  }
  const dav = await askWebDav(conversation, end.path.replace(/[^/]*$/, ''), front.listing !== null);
  if (dav) doors.push(dav);
}

/** OHIF keeps the root of the service that feeds it in a script beside its page. */
async function askViewerConfig({ conversation, front, visited }: Site): Promise<void> {
  const { page, path } = front.visited.at(-1) as Visited;
  const script = page?.scripts.find((source) => /(?:^|\/)app-config\.js(?:\?|$)/.test(source));
  const config = script === undefined ? null : readRedirect(script, path, conversation.endpoint, conversation.transport).path;
  if (config) visited.push(await visit(conversation, config));
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
async function askViewerPages(site: Site): Promise<void> {
  if (!isImaging(site.product)) return;
  const shown = await portalPage(site);
  const access = shown && accessOfPage(shown, site.front);
  if (shown && access)
    site.doors.push(
      doorOf('viewer', shown.path, access, shown.answer.status, { rights: { read: 'unknown', create: 'unknown', edit: 'unknown', delete: 'unknown' } }),
    );
}

/** The page that shows the product; behind a front page that is somebody else's, the page that the product is known to have. */
async function portalPage(site: Site): Promise<Visited | null> {
  const isItsOwn = (each: Visited): boolean => each.answer.status === 200 && each.page !== null && isImaging(recogniseFrom([each], site.icon));
  const end = site.front.visited.at(-1) as Visited;
  const path = ownPage(site);
  const seen = site.visited.find(isItsOwn) ?? (path === null || end.answer.status === 401 ? end : undefined);
  if (seen || path === null) return seen ?? null;
  const there = await visit(site.conversation, path);
  site.visited.push(there);
  return isItsOwn(there) || there.answer.status === 401 ? there : null;
}

function ownPage({ product, doors }: Site): string | null {
  if (product?.id === 'dcm4chee-arc') return '/dcm4chee-arc/ui2/';
  const api = doors.find(({ kind }) => kind === 'archive-api')?.path ?? '';
  return product?.id === 'orthanc' ? `${api.replace(/\/(?:system|statistics)$/, '')}/app/explorer.html` : null;
}

function accessOfPage({ answer, page }: Visited, front: Front): 'open' | 'login' | null {
  if (answer.status === 401) return 'login';
  if (answer.status === 200 && page) return page.passwordForms.length > 0 ? 'login' : 'open';
  return front.kind === 'login' ? 'login' : null;
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
