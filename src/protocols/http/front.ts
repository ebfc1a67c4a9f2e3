/** What stands at the front page: follows redirects within the endpoint, and says what kind of page it came to. */
import type { HttpAnswer, HttpConversation } from './conversation.js';
import type { HttpEvidence, Login, RedirectTo } from './evidence.js';
import { type Listing, readListing } from './listing.js';
import { bodyText, type Page, readPage } from './page.js';
import { readRedirect } from './redirect.js';

export interface Visited {
  readonly path: string;
  readonly answer: HttpAnswer;
  readonly page: Page | null;
  /** Text of the body: for recognising products only. */
  readonly text: string;
}

export interface Front {
  readonly visited: readonly [Visited, ...Visited[]];
  readonly redirect: RedirectTo | null;
  readonly listing: Listing | null;
  readonly kind: HttpEvidence['front']['kind'];
}

const mostRedirects = 4;

export async function visitFront(conversation: HttpConversation): Promise<Front> {
  const visited: [Visited, ...Visited[]] = [await visit(conversation, '/')];
  let redirect: RedirectTo | null = null;
  for (let hops = 0; hops < mostRedirects; hops += 1) {
    const last = visited.at(-1) as Visited;
    const next = redirectOf(last, conversation);
    if (next === null) break;
    redirect = next.to;
    if (next.path === null || visited.some(({ path }) => path === next.path)) break; // away, or in a circle
    visited.push(await visit(conversation, next.path));
  }
  const end = visited.at(-1) as Visited;
  const listing = end.page && end.answer.status === 200 ? readListing(end.page, end.text, end.path.replace(/[^/]*$/, '')) : null;
  return { visited, redirect, listing, kind: kindOf(end, listing) };
}

export async function visit(conversation: HttpConversation, path: string): Promise<Visited> {
  return visitedOf(path, await conversation.request({ method: 'GET', path, headers: { accept: 'text/html,*/*;q=0.8' } }));
}

function visitedOf(path: string, answer: HttpAnswer): Visited {
  const type = answer.headers['content-type'] ?? '';
  const text = bodyText(answer.body, type);
  return { path, answer, text, page: /html/i.test(type) || answer.headless || /^\s*<(?:!doctype html|html)/i.test(text) ? readPage(text) : null };
}

/** By status, or by a page that refreshes itself to another at once. */
function redirectOf({ path, answer, page }: Visited, conversation: HttpConversation) {
  const refresh = /^\s*0{0,3}[0-3]?\s*;\s*url\s*=\s*['"]?([^'"]{1,500})/i.exec(page?.meta['refresh'] ?? '')?.[1];
  const location = answer.status >= 300 && answer.status < 400 ? answer.headers['location'] : answer.status === 200 ? refresh : undefined;
  return location === undefined ? null : readRedirect(location, path, conversation.endpoint, conversation.transport);
}

/** nginx and others let a client without a certificate finish TLS, and then say so in HTTP. */
export function asksForCertificate({ visited: [first] }: Front): boolean {
  return (
    first.answer.status === 400 &&
    /No required SSL certificate was sent|SSL certificate error|client certificate (?:is )?required/i.test(first.text.slice(0, 4_000))
  );
}

function kindOf({ answer, page }: Visited, listing: Listing | null): Front['kind'] {
  if (answer.status === 401 || (page && page.passwordForms.length > 0)) return 'login';
  if (listing) return 'listing';
  return answer.status === 200 && page ? 'page' : 'nothing';
}

/** A password form, or the scheme of a 401 (RFC 9110 section 11). `null` where no login was seen. */
export function loginOf(front: Front, conversation: HttpConversation): Login | null {
  if (asksForCertificate(front)) return { by: 'certificate', submitsInClear: false };
  const isClear = conversation.transport === 'plain';
  for (const { path, answer, page } of [...front.visited].reverse()) {
    const [action] = page?.passwordForms ?? [];
    if (action !== undefined)
      return { by: 'form', submitsInClear: isClear && readRedirect(action, path, conversation.endpoint, conversation.transport).to !== 'https-same-host' };
    if (answer.status === 401) return { by: schemeOf(answer.headers['www-authenticate'] ?? ''), submitsInClear: isClear };
  }
  return null;
}

export function schemeOf(challenge: string): Login['by'] {
  const scheme = /^\s*(basic|digest|bearer)\b/i.exec(challenge)?.[1]?.toLowerCase();
  return (scheme as 'basic' | 'digest' | 'bearer' | undefined) ?? 'other';
}
