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

/** `folder`: path of the page, up to its last slash. */
export function readListing(page: Page, html: string, folder: string): Listing | null {
  const entryName = entryNameIn(folder.toLowerCase());
  const names = page.links.flatMap(entryName);
  if (!isListing(page, html, names.length > 0)) return null;
  const unique = [...new Set(names)];
  return {
    content: countKinds(unique.map(decoded)),
    dicomLike: unique.filter((name) => countKinds([decoded(name)]).dicom === 1),
    folders: unique.filter((name) => name.endsWith('/')),
  };
}

function isListing({ title, meta, links }: Page, html: string, hasEntries: boolean): boolean {
  if (generators.test(meta['generator'] ?? '') || /<(?:body|div)[^>]{0,200}(?:id|class)="(?:h5ai|listing)/i.test(html.slice(0, 20_000))) return true;
  if (!titles.test(title)) return false;
  // A title alone proves nothing: there must be a way up, entries, or the empty list that servers print between <pre> or <table>.
  return hasEntries || links.includes('../') || /<(?:pre|table|ul)[\s>]/i.test(html);
}

/** An entry lies in this very folder: no other host, no way up, plain or encoded, no order by column, no query. */
const entryNameIn =
  (folder: string) =>
  (link: string): readonly string[] => {
    // IIS and Jetty link to the whole path
    const bare = link.startsWith('./') ? link.slice(2) : link.toLowerCase().startsWith(folder) ? link.slice(folder.length) : link;
    const isEntry = /^[^/?#:\\][^/?#\\]*\/?$/.test(bare) && !/^\.{1,2}\/?$/.test(bare) && !/%2f|%5c|%00|^(?:\.|%2e){2}/i.test(bare);
    return isEntry ? [bare] : [];
  };

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
