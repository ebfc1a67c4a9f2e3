/** What the web probe finds on sites that mean no harm: where archives lie, what they count, what they let one do. */
import { afterEach, describe, expect, it } from 'vitest';
import { strangerSettings } from '../../../test/hostile/probing.js';
import { answer, type WebPeer, type WebScript, webPeer } from '../../../test/hostile/web-peer.js';
import { NotThisProtocol } from '../../model/connection.js';
import type { ProbeSettings } from '../../model/probe.js';
import type { HttpEvidence, WebDoor } from './evidence.js';
import { httpProbe } from './probe.js';

let peer: WebPeer;
afterEach(() => peer?.stop());

async function probe(script: WebScript, settings: Partial<ProbeSettings> = {}): Promise<HttpEvidence> {
  peer = await webPeer(script);
  return httpProbe.run({ endpoint: peer.endpoint, transport: 'plain', settings: { ...strangerSettings, ...settings } }, peer.dial());
}

const html = (body: string, headers = {}): string => answer(200, { 'content-type': 'text/html', ...headers }, body);
const json = (value: unknown, headers = {}): string => answer(200, { 'content-type': 'application/dicom+json', ...headers }, JSON.stringify(value));
const notFound = answer(404, {});
const study = (number: number, more = {}) => ({ '0020000D': { vr: 'UI', Value: [`1.2.${number}`] }, '00201208': { vr: 'IS', Value: [2] }, ...more });
const door = ({ doors }: HttpEvidence, kind: WebDoor['kind']): WebDoor | undefined => doors.find((each) => each.kind === kind);

interface Service {
  readonly root: string;
  readonly studies: number;
  /** At most so many in one answer, whatever is asked for. */
  readonly mostAtOnce?: number;
  readonly headers?: (left: number) => Readonly<Record<string, string>>;
  readonly more?: object;
  readonly options?: string;
}

/** QIDO-RS that counts nothing by itself; everything else is not there. */
const dicomWeb =
  ({ root, studies, mostAtOnce = 1_000, headers = () => ({}), more = {}, options = notFound }: Service): WebScript =>
  ({ method, path }) => {
    if (method === 'OPTIONS' && path.startsWith(`${root}/studies/`)) return options;
    if (!path.startsWith(`${root}/studies`)) return notFound;
    if (method === 'POST') return answer(415, {});
    const query = new URL(path, 'http://x').searchParams;
    if (query.has('PatientID')) return json([]);
    const offset = Number(query.get('offset') ?? 0);
    const end = Math.min(studies, offset + Math.min(mostAtOnce, Number(query.get('limit') ?? 1_000)));
    return json(
      Array.from({ length: Math.max(0, end - offset) }, (_, index) => study(offset + index, more)),
      headers(studies - end),
    );
  };

describe('DICOMweb', () => {
  it.each(['/dicom-web', '/dicomweb', '/rs', '/orthanc/dicom-web', '/pacs', '/api', '/api/dicom/rs', '/wado'])('is found at %s', async (root) => {
    const evidence = await probe(dicomWeb({ root, studies: 1 }));
    expect(evidence.doors).toMatchObject([{ kind: 'dicomweb', path: `${root}/studies`, access: 'open', studies: { value: 1, basis: 'exact' } }]);
    expect(evidence.requests).toBeLessThanOrEqual(60);
  });

  /** Everything that a study could bring, as DICOM JSON has it. */
  const whole = {
    '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Berger^Clara', Ideographic: '山田^太郎' }] },
    '00100020': { vr: 'LO', Value: ['TEST01'] },
    '00100030': { vr: 'DA' },
    '00101002': { vr: 'SQ', Value: [{ '00100020': { vr: 'LO', Value: ['800419-0859'] } }, {}, 7] },
    '00101020': { vr: 'DS', Value: [1.75] },
    '00120062': { vr: 'CS', Value: ['YES'] },
  };
  const asked = () => peer.requests.filter(({ path }) => path.includes('limit=1') && !path.includes('PatientID') && !path.includes('offset'));

  it('gives one record with all that it has: classes, kinds and signs', async () => {
    const evidence = await probe(dicomWeb({ root: '/rs', studies: 3, more: whole }));
    expect(door(evidence, 'dicomweb')).toMatchObject({
      identifiers: {
        PatientName: 'real-looking',
        PatientID: 'pseudonymous',
        PatientBirthDate: 'empty',
        OtherPatientIDsSequence: 'real-looking',
        PatientSize: 'real-looking',
      },
      record: { nationalIdentifiers: { OtherPatientIDsSequence: 'swedish-personnummer' }, signs: ['says-de-identified', 'test'] },
    });
    expect(JSON.stringify(evidence)).not.toMatch(/Berger|山田|TEST01|800419|1\.75/);
    expect(asked().map(({ path }) => path)).toEqual(['/rs/studies?limit=1&includefield=all']);
  });

  it('is not asked for more than its studies where no record may be looked at', async () => {
    const evidence = await probe(dicomWeb({ root: '/rs', studies: 3, more: whole }), { sample: false });
    expect(door(evidence, 'dicomweb')).toMatchObject({ identifiers: {}, record: null });
    expect(asked().map(({ path }) => path)).toEqual(['/rs/studies?limit=1']);
  });

  it('that refuses to be asked for all is open and counted all the same, and its record unknown', async () => {
    const inner = dicomWeb({ root: '/rs', studies: 3, more: whole });
    const evidence = await probe((request, ...rest) => (request.path.includes('includefield=all') ? answer(400, {}) : inner(request, ...rest)));
    expect(door(evidence, 'dicomweb')).toMatchObject({ access: 'open', studies: { value: 3, basis: 'exact' }, identifiers: {}, record: null });
    expect(asked()).toHaveLength(1);
  });

  it('is counted to its end where the server gives fewer at once than it is asked for', async () => {
    const evidence = await probe(dicomWeb({ root: '/rs', studies: 130, mostAtOnce: 50 }), { responseBudget: 1_000 });
    expect(door(evidence, 'dicomweb')).toMatchObject({ studies: { value: 130, basis: 'exact' }, images: { value: 260, basis: 'exact' } });
  });

  it.each<[string, Service['headers']]>([
    ['X-Total-Count, as Kheops', () => ({ 'x-total-count': '700' })],
    ['the warning of PS3.18, as dcm4chee', (left) => (left > 0 ? { warning: `299 x:8080 "There are ${left} additional results that can be requested"` } : {})],
  ])('says how many there are: %s', async (_, headers) => {
    const evidence = await probe(dicomWeb({ root: '/rs', studies: 700, ...(headers && { headers }) }), { responseBudget: 100 });
    expect(door(evidence, 'dicomweb')).toMatchObject({ studies: { value: 700, basis: 'exact' }, images: { value: 160, basis: 'at-least' } });
  });

  it.each(['3', '-1', '1e9', 'many', '99999999999999999999'])('a total of %j does not count', async (total) => {
    const evidence = await probe(dicomWeb({ root: '/rs', studies: 5, headers: () => ({ 'x-total-count': total }) }));
    expect(door(evidence, 'dicomweb')?.studies).toMatchObject({ value: 5, basis: 'exact' });
  });

  it.each([2, 5])('stays open where the server turns its back after page %i', async (pages) => {
    const web = dicomWeb({ root: '/rs', studies: 1_000 });
    let asked = 0;
    const evidence = await probe(
      (request, socket) => {
        if (request.path.includes('offset=')) asked += 1;
        if (asked <= pages) return web(request, socket);
        socket.destroy();
        return undefined;
      },
      { responseBudget: 5_000 },
    );
    expect(door(evidence, 'dicomweb')).toMatchObject({
      access: 'open',
      studies: { value: 100 * pages, basis: 'at-least' },
      rights: { read: 'yes', create: 'unknown' },
    });
  });

  it('says where studies are to be had, and nobody goes there', async () => {
    const more = { '00081190': { vr: 'UR', Value: ['http://127.0.0.1/rs/studies/1.2.0'] } };
    const evidence = await probe(dicomWeb({ root: '/rs', studies: 2, more }));
    expect(door(evidence, 'dicomweb')?.wado).toBe('offered');
    expect(peer.requests.filter(({ method, path }) => method === 'GET' && /\/studies\/./.test(path))).toEqual([]);
    expect(door(await probe(dicomWeb({ root: '/rs', studies: 2 })), 'dicomweb')?.wado).toBe('not-seen');
  });

  it.each<[string, string, WebDoor['rights']['delete']]>([
    ['among the methods, as JAX-RS servers tell', answer(200, { allow: 'HEAD, DELETE, GET, OPTIONS' }), 'negotiated'],
    ['not among the methods', answer(204, { allow: 'GET, OPTIONS' }), 'no'],
    ['not among the methods, in a refusal', answer(405, { allow: 'GET' }), 'no'],
    ['no methods told', answer(200, {}), 'unknown'],
    ['not there', notFound, 'unknown'],
    ['OPTIONS itself refused', answer(403, {}), 'unknown'],
    ['OPTIONS itself behind a login', answer(401, {}), 'unknown'],
    ['an error that names methods', answer(500, { allow: 'DELETE' }), 'unknown'],
  ])('deleting: %s', async (_, options, right) => {
    expect(door(await probe(dicomWeb({ root: '/rs', studies: 2, options })), 'dicomweb')?.rights.delete).toBe(right);
  });
});

const orthanc =
  (base: string, more: WebScript = () => notFound): WebScript =>
  (request, socket) => {
    if (request.path === `${base}/system`) return json({ ApiVersion: 18, DicomAet: 'ORTHANC', Version: '1.11.2' });
    if (request.path === `${base}/statistics`) return json({ CountInstances: 22, CountStudies: 3, CountPatients: 2 });
    if (request.method === 'POST' && request.path.startsWith(`${base}/`)) return answer(400, {});
    return more(request, socket);
  };

describe('Orthanc', () => {
  it('behind a proxy that gives it a path of its own', async () => {
    const evidence = await probe(orthanc('/orthanc', dicomWeb({ root: '/orthanc/dicom-web', studies: 3 })));
    expect(evidence.product?.id).toBe('orthanc');
    expect(door(evidence, 'archive-api')).toMatchObject({ path: '/orthanc/statistics', images: { value: 22 }, rights: { delete: 'negotiated' } });
    expect(door(evidence, 'dicomweb')).toMatchObject({ path: '/orthanc/dicom-web/studies', access: 'open' });
  });

  it('its WebDAV folder is seen', async () => {
    const multistatus = '<D:multistatus xmlns:D="DAV:"><D:response><D:href>/webdav/</D:href></D:response></D:multistatus>';
    const evidence = await probe(
      orthanc('', ({ method, path }) => {
        if (path !== '/webdav/') return notFound;
        return method === 'OPTIONS' ? answer(200, { dav: '1,2', allow: 'GET, PUT, DELETE, OPTIONS, PROPFIND' }) : answer(207, {}, multistatus);
      }),
    );
    expect(door(evidence, 'webdav')).toMatchObject({ path: '/webdav/', access: 'open', rights: { create: 'negotiated', delete: 'negotiated' } });
  });
});

describe('dcm4chee-arc', () => {
  const archive = (aets: string, ui = html('<title>dcm4chee-arc-ui</title>')): WebScript => {
    const web = dicomWeb({ root: '/dcm4chee-arc/aets/A/rs', studies: 3, options: answer(200, { allow: 'DELETE, GET' }) });
    return (request, socket) => {
      if (request.path === '/') return html('<title>Welcome to nginx!</title>', { server: 'nginx/1.24.0' });
      if (request.path === '/dcm4chee-arc/aets') return aets;
      if (request.path === '/dcm4chee-arc/ui2/') return ui;
      if (/\/count$/.test(request.path)) return json({ count: 77 });
      return web(request, socket);
    };
  };

  it('is found behind a proxy, and its own page is the portal', async () => {
    const evidence = await probe(archive(json([{ dicomAETitle: 'A' }])));
    expect(evidence.product?.id).toBe('dcm4chee-arc');
    expect(door(evidence, 'dicomweb')).toMatchObject({ studies: { value: 77, basis: 'exact' }, rights: { delete: 'negotiated' } });
    expect(door(evidence, 'viewer')).toMatchObject({ path: '/dcm4chee-arc/ui2/', access: 'open' });
    expect(evidence.requests).toBeLessThanOrEqual(60);
  });

  it('with many application entities, is asked once for studies to know it by', async () => {
    const titles = ['A', 'B', 'C'];
    const services = titles.map((title) => dicomWeb({ root: `/dcm4chee-arc/aets/${title}/rs`, studies: 3 }));
    const evidence = await probe(
      (request, socket) => {
        if (request.path === '/dcm4chee-arc/aets') return json(titles.map((title) => ({ dicomAETitle: title })));
        if (/\/count/.test(request.path)) return json({ count: 777 });
        return services[titles.findIndex((title) => request.path.startsWith(`/dcm4chee-arc/aets/${title}/`))]?.(request, socket) ?? notFound;
      },
      { archiveKey: 'key' },
    );
    expect(evidence.doors.filter(({ kind }) => kind === 'dicomweb')).toHaveLength(3);
    expect(peer.requests.filter(({ path }) => path.includes('offset=')).length).toBeLessThanOrEqual(14);
  });

  it('stays open where it hangs up while it is asked for its numbers', async () => {
    const whole = archive(json([{ dicomAETitle: 'A' }]));
    let isOver = false;
    const evidence = await probe((request, socket) => {
      isOver ||= request.path.endsWith('/patients/count');
      if (!isOver) return whole(request, socket);
      socket.destroy();
      return undefined;
    });
    expect(door(evidence, 'dicomweb')).toMatchObject({ access: 'open', rights: { read: 'yes' } });
  });

  it('with a login in front of its interface, the page open', async () => {
    const evidence = await probe(archive(answer(401, { 'www-authenticate': 'Bearer realm="dcm4che"' })));
    expect(door(evidence, 'archive-api')).toMatchObject({ path: '/dcm4chee-arc/aets', access: 'login' });
    expect(evidence.doors.filter(({ kind, access }) => kind !== 'viewer' && access === 'open')).toEqual([]);
  });
});

describe('a viewer beside a front page that is somebody else’s', () => {
  const staff = html('<title>Staff</title><form><input type="password"></form>');

  it('is open though the front page asks for a login', async () => {
    const ui = html('<title>dcm4chee-arc-ui</title>');
    const evidence = await probe(({ path }) => (path === '/' ? staff : path === '/dcm4chee-arc/ui2/' ? ui : notFound));
    expect(evidence.doors).toMatchObject([{ kind: 'viewer', path: '/dcm4chee-arc/ui2/', access: 'open' }]);
  });

  it('is asked for where only the interface showed the product, and is no door where it is not there', async () => {
    const explorer = html('<title>Orthanc Explorer</title>');
    const welcome = html('<title>Welcome to nginx!</title>');
    const front: WebScript = ({ path }) => (path === '/' ? welcome : notFound);
    expect(door(await probe(orthanc('/orthanc', front)), 'viewer')).toBeUndefined();
    const both: WebScript = ({ path }) => (path === '/' ? welcome : path === '/orthanc/app/explorer.html' ? explorer : notFound);
    expect(door(await probe(orthanc('/orthanc', both)), 'viewer')).toMatchObject({ path: '/orthanc/app/explorer.html', access: 'open' });
  });
});

describe('a port that speaks TLS', () => {
  it.each<[string, (port: number) => string]>([
    ['says so', () => answer(400, {}, 'The plain HTTP request was sent to HTTPS port')],
    ['sends on to https at the same port', (port) => answer(301, { location: `https://127.0.0.1:${port}/` })],
  ])('and %s is asked again in TLS', async (_, first) => {
    await expect(probe(() => first(peer.endpoint.port))).rejects.toMatchObject({ heard: 'tls', constructor: NotThisProtocol });
  });

  it('is not meant by https at another port', async () => {
    const evidence = await probe(() => answer(301, { location: 'https://127.0.0.1/' }));
    expect(evidence.front.redirect).toBe('https-same-host');
  });
});

describe('folders that list themselves in XML', () => {
  const dicom = `${'\u0000'.repeat(128)}DICM`;
  const bucket = (...keys: readonly string[]): string =>
    `<?xml version="1.0"?><ListBucketResult xmlns="x">${keys.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('')}</ListBucketResult>`;
  const multistatus = (...paths: readonly string[]): string =>
    `<D:multistatus xmlns:D="DAV:">${paths.map((path) => `<D:response><D:href>${path}</D:href></D:response>`).join('')}</D:multistatus>`;
  const files = (): readonly string[] => peer.requests.filter(({ headers }) => headers['range'] === 'bytes=0-131').map(({ path }) => path);

  it.each<[string, string, number, object | null]>([
    ['are DICOM', dicom, 2, { value: 3, basis: 'at-least' }],
    ['only sound like it', 'nothing of the kind', 0, null],
  ])('a bucket whose files %s', async (_, content, confirmedDicom, images) => {
    const evidence = await probe(({ path }) => {
      if (path === '/') return answer(200, { 'content-type': 'application/xml' }, bucket('a b/&amp;1.dcm', '2.dcm', '3.dcm', 'dump.sql', '../../../4.txt'));
      return path.endsWith('.dcm') ? answer(206, {}, content) : notFound;
    });
    expect(door(evidence, 'bucket')).toMatchObject({ access: 'open', content: { dicom: 3, database: 1 }, confirmedDicom, images });
    expect(files()).toEqual(['/a%20b/%261.dcm', '/2.dcm']);
  });

  it('WebDAV: the same, and of no other folder', async () => {
    const evidence = await probe(({ method, path }) => {
      if (method === 'OPTIONS') return answer(200, { dav: '1', allow: 'GET, OPTIONS, PROPFIND' });
      if (method === 'PROPFIND') return answer(207, {}, multistatus('/', '/1.dcm', 'http://elsewhere.example/2.dcm', '/3%20.dcm', '/sub/'));
      return path.endsWith('.dcm') ? answer(206, {}, dicom) : notFound;
    });
    expect(door(evidence, 'webdav')).toMatchObject({ access: 'open', content: { dicom: 3, folder: 1 }, confirmedDicom: 2, images: { value: 3 } });
    expect(files()).toEqual(['/1.dcm', '/3%20.dcm']);
  });
});

describe('who asks', () => {
  it.each<[string, string | undefined, string]>([
    ['without a scope file', undefined, 'DOSIMETER/TEST'],
    ['with the contact of the scope file', 'security@hospital.example, +49 30 1', 'DOSIMETER/TEST (contact: security@hospital.example, +49 30 1)'],
    ['and nothing that a header has no place for', 'J\u00fcrgen (IT)\r\nx: y\\', 'DOSIMETER/TEST (contact: Jrgen ITx: y)'],
  ])('%s', async (_, contact, userAgent) => {
    await probe(() => notFound, contact === undefined ? {} : { contact });
    expect(new Set(peer.requests.map(({ headers }) => headers['user-agent']))).toEqual(new Set([userAgent]));
  });
});
