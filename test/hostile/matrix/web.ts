/** Web servers whose answers are well formed and meant to keep, to fill or to lead astray whoever reads them. */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { type Behaviour, bytes, endless, page, say, type WebAsked, web } from './behaviour.js';

const deep = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);
const html = 'content-type: text/html';
const json = 'content-type: application/dicom+json';
const xml = 'content-type: text/xml';
const bomb = Buffer.alloc(16 * 1024 * 1024);
const depth = 40_000;

/** One study of nobody; the number makes it another one. */
const study = (number: number): object => ({
  '0020000D': { vr: 'UI', Value: [`2.25.${number}`] },
  '00080020': { vr: 'DA', Value: ['20200101'] },
  '00201208': { vr: 'IS', Value: [1] },
  '00081190': { vr: 'UR', Value: ['x'] },
});

const bodies: readonly (readonly [string, () => Buffer])[] = [
  ['a gzip bomb', () => page(gzipSync(bomb), `${html}\r\ncontent-encoding: gzip`)],
  ['a deflate bomb', () => page(deflateSync(bomb), `${html}\r\ncontent-encoding: deflate`)],
  ['a brotli bomb', () => page(brotliCompressSync(bomb), `${html}\r\ncontent-encoding: br`)],
  ['gzip in gzip in gzip', () => page(gzipSync(gzipSync(gzipSync(bomb))), `${html}\r\ncontent-encoding: gzip, gzip, gzip`)],
  ['gzip that breaks off', () => page(gzipSync(bomb).subarray(0, 900), `${html}\r\ncontent-encoding: gzip`)],
  ['HTML of forty thousand levels', () => page(`<html><title>Index of /</title>${deep('<div><a href="x/">', '</a></div>', depth / 4)}`)],
  ['HTML of one tag', () => page(`<html><body ${'a=b '.repeat(60_000)}`)],
  ['HTML of one attribute', () => page(`<html><a href="${'x'.repeat(250_000)}">`)],
  ['HTML of comments that never end', () => page(`<html>${'<!--'.repeat(60_000)}`)],
  ['HTML of half titles', () => page(`<html>${'<title'.repeat(40_000)}`)],
  ['HTML of marks of products', () => page(`<html>${'window.config = loginSplash '.repeat(9_000)}`)],
  ['HTML of half tags', () => page('<'.repeat(250_000))],
  ['HTML of entities', () => page(`<html><title>${'&amp;'.repeat(50_000)}&#x110000;&#0;&bogus`)],
  ['HTML of forms', () => page(`<html>${'<form action=x><input type=password>'.repeat(7_000)}`)],
  ['HTML of nul bytes', () => page(Buffer.alloc(250_000))],
  ['JSON of forty thousand levels', () => page(deep('[', ']', depth), json)],
  ['JSON of objects in objects', () => page(`[${deep('{"00100010":', '}', depth).replace(':}', ':1}')}]`, json)],
  ['JSON of a hundred thousand nothings', () => page(`[${'{},'.repeat(80_000)}{}]`, json)],
  ['JSON of a number', () => page('9'.repeat(250_000), json)],
  ['JSON that names the prototype', () => page('[{"__proto__":{"Value":[1]},"constructor":1,"toString":1}]', json)],
  ['JSON of null', () => page('null', json)],
  ['JSON of one text', () => page(`"${'\\u0000'.repeat(40_000)}"`, json)],
  [
    'XML of forty thousand levels',
    () => page(`<?xml version="1.0"?>${deep('<d:multistatus xmlns:d="DAV:"><d:response>', '</d:response></d:multistatus>', depth / 10)}`, xml, '207 X'),
  ],
  [
    'XML of a billion laughs',
    () =>
      page(
        `<!DOCTYPE a [<!ENTITY a "x">${Array.from({ length: 20 }, (_, n) => `<!ENTITY a${n} "${'&a;'.repeat(10)}">`).join('')}]><multistatus>&a19;</multistatus>`,
        xml,
        '207 X',
      ),
  ],
  [
    'a list of files that are all folders',
    () => page(`<html><title>Index of /</title><pre>${Array.from({ length: 9_000 }, (_, n) => `<a href="f${n}/">f</a>\n`).join('')}`),
  ],
  ['a list of files with the same name', () => page(`<html><title>Index of /</title><pre>${'<a href="a.dcm">x</a>\n'.repeat(9_000)}`)],
  ['cookies by the thousand', () => page('<html>', `${html}\r\n${'set-cookie: a=b\r\n'.repeat(1_500).trimEnd()}`)],
  ['headers that mean something to a program', () => page('<html>', `${html}\r\n__proto__: x\r\nconstructor: x\r\ntoString: x`)],
  ['a status of 999', () => page('<html>', html, '999 X')],
  ['a status of 000', () => page('<html>', html, '000 X')],
  ['a charset of nobody', () => page('<html>', `content-type: text/html; charset=${'x'.repeat(5_000)}`)],
  ['a charset of two bytes', () => page('<html>', 'content-type: text/html; charset=utf-16')],
  ['switching protocols', () => bytes('HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\n\r\n')],
  ['a challenge that never ends', () => page('', `www-authenticate: ${'Basic realm="x", '.repeat(1_500)}`, '401 X')],
  ['a warning that never ends', () => page(JSON.stringify([study(1)]), `${json}\r\nwarning: ${'There are 1 additional '.repeat(1_000)}`)],
];

const sites: readonly (readonly [string, (asked: WebAsked) => Buffer | string])[] = [
  ['redirects to itself', ({ path }) => redirect(path)],
  ['redirects ever deeper', ({ path }) => redirect(`${path.replace(/\?.*/, '')}x/`)],
  ['redirects to another host', () => redirect('http://192.0.2.1/')],
  ['redirects to a scheme of no browser', () => redirect('file:///etc/passwd')],
  ['redirects into a header', () => redirect('/%0d%0ax:%20y\tz')],
  ['redirects to nowhere', () => redirect('')],
  ['redirects to TLS', () => redirect('https://127.0.0.1/')],
  ['refreshes for ever', ({ path }) => page(`<html><meta http-equiv=refresh content="0;url=${path}x">`)],
  [
    'lists a folder in every folder',
    ({ path }) => page(`<html><title>Index of ${path}</title><pre><a href="../">..</a><a href="a/">a</a><a href="b/">b</a><a href="i.dcm">i</a>`),
  ],
  ['has a page of studies after every page', ({ path }) => pageOfStudies(path)],
  ['has the same page of studies for ever', () => page(JSON.stringify(Array.from({ length: 100 }, (_, n) => study(n))), json)],
  [
    'answers every question with an archive',
    () => page('{"Name":"x","Version":"1.0","ApiVersion":99,"CountStudies":1e308,"CountInstances":-1,"TotalDiskSize":"x"}', 'content-type: application/json'),
  ],
  [
    'has a robots.txt that never ends',
    ({ path }) =>
      path === '/robots.txt' ? page(`User-agent: *\nDisallow: /${'*a'.repeat(60_000)}$\nSitemap: /robots.txt`, 'content-type: text/plain') : listing(path),
  ],
  ['has a sitemap of itself', ({ path }) => sitemap(path)],
  ['says yes to every method', ({ method, path }) => (method === 'GET' ? listing(path) : page('', 'allow: GET, PUT, POST, DELETE\r\ndav: 1,2,3'))],
  ['wants TLS in every answer', () => page('The plain HTTP request was sent to HTTPS port', html, '400 X')],
  [
    'has a robots.txt of wildcards for a long path',
    ({ path }) => {
      if (path === '/robots.txt') return page(`User-agent: *\n${`Disallow: /${'*a'.repeat(50)}$\n`.repeat(550)}`, 'content-type: text/plain');
      return path === '/' ? redirect(`/${'a'.repeat(1_900)}/`) : listing(path);
    },
  ],
];

function redirect(to: string): string {
  return `HTTP/1.1 302 Found\r\nlocation: ${to}\r\ncontent-length: 0\r\n\r\n`;
}

const listing = (path: string): Buffer => page(`<html><title>Index of ${path.slice(0, 40)}</title><pre><a href="../">..</a><a href="i.dcm">i</a>`);

function pageOfStudies(path: string): Buffer {
  const from = Number(/offset=(\d+)/.exec(path)?.[1] ?? 0);
  return page(JSON.stringify(Array.from({ length: 100 }, (_, n) => study(from + n))), json);
}

function sitemap(path: string): Buffer {
  if (path === '/robots.txt') return page('User-agent: *\nAllow: /\nSitemap: /sitemap.xml\nSitemap: /sitemap.xml', 'content-type: text/plain');
  if (path.startsWith('/sitemap')) return page(`<sitemapindex>${'<sitemap><loc>/sitemap.xml</loc></sitemap>'.repeat(4_000)}</sitemapindex>`, xml);
  return listing(path);
}

const bodyBehaviour = ([name, make]: (typeof bodies)[number]): Behaviour => {
  const made = make();
  return { name: `serves ${name}`, serve: web(() => made) };
};

export const webBehaviours: readonly Behaviour[] = [
  ...bodies.map(bodyBehaviour),
  ...sites.map(([name, answer]) => ({ name, serve: web(answer) })),
  { name: 'says "continue" for ever', serve: web((_, line) => void endless('HTTP/1.1 100 Continue\r\n\r\n')(line)) },
  { name: 'answers each request ten thousand times', serve: web(() => Buffer.concat(Array.from({ length: 10_000 }, () => page('<html>')))) },
  {
    name: 'answers and resets',
    serve: web((_, { socket, reset }) => {
      say(socket, page('<html>'));
      setTimeout(reset, 5);
      return undefined;
    }),
  },
  { name: 'promises more than it sends', serve: web(() => 'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 100\r\n\r\n<html>') },
  { name: 'answers one request only', serve: web((_, { socket, index }) => (index === 0 ? page('<html><title>x</title>') : void socket.pause())) },
];
