/** HTTP: heads, chunks, and what is read of pages, listings, robots.txt, sitemaps and JSON. */
import { countIn, jsonOf } from '../../../src/protocols/http/access.js';
import type { HttpAnswer } from '../../../src/protocols/http/conversation.js';
import { pathsInSitemap, robotsOf, saysNoIndex } from '../../../src/protocols/http/indexing.js';
import { readListing } from '../../../src/protocols/http/listing.js';
import { bodyText, readPage } from '../../../src/protocols/http/page.js';
import { recogniseProducts } from '../../../src/protocols/http/products.js';
import { readRedirect } from '../../../src/protocols/http/redirect.js';
import { decodeChunkSize, decodeResponseHead, decodeSome } from '../../../src/protocols/http/wire/response.js';
import { heard, read, streamed, type Target } from '../target.js';

const endpoint = { host: '127.0.0.1', address: '127.0.0.1', port: 80 };
const pages = [
  '<html><title>Index of /a</title><pre><a href="../">..</a><a href="IM0001">IM0001</a><a href="b/">b</a></pre><meta name="robots" content="noindex">',
  '<form action="x"><input type="password"></form><link rel="canonical" href="/a"><script src="app-config.js"></script>',
];
const robots = [
  'User-agent: *\nDisallow: /a*b$\nAllow: /a\nSitemap: http://x/sitemap.xml\n',
  'User-agent: Googlebot\nUser-agent: bingbot\nCrawl-delay: 1\nDisallow:\n',
];
const answer = (text: string, type: string): HttpAnswer => ({
  status: 200,
  headers: { 'content-type': type, 'x-robots-tag': text.slice(0, 200) },
  cookies: [],
  body: new TextEncoder().encode(text),
  truncated: false,
  headless: false,
});

export const httpTargets: readonly Target[] = [
  streamed(
    'http/response.decodeResponseHead',
    () => heard('http'),
    (bytes) => decodeResponseHead(bytes, 32_768),
  ),
  streamed(
    'http/response.decodeChunkSize',
    () => [...['5\r\nabcde\r\n', 'ff;a=b\r\n', '\r\n0\r\n\r\n'].map((text) => new TextEncoder().encode(text))],
    decodeChunkSize,
  ),
  streamed(
    'http/response.decodeSome',
    () => heard('http'),
    (bytes) => decodeSome(bytes, 100),
  ),
  read(
    'http page and listing',
    () => [...pages, ...heard('http')],
    (text) => {
      const page = readPage(text);
      readListing(page, text, '/a/');
      saysNoIndex(answer(text, 'text/html'), page);
    },
  ),
  read(
    'http products',
    () => [...pages, ...heard('http')],
    (text) =>
      recogniseProducts([{ path: '/', status: 200, headers: { server: text.slice(0, 500), 'set-cookie': text.slice(0, 500) }, body: text, faviconHash: 0 }]),
  ),
  read(
    'http robots.txt',
    () => robots,
    (text) => robotsOf(answer(text, 'text/plain')).verdictOn(`/${'a'.repeat(100)}b`),
  ),
  read(
    'http sitemap',
    () => ['<urlset><url><loc>http://127.0.0.1/a</loc></url></urlset>'],
    (text) => pathsInSitemap(text, { endpoint, transport: 'plain' }),
  ),
  read(
    'http redirect',
    () => ['/a', 'http://127.0.0.1/x?y#z', '//x', '../..', 'https://[::1]:8443/'],
    (text) => readRedirect(text, '/a/b', endpoint, 'plain'),
  ),
  read(
    'http charset',
    () => ['text/html; charset=utf-8', 'x; charset="utf-16le"', 'charset=x-user-defined'],
    (text) => bodyText(new Uint8Array([0xff, 0xfe, 0x41, 0]), text),
  ),
  read(
    'http json',
    () => ['[{"0020000D":{"vr":"UI","Value":["1.2"]}}]', '{"CountStudies":3}'],
    (text) => countIn(jsonOf(answer(text, 'application/json'))),
  ),
];
