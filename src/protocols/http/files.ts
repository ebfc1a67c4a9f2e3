/** Listings, WebDAV and buckets: what kinds of files lie open, and whether some are DICOM by their first 132 bytes. */
import { type ContentCounts, type ContentKind, countKinds, hasDicomPrefix } from '../../model/content-kind.js';
import { atLeast, type Estimate } from '../../model/exposure.js';
import type { Right } from '../../model/rights.js';
import { accessOf, doorOf } from './access.js';
import type { HttpAnswer, HttpConversation } from './conversation.js';
import type { WebDoor } from './evidence.js';
import { type Listing, readListing } from './listing.js';
import { bodyText, readPage } from './page.js';
import { readRedirect } from './redirect.js';

const mostFolders = 8;
/** Of one folder's own folders, so that a wide tree is gone down in more than one place. */
const mostBelow = 3;
const mostConfirmed = 2;
/** A preamble of 128 bytes and the prefix: as much as tells DICOM from everything else, and too little to hold a patient. */
const prefixBytes = 132;

/** Goes down first and sideways second, as images lie below patient, study and series; looks at the first bytes of a file or two. */
export async function walkListing(
  conversation: HttpConversation,
  path: string,
  first: Listing,
): Promise<Pick<WebDoor, 'content' | 'confirmedDicom' | 'images'>> {
  let content = first.content;
  const suspects = within(conversation, path, first.dicomLike);
  const folders = within(conversation, path, first.folders);
  for (let visited = 0; visited < mostFolders && suspects.length < mostConfirmed && conversation.budget > 0; visited += 1) {
    const folder = folders.shift();
    if (folder === undefined) break;
    const answer = await conversation.request({ method: 'GET', path: folder });
    const html = bodyText(answer.body, answer.headers['content-type']);
    const listing = answer.status === 200 ? readListing(readPage(html), html, folder) : null;
    if (!listing) continue;
    content = sumOf(content, listing.content);
    suspects.push(...within(conversation, folder, listing.dicomLike));
    folders.unshift(...within(conversation, folder, listing.folders).slice(0, mostBelow));
  }
  const confirmedDicom = await confirm(conversation, suspects.slice(0, mostConfirmed));
  return { content, confirmedDicom, images: imagesAmong(content, confirmedDicom, suspects.length) };
}

/** By name alone nothing is sure; where the files that were looked at are DICOM, the names count as a lower bound. */
function imagesAmong(content: ContentCounts, confirmed: number, suspects: number): Estimate | null {
  return suspects > 0 && confirmed === 0 ? null : (content.dicom ?? 0) > 0 ? atLeast(content.dicom ?? 0) : null;
}

async function confirm(conversation: HttpConversation, paths: readonly string[]): Promise<number> {
  let confirmed = 0;
  for (const path of paths) {
    const answer = await conversation.request({ method: 'GET', path, headers: { range: `bytes=0-${prefixBytes - 1}` }, bodyBytes: prefixBytes });
    if ((answer.status === 206 || answer.status === 200) && hasDicomPrefix(answer.body)) confirmed += 1;
  }
  return confirmed;
}

/** References of entries → paths below this folder; what leads elsewhere is left out. */
function within(conversation: HttpConversation, folder: string, references: readonly string[]): string[] {
  return references.slice(0, 50).flatMap((reference) => {
    const { path } = readRedirect(reference, folder, conversation.endpoint, conversation.transport);
    return path?.startsWith(folder) && path !== folder ? [path] : [];
  });
}

function sumOf(a: ContentCounts, b: ContentCounts): ContentCounts {
  const sum: Partial<Record<ContentKind, number>> = { ...a };
  for (const [kind, count] of Object.entries(b) as [ContentKind, number][]) sum[kind] = (sum[kind] ?? 0) + count;
  return sum;
}

/** RFC 4918: the DAV header and the methods that OPTIONS names; one listing of the folder itself. `isListed`: its files were counted already. `null`: no WebDAV. */
export async function askWebDav(conversation: HttpConversation, path: string, isListed = false): Promise<WebDoor | null> {
  const options = await conversation.request({ method: 'OPTIONS', path });
  const allowed = methodsOf(options);
  if (options.headers['dav'] === undefined && !allowed.has('PROPFIND')) return null;
  const answer = await conversation.request({ method: 'PROPFIND', path, headers: { depth: '1' } });
  const entries = answer.status === 207 ? hrefs(bodyText(answer.body, answer.headers['content-type'])) : null;
  const access = accessOf(answer, entries !== null);
  if (access === 'absent') return null;
  // Apache offers no PUT on a folder that takes files; a COPY makes one, too.
  const offered = (...methods: string[]): Right => (access !== 'open' ? 'no' : methods.some((method) => allowed.has(method)) ? 'negotiated' : 'unknown');
  return doorOf('webdav', path, access, answer.status, {
    rights: {
      read: access === 'open' ? 'yes' : 'no',
      create: offered('PUT', 'MKCOL', 'COPY'),
      edit: offered('PUT', 'PROPPATCH', 'MOVE'),
      delete: offered('DELETE'),
    },
    ...(entries && (await lookedAt(conversation, path, entries.slice(1), isListed))),
  });
}

/** Kinds by name, and a file or two by their first bytes. `references`: percent-encoded, from anywhere on this server. */
async function lookedAt(
  conversation: HttpConversation,
  folder: string,
  references: readonly string[],
  isListed = false,
): Promise<Pick<WebDoor, 'content' | 'confirmedDicom' | 'images'>> {
  const content = countKinds(references.map(lastPart));
  if (isListed) return { content, confirmedDicom: 0, images: null };
  const suspects = within(
    conversation,
    folder,
    references.filter((reference) => countKinds([lastPart(reference)]).dicom === 1),
  ).slice(0, mostConfirmed);
  const confirmedDicom = await confirm(conversation, suspects);
  return { content, confirmedDicom, images: imagesAmong(content, confirmedDicom, suspects.length) };
}

function lastPart(reference: string): string {
  const name = /([^/]*\/?)$/.exec(reference)?.[1] ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const unescaped = (xml: string): string =>
  xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');

function methodsOf({ headers }: HttpAnswer): ReadonlySet<string> {
  return new Set(`${headers['allow'] ?? ''},${headers['public'] ?? ''}`.split(',').map((method) => method.trim().toUpperCase()));
}

/** Every href, a slash at the end of folders; the first is the folder itself. */
function hrefs(xml: string): readonly string[] | null {
  if (!/<(?:\w{1,20}:)?multistatus[\s>]/i.test(xml)) return null;
  return [...xml.matchAll(/<(?:\w{1,20}:)?href>([^<]{0,2000})<\/(?:\w{1,20}:)?href>/gi)].map(([, href = '']) => unescaped(href));
}

/** A bucket at `path` that lists itself to anyone: the S3 XML form. `null` where the page is none. */
export async function askBucket(conversation: HttpConversation, path: string, answer: HttpAnswer): Promise<WebDoor | null> {
  const xml = bodyText(answer.body, answer.headers['content-type']);
  if (answer.status !== 200 || !/<ListBucketResult[\s>]/.test(xml.slice(0, 2_000))) return null;
  const folder = `${(path.split('?')[0] ?? '').replace(/\/$/, '')}/`;
  // Keys come as they are; as references they are encoded, each part by itself
  const keys = [...xml.matchAll(/<Key>([^<]{1,2000})<\/Key>/g)].map(([, key = '']) => unescaped(key).split('/').map(encoded).join('/'));
  return doorOf(
    'bucket',
    folder,
    'open',
    answer.status,
    await lookedAt(
      conversation,
      folder,
      keys.map((key) => `${folder}${key}`),
    ),
  );
}

/** A part of dots would lead up; the key is then another's. */
const encoded = (part: string): string => encodeURIComponent(part).replace(/^\.{1,2}$/, '');
