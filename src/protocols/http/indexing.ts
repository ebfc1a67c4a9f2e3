/** May a search engine's crawler fetch a page, and may it list what it fetched? RFC 9309, X-Robots-Tag and the robots meta element. */
import robots from 'robots-parser';
import type { HttpAnswer, HttpConversation } from './conversation.js';
import type { Indexing } from './evidence.js';
import { bodyText, type Page } from './page.js';
import { readRedirect } from './redirect.js';

/** Its types say `export default`, its code is the function itself. */
const parse = robots as unknown as (url: string, text: string) => { isAllowed(url: string, crawler: string): boolean | undefined; getSitemaps(): string[] };

/** RFC 9309 section 2.5 lets a crawler stop after 500 KiB; the rules that matter stand at the beginning. */
const longestRobots = 65_536;

/**
 * A rule with `*` is matched against the path at every `*`, and both are the server's to choose: 64 kB of such rules and a path of 2,000
 * characters took seconds. Real files come to some thousands; beyond this many it is not known what crawlers make of it.
 */
const mostMatching = 500_000;

/** The large search engines, and everybody else. */
const crawlers = ['Googlebot', 'bingbot', 'DuckDuckBot', 'YandexBot', 'Baiduspider', 'dosimeter-any-other'];

const mostInSitemap = 5_000;

export interface Robots {
  verdictOn(path: string): Indexing['robots'];
  /** As written. */
  readonly sitemaps: readonly string[];
}

/** RFC 9309 section 2.3.1: 4xx means that there are no rules; 5xx that nobody may come in. */
export async function readRobots(conversation: HttpConversation): Promise<Robots> {
  const answer = await conversation.request({ method: 'GET', path: '/robots.txt' });
  return robotsOf(answer);
}

export function robotsOf(answer: HttpAnswer): Robots {
  if (answer.status >= 500) return { verdictOn: () => 'unclear', sitemaps: [] };
  const text = bodyText(answer.body, answer.headers['content-type']).slice(0, longestRobots);
  if (answer.status >= 300 || !isRobotsTxt(answer, text)) return { verdictOn: () => 'absent', sitemaps: [] };
  const parsed = parse('http://x/robots.txt', text);
  const wildcards = text.split('*').length - 1;
  return {
    sitemaps: parsed.getSitemaps(),
    verdictOn(path) {
      if (wildcards * path.length > mostMatching) return 'unclear';
      const allowed = crawlers.filter((crawler) => parsed.isAllowed(`http://x${path}`, crawler) !== false).length;
      if (allowed === crawlers.length) return 'allowed';
      return allowed === 0 ? 'disallowed' : 'partly';
    },
  };
}

/** Servers that answer everything with a page answer this too. */
const isRobotsTxt = (answer: HttpAnswer, text: string): boolean =>
  !/html|json|xml/i.test(answer.headers['content-type'] ?? '') &&
  !/^\s*</.test(text) &&
  /^[ \t]{0,20}(?:user-agent|disallow|allow|sitemap)[ \t]{0,20}:/im.test(text);

/** A tag for one crawler alone (`otherbot: noindex`) does not keep the others out. */
export function saysNoIndex(answer: HttpAnswer, page: Page | null): boolean {
  const inHeader = (answer.headers['x-robots-tag'] ?? '').split(',').some((rule) => /^\s*(?:noindex|none)\s*$/i.test(rule));
  return inHeader || /\b(?:noindex|none)\b/i.test(page?.meta['robots'] ?? '');
}

/** Paths on this endpoint that the sitemap names (sitemaps.org); one file is asked for, and indexes of sitemaps are not followed. */
export async function readSitemap(conversation: HttpConversation, { sitemaps }: Robots): Promise<ReadonlySet<string>> {
  const here = hereOn(conversation);
  const path = [...sitemaps.map(here), '/sitemap.xml'].find((each) => each !== null) as string;
  const answer = await conversation.request({ method: 'GET', path });
  return answer.status === 200 ? pathsInSitemap(bodyText(answer.body, answer.headers['content-type']), conversation) : new Set();
}

type Place = Pick<HttpConversation, 'endpoint' | 'transport'>;

/** `null`: elsewhere. */
const hereOn =
  ({ endpoint, transport }: Place) =>
  (location: string): string | null =>
    readRedirect(location, '/', endpoint, transport).path;

export function pathsInSitemap(text: string, place: Place): ReadonlySet<string> {
  if (!/<urlset[\s>]/.test(text.slice(0, 2_000))) return new Set();
  const here = hereOn(place);
  const named = [...text.matchAll(/<loc>([^<]{1,2000})<\/loc>/g)].slice(0, mostInSitemap);
  return new Set(named.flatMap(([, location = '']) => here(location.trim()) ?? []));
}

export function canonicalOf(page: Page | null, path: string, { endpoint, transport }: HttpConversation): Indexing['canonical'] {
  if (!page?.canonical) return 'none';
  return readRedirect(page.canonical, path, endpoint, transport).path === path ? 'here' : 'elsewhere';
}
