/** The whole web probe against sites that mislead it: no false finding, no request out of scope, no name kept, bounded cost. */
import type net from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { judge } from '../../src/audit/judge.js';
import { checks } from '../../src/checks/index.js';
import type { ProbeSettings } from '../../src/model/probe.js';
import { countingRequests } from '../../src/protocols/http/count-pages.js';
import { type HttpEvidence, http } from '../../src/protocols/http/evidence.js';
import { httpProbe } from '../../src/protocols/http/probe.js';
import { observed } from '../fixtures/observations.js';
import { strangerSettings } from './probing.js';
import { answer, forEver, type WebPeer, type WebScript, webPeer } from './web-peer.js';

let peer: WebPeer;
afterEach(() => peer?.stop());

async function probe(script: WebScript, settings: Partial<ProbeSettings> = {}): Promise<HttpEvidence> {
  peer = await webPeer(script);
  return httpProbe.run({ endpoint: peer.endpoint, transport: 'plain', settings: { ...strangerSettings, ...settings } }, peer.dial());
}

const failedOn = (evidence: HttpEvidence): readonly string[] =>
  judge(checks, [observed(evidence, { kind: http.name, version: http.version })]).flatMap(({ check, verdict }) => (verdict === 'fail' ? [check] : []));
const asked = (): readonly string[] => peer.requests.map(({ method, path }) => `${method} ${path}`);
const html = (body: string, headers = {}): string => answer(200, { 'content-type': 'text/html', ...headers }, body);
const json = (value: unknown, type = 'application/json'): string => answer(200, { 'content-type': type }, JSON.stringify(value));
const notFound = answer(404, {});
const row = { '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Zzcanary^Web' }] }, '0020000D': { vr: 'UI', Value: ['1.2.3'] } };

describe('servers that answer everything alike', () => {
  it.each<[string, string]>([
    ['a page', html('<!doctype html><title>Welcome</title><h1>Radiology</h1>')],
    ['an empty object', json({})],
    ['an empty list', json([])],
    ['an object with the keys of many', json({ Name: 'x', Version: '1.0', count: 7, studies: [] })],
    ['a list of objects', json([{ id: 1 }, { id: 2 }])],
    ['a list of texts', json(['a', 'b'])],
    ['XML', answer(200, { 'content-type': 'application/xml' }, '<?xml version="1.0"?><root/>')],
    ['nothing', answer(200, {})],
    ['no content', answer(204, {})],
    ['bytes', answer(200, { 'content-type': 'application/octet-stream' }, '\u0000\u0001\u0002')],
    ['a list whose title only sounds like one', html('<title>Index of subjects</title><p>Anatomy to Zoology</p>')],
  ])('%s: no door is open, and nothing fails', async (_, same) => {
    const evidence = await probe(() => same);
    expect(evidence.doors.filter(({ access }) => access === 'open')).toEqual([]);
    expect(failedOn(evidence)).toEqual([]);
    expect(evidence.requests).toBeLessThanOrEqual(25);
  });

  it.each<[string, string]>([
    ['401', answer(401, { 'www-authenticate': 'Basic realm="x"' })],
    ['403', answer(403, {})],
  ])('%s: nothing is said to be behind it', async (_, same) => {
    const evidence = await probe(() => same);
    expect(evidence.doors).toEqual([]);
    expect(failedOn(evidence).filter((check) => check !== 'cleartext-login')).toEqual([]);
  });

  it('an error for everything is no pass', async () => {
    const evidence = await probe(() => answer(500, {}));
    expect(evidence.doors.filter(({ access }) => access === 'open')).toEqual([]);
    expect(failedOn(evidence)).toEqual([]);
  });

  it('a login page for everything is one login', async () => {
    const evidence = await probe(() => html('<title>x</title><form action="/in"><input type=password></form>'));
    expect(evidence).toMatchObject({ front: { kind: 'login' }, login: { by: 'form', submitsInClear: true } });
    expect(failedOn(evidence)).toEqual(['cleartext-login']);
  });
});

describe('redirects', () => {
  it('in a circle end', async () => {
    const evidence = await probe(({ path }) => answer(302, { location: path === '/a' ? '/' : '/a' }));
    expect(evidence.front).toMatchObject({ redirect: 'same-endpoint', kind: 'nothing' });
    expect(evidence.requests).toBeLessThanOrEqual(25);
  });

  it('to ever new pages end', async () => {
    const pages: string[] = [];
    const evidence = await probe(({ path }) => (path.startsWith('/p') || path === '/' ? answer(302, { location: `/p${pages.push(path)}` }) : notFound));
    expect(asked().filter((each) => each.startsWith('GET /p')).length).toBeLessThanOrEqual(6);
    expect(evidence.front.kind).toBe('nothing');
  });

  it.each([
    ['another host', 'http://elsewhere.example/zzcanary', 'elsewhere'],
    ['another port', 'http://127.0.0.1:1/zzcanary', 'same-host-other-port'],
    ['no web address', 'file:///etc/zzcanary', 'unreadable'],
    ['a name and a password', 'http://zzcanary:x@10.0.0.1/', 'elsewhere'],
    ['nonsense', 'http://[zzcanary', 'unreadable'],
  ])('to %s are not followed, and where they lead is not kept', async (_, location, to) => {
    const evidence = await probe(() => answer(302, { location }));
    expect(evidence.front).toMatchObject({ redirect: to, kind: 'nothing' });
    expect(JSON.stringify(evidence)).not.toMatch(/zzcanary|elsewhere\.example|10\.0\.0\.1/);
    expect(peer.requests.every(({ headers }) => headers['host'] === `127.0.0.1:${peer.endpoint.port}`)).toBe(true);
  });

  it('of a viewer configuration to another host are not asked', async () => {
    const evidence = await probe(({ path }) =>
      path === '/' ? html('<title>OHIF Viewer</title><script src="https://elsewhere.example/app-config.js"></script>') : notFound,
    );
    expect(asked()).not.toContain('GET /app-config.js');
    expect(evidence.product?.id).toBe('ohif');
  });
});

describe('archives that are odd', () => {
  const dicomWeb =
    (answerTo: (query: string, socket: net.Socket) => string | undefined): WebScript =>
    ({ method, path }, socket) =>
      path.startsWith('/dicom-web/studies') ? (method === 'POST' ? answer(405, {}) : answerTo(path, socket)) : notFound;

  it('DICOM JSON under a wrong media type is taken for what it is', async () => {
    const evidence = await probe(dicomWeb((path) => (path.includes('PatientID') ? json([], 'text/plain') : json([row], 'text/plain'))));
    expect(evidence.doors).toMatchObject([{ kind: 'dicomweb', access: 'open', identifiers: { PatientName: 'real-looking' } }]);
    expect(JSON.stringify(evidence)).not.toContain('Zzcanary');
  });

  it.each<[string, string]>([
    ['broken', answer(200, { 'content-type': 'application/dicom+json' }, '[{"0020000D":')],
    ['of another shape', json({ studies: [row] }, 'application/dicom+json')],
    ['with keys that are no tags', json([{ ...row, patient: 'x' }])],
    ['of invalid UTF-8', answer(200, { 'content-type': 'application/dicom+json' }, '\ufffd[')],
  ])('an answer that is %s opens no door', async (_, text) => {
    const evidence = await probe(dicomWeb(() => text));
    expect(evidence.doors.filter(({ access }) => access === 'open')).toEqual([]);
    expect(failedOn(evidence)).toEqual([]);
  });

  it('an answer that is cut opens no door', async () => {
    const begin = answer(200, { 'content-type': 'application/dicom+json', 'content-length': '5000' }, '[{"0020000D":');
    const evidence = await probe(dicomWeb((_, socket) => void socket.end(begin)));
    expect(evidence.doors.filter(({ access }) => access === 'open')).toEqual([]);
    expect(failedOn(evidence)).toEqual([]);
  });

  it('pages that repeat are counted once, and as a lower bound', async () => {
    const page = Array.from({ length: 100 }, (_, index) => ({ ...row, '0020000D': { vr: 'UI', Value: [`1.2.${index}`] } }));
    const evidence = await probe(
      dicomWeb((path) =>
        path.includes('PatientID') ? json([]) : json(path.includes('limit=1&') || path.endsWith('limit=1') ? [row] : page, 'application/dicom+json'),
      ),
      { responseBudget: 5_000 },
    );
    expect(evidence.doors[0]?.studies).toMatchObject({ value: 100, basis: 'at-least' });
    expect(evidence.requests).toBeLessThanOrEqual(60);
  });

  it('pages without end stop at the budget, as a lower bound', async () => {
    const given: number[] = [];
    const page = () => Array.from({ length: 100 }, () => ({ ...row, '0020000D': { vr: 'UI', Value: [`1.2.${given.push(0)}`] } }));
    const evidence = await probe(
      dicomWeb((path) => (path.includes('PatientID') ? json([]) : path.endsWith('limit=1') ? json([row]) : json(page()))),
      {
        responseBudget: 1_000_000,
      },
    );
    expect(evidence.doors[0]?.studies?.basis).toBe('at-least');
    expect(evidence.requests).toBeLessThanOrEqual(60 + countingRequests);
  });

  it('Orthanc whose counts are no numbers is open, and not counted', async () => {
    const evidence = await probe(({ method, path }) => {
      if (path === '/system') return json({ ApiVersion: 19, DicomAet: 'Zzcanary', Version: '<b>1.12</b>' });
      if (path === '/statistics') return json({ CountInstances: '-5', CountStudies: 1e300, CountPatients: 'many' });
      return method === 'POST' ? answer(404, {}) : notFound;
    });
    expect(evidence.product).toMatchObject({ id: 'orthanc', version: null });
    expect(evidence.doors[0]).toMatchObject({ images: null, studies: null, patients: null });
    expect(JSON.stringify(evidence)).not.toContain('Zzcanary');
  });

  it('a list of application entities with hostile titles names no path', async () => {
    await probe(({ path }) =>
      path === '/dcm4chee-arc/aets' ? json([{ dicomAETitle: '../../x' }, { dicomAETitle: 'A\r\nB' }, { dicomAETitle: 'GOOD' }]) : notFound,
    );
    const roots = asked().filter((each) => each.includes('/aets/'));
    expect(roots.length).toBeGreaterThan(0);
    expect(roots.every((each) => each.startsWith('GET /dcm4chee-arc/aets/GOOD/rs/'))).toBe(true);
  });
});

describe('what crawlers are told', () => {
  const site =
    (robots: string): WebScript =>
    ({ path }) => {
      if (path === '/') return html('<title>OHIF Viewer</title><link rel="canonical" href="https://elsewhere.example/zzcanary">');
      if (path === '/robots.txt') return answer(200, { 'content-type': 'text/plain' }, robots);
      if (path === '/map.xml')
        return answer(
          200,
          {},
          `<urlset><url><loc>http://127.0.0.1:${peer.endpoint.port}/</loc></url><url><loc>http://elsewhere.example/zzcanary</loc></url></urlset>`,
        );
      return notFound;
    };

  it('is read from robots.txt, the sitemap and the page', async () => {
    const evidence = await probe(site('User-agent: *\nDisallow:\nSitemap: /map.xml'));
    expect(evidence.doors[0]?.indexing).toEqual({ robots: 'allowed', noindex: false, inSitemap: true, canonical: 'elsewhere' });
    expect(JSON.stringify(evidence)).not.toMatch(/zzcanary|elsewhere\.example/);
  });

  it('is not looked for on other hosts', async () => {
    const evidence = await probe(site('User-agent: *\nDisallow:\nSitemap: https://elsewhere.example/map.xml'));
    expect(evidence.doors[0]?.indexing?.inSitemap).toBe(false);
    expect(asked()).not.toContain('GET /map.xml');
    expect(asked()).toContain('GET /sitemap.xml');
  });
});

describe('a whole site that means it', () => {
  const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n';
  const bomb = gzipSync(new Uint8Array(200_000_000));
  const mebibyte = new Uint8Array(1 << 20).fill(0x61);
  const chunk = Buffer.concat([Buffer.from('100000\r\n'), mebibyte, Buffer.from('\r\n')]);

  it.each<[string, WebScript]>([
    ['bodies without end', (_, socket) => forEver(socket, mebibyte, `${head}\r\n`)],
    ['chunks without end', (_, socket) => forEver(socket, chunk, `${head}transfer-encoding: chunked\r\n\r\n`)],
    ['bombs', () => Buffer.concat([Buffer.from(`${head}content-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n\r\n`), bomb])],
    ['a page without a head and without end', (_, socket) => forEver(socket, mebibyte, '<html>')],
  ])('%s everywhere: a few requests, a few megabytes, and nothing is claimed', async (_, script) => {
    const evidence = await probe(script);
    expect(peer.requests.length).toBeLessThanOrEqual(25);
    expect(evidence.requests).toBe(peer.requests.length);
    expect(peer.traffic.bytesReceived).toBeLessThan(32 * 1024 * 1024);
    expect(failedOn(evidence)).toEqual([]);
  });

  it('headers without end: nothing is learnt, at once', async () => {
    await expect(probe((_, socket) => forEver(socket, Buffer.from('a: b\r\n'.repeat(10_000)), 'HTTP/1.1 200 OK\r\n'))).rejects.toMatchObject({
      heard: 'unknown',
    });
    expect(peer.traffic.bytesReceived).toBeLessThan(1024 * 1024);
  });
});

describe('texts that make an expression try again and again', () => {
  // Each took minutes, or for ever, before its expression was bounded: that they end is what is tested.
  it.each<[string, string, string]>([
    ['robots.txt of line breaks', '\n'.repeat(250_000), ''],
    ['robots.txt of stars', `User-agent: *\nDisallow: /${'*a'.repeat(30_000)}`, ''],
    ['a sitemap of one address without end', 'User-agent: *\nDisallow:', `<urlset><loc>${' '.repeat(250_000)}`],
    ['a sitemap of addresses without end', 'User-agent: *\nDisallow:', `<urlset>${`<loc>${' '.repeat(1_990)}`.repeat(125)}`],
  ])('%s', async (_, robots, sitemap) => {
    const evidence = await probe(({ path }) => {
      if (path === '/') return html('<title>OHIF Viewer</title>');
      if (path === '/robots.txt') return answer(200, { 'content-type': 'text/plain' }, robots);
      return path === '/sitemap.xml' ? answer(200, { 'content-type': 'application/xml' }, sitemap) : notFound;
    });
    expect(evidence.doors[0]?.indexing?.inSitemap).toBe(false);
  });

  it.each<[string, string]>([
    ['a refresh of spaces', `<meta http-equiv="refresh" content="${' '.repeat(200_000)}">`],
    ['titles', '<title>'.repeat(35_000)],
    ['bodies that are lists', `<title>Index of /</title>${'<body '.repeat(40_000)}`],
    ['configurations', 'window.config = qidoRoot : '.repeat(9_000)],
    ['words of products', 'loginSplash'.repeat(22_000)],
    ['keys of a bucket', `<ListBucketResult >${'<Key>'.repeat(50_000)}`],
  ])('a page of %s', async (_, body) => {
    const evidence = await probe(({ path }) => (path === '/' ? html(body) : notFound));
    expect(evidence.requests).toBeLessThanOrEqual(25);
    expect(http.readers.exposure?.(evidence)?.images ?? null).toBeNull();
  });
});

describe('listings', () => {
  const entries = (names: readonly string[]): string =>
    `<title>Index of /</title><pre>${names.map((name) => `<a href="${name}">${name}</a>`).join('\n')}</pre>`;

  it('of a hundred thousand files are counted as far as they were read', async () => {
    const names = Array.from({ length: 100_000 }, (_, index) => `Zzcanary_${index}.dcm`);
    const evidence = await probe(({ path }) => (path === '/' ? html(entries(names)) : notFound));
    expect(evidence.doors[0]?.content?.dicom).toBeGreaterThan(1_000);
    expect(evidence.doors[0]?.images).toBeNull(); // none of those that were looked at is there
    expect(evidence.requests).toBeLessThanOrEqual(25);
    expect(JSON.stringify(evidence)).not.toContain('Zzcanary');
  });

  it('with entries that lead elsewhere stay in their folder', async () => {
    const away = ['../secret/', 'http://elsewhere.example/a.dcm', '//elsewhere.example/b.dcm', '/etc/c.dcm', 'ok/', '..%2f..%2fd.dcm', '?C=N;O=D'];
    await probe(({ path }) => (path === '/files/' ? html(entries(away)) : path === '/' ? answer(302, { location: '/files/' }) : notFound));
    expect(asked().filter((each) => each.includes('elsewhere') || each.includes('secret') || each.includes('/etc') || each.includes('%2f'))).toEqual([]);
    expect(asked()).toContain('GET /files/ok/');
  });

  it('that list themselves without end are left after a few folders', async () => {
    const evidence = await probe(() => html(entries(['deeper/', 'also/'])));
    expect(evidence.requests).toBeLessThanOrEqual(25);
  });

  it('are looked at by no more than the first 132 bytes of a file or two, also where the server sends all', async () => {
    const evidence = await probe(({ path }) => {
      if (path === '/') return html(entries(['a.dcm', 'b.dcm', 'c.dcm']));
      return path.endsWith('.dcm') ? answer(200, {}, `${'\u0000'.repeat(128)}DICM${'Zzcanary'.repeat(10_000)}`) : notFound;
    });
    expect(evidence.doors[0]).toMatchObject({ confirmedDicom: 2 });
    const files = peer.requests.filter(({ path }) => path.endsWith('.dcm'));
    expect(files.map(({ headers }) => headers['range'])).toEqual(['bytes=0-131', 'bytes=0-131']);
    expect(JSON.stringify(evidence)).not.toContain('Zzcanary');
  });
});

describe('what is asked', () => {
  const everything: WebScript = ({ path }) => (path === '/' ? html('<title>Orthanc Explorer</title>') : json([row]));

  it.each(['handshake', 'anonymous', 'credentials'] as const)('at touch %s: four methods, no body, nothing that is an image', async (touch) => {
    const evidence = await probe(everything, { touch });
    expect(evidence.requests).toBeLessThanOrEqual(60);
    for (const { method, path, headers } of peer.requests) {
      expect(['GET', 'OPTIONS', 'PROPFIND', 'POST']).toContain(method);
      expect(headers['content-length'] ?? '0').toBe('0');
      expect(headers['transfer-encoding']).toBeUndefined();
      expect(path).not.toMatch(/\/(?:instances|series)\/[^/]|\/wado\?|requestType|frames|rendered|thumbnail|bulkdata/i);
    }
    if (touch === 'handshake') expect(asked()).toEqual(['GET /']);
  });

  it('names of patients in titles, headers and paths are in no evidence', async () => {
    const evidence = await probe(({ path }) =>
      path === '/'
        ? html('<title>Zzcanary^Page</title><a href="/Zzcanary">Zzcanary</a>', {
            server: 'Zzcanary/1.0',
            'x-powered-by': 'Zzcanary',
            'set-cookie': 'Zzcanary=1; path=/Zzcanary',
          })
        : notFound,
    );
    expect(evidence.cookies).toEqual({ count: 1, withoutSecure: 1, withoutHttpOnly: 1, withoutSameSite: 1 });
    expect(JSON.stringify(evidence)).not.toContain('Zzcanary');
  });

  it('a front page of invalid UTF-8 is a page', async () => {
    peer = await webPeer(({ path }) =>
      path === '/'
        ? Buffer.concat([Buffer.from('HTTP/1.1 200 X\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n'), Buffer.from([60, 98, 62, 0xff, 0xfe, 0xc3])])
        : notFound,
    );
    const evidence = await httpProbe.run({ endpoint: peer.endpoint, transport: 'plain', settings: strangerSettings }, peer.dial());
    expect(evidence.front).toMatchObject({ status: 200, kind: 'page' });
  });
});
