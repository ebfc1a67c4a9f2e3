/** Is a page a list of files, and of how many? Names are counted by kind here and go no further. */
import type { ContentCounts } from '../../model/content-kind.js';
import { countKinds } from '../../model/content-kind.js';
import type { Page } from './page.js';

/** In memory only: the names lead to the next request and are then forgotten. */
export interface Listing {
  readonly content: ContentCounts;
  /** Relative references of files that look like DICOM, percent-encoded as the server gave them. */
  readonly dicomLike: readonly string[];
  readonly folders: readonly string[];
}

/** nginx, Apache and lighttpd say "Index of"; Python "Directory listing for"; IIS names the host; Caddy, h5ai and Jetty have marks of their own. */
const titles = /^(?:Index of |Directory listing for |Directory: ?\/|Listing of |.{0,80} - \/)|^\/[^<>]*\/?$/;
const generators = /^(?:h5ai|caddy|apaxy)/i;

export function readListing(page: Page, html: string): Listing | null {
  if (!isListing(page, html)) return null;
  const names = page.links.flatMap(entryName);
  const unique = [...new Set(names)];
  return {
    content: countKinds(unique.map(decoded)),
    dicomLike: unique.filter((name) => countKinds([decoded(name)]).dicom === 1),
    folders: unique.filter((name) => name.endsWith('/')),
  };
}

function isListing({ title, meta, links }: Page, html: string): boolean {
  if (generators.test(meta['generator'] ?? '') || /<(?:body|div)[^>]{0,200}(?:id|class)="(?:h5ai|listing)/i.test(html.slice(0, 20_000))) return true;
  if (!titles.test(title)) return false;
  // A title alone proves nothing: there must be a way up, entries, or the empty list that servers print between <pre> or <table>.
  return links.some((link) => entryName(link).length > 0 || link === '../') || /<(?:pre|table|ul)[\s>]/i.test(html);
}

/** An entry lies in this very folder: no other host, no way up, no order by column, no query. */
function entryName(link: string): readonly string[] {
  const bare = link.startsWith('./') ? link.slice(2) : link;
  const isEntry = /^[^/?#:][^/?#]*\/?$/.test(bare) && bare !== '../' && bare !== './';
  if (isEntry) return [bare];
  const absolute = /^\/(?:[^?#]*\/)?([^/?#]+\/?)$/.exec(link); // IIS and Jetty link to the whole path
  return absolute?.[1] !== undefined && !/^\.\.?\/?$/.test(absolute[1]) ? [absolute[1]] : [];
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
