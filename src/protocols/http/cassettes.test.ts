/**
 * Recorded conversations with scripted web servers, played back at one, three and 4096 bytes a read. DOSIMETER_CASSETTE=record
 * writes them anew. Sampling is off: a recording holds no identifying value, not even an invented one.
 */
import { expect } from 'vitest';
import { type RecordedScenario, testRecordedConversations } from '../../../test/fixtures/recorded-conversations.js';
import { strangerSettings } from '../../../test/hostile/probing.js';
import { answer, type WebScript, webPeer } from '../../../test/hostile/web-peer.js';
import type { HttpEvidence } from './evidence.js';
import { httpProbe } from './probe.js';

interface Scenario extends RecordedScenario {
  readonly script: WebScript;
}

const json = (value: unknown, type = 'application/json'): string => answer(200, { 'content-type': type }, JSON.stringify(value));
const html = (body: string, headers = {}): string => answer(200, { 'content-type': 'text/html', ...headers }, body);
const notFound = answer(404, {});
const study = (number: number, date: string, images: number) => ({
  '0020000D': { vr: 'UI', Value: [`1.2.${number}`] },
  '00080020': { vr: 'DA', Value: [date] },
  '00201208': { vr: 'IS', Value: [images] },
});

const scenarios: Readonly<Record<string, Scenario>> = {
  'open-orthanc': {
    legend: 'In the manner of Orthanc without a login: version, its own counts, and complaints about empty requests after the caller was let in.',
    script: ({ method, path }) => {
      if (path === '/') return answer(301, { location: 'app/explorer.html' });
      if (path === '/app/explorer.html') return html('<title>Orthanc Explorer</title>');
      if (path === '/system') return json({ ApiVersion: 18, DicomAet: 'ORTHANC', Version: '1.11.2' });
      if (path === '/statistics') return json({ CountInstances: 22, CountStudies: 3, CountPatients: 2 });
      return method === 'POST' ? answer(400, {}) : notFound;
    },
    shows: {
      product: { id: 'orthanc', version: '1.11.2' },
      doors: [{ kind: 'archive-api', access: 'open', images: { value: 22, basis: 'exact' } }, { kind: 'viewer' }],
    },
  },
  'orthanc-with-login': {
    legend: 'In the manner of Orthanc with a login: everything is answered with 401.',
    script: () => answer(401, { 'www-authenticate': 'Basic realm="Orthanc Secure Area"' }),
    shows: { product: { id: 'orthanc', version: null }, login: { by: 'basic', submitsInClear: true }, front: { kind: 'login' } },
  },
  'counted-study-by-study': {
    legend: 'A viewer whose configuration names an open DICOMweb service that counts nothing by itself: three studies are listed.',
    script: ({ method, path }) => {
      if (path === '/') return html('<title>OHIF Viewer</title><script src="/app-config.js"></script>');
      if (path === '/app-config.js') return answer(200, { 'content-type': 'text/javascript' }, "window.config = { dataSources: [{ qidoRoot: '/pacs/rs' }] }");
      if (!path.startsWith('/pacs/rs/studies')) return notFound;
      if (method === 'POST') return answer(415, {});
      const all = [study(1, '20180304', 10), study(2, '20180511', 5), study(3, '20190101', 7)];
      const offset = Number(/offset=(\d+)/.exec(path)?.[1] ?? 0);
      return json(path.includes('PatientID') ? [] : all.slice(offset, path.endsWith('limit=1') ? 1 : 100), 'application/dicom+json');
    },
    shows: {
      product: { id: 'ohif' },
      doors: [
        {
          kind: 'dicomweb',
          path: '/pacs/rs/studies',
          studies: { value: 3, basis: 'exact' },
          images: { value: 22 },
          timeline: [{ year: 2018, images: 15 }, { year: 2019 }],
        },
        {},
      ],
    },
  },
  'listing-of-images': {
    legend: 'In the manner of nginx with autoindex: a folder, two images and a DICOMDIR; of the images 132 bytes each are given.',
    script: ({ path }) => {
      if (path === '/')
        return html(
          '<title>Index of /</title><pre><a href="../">../</a> <a href="a.dcm">a.dcm</a> <a href="b.dcm">b.dcm</a> <a href="DICOMDIR">DICOMDIR</a></pre>',
        );
      return path.endsWith('.dcm') ? answer(206, {}, `${'\u0000'.repeat(128)}DICM`) : notFound;
    },
    shows: { doors: [{ kind: 'listing', content: { dicom: 2, dicomdir: 1 }, confirmedDicom: 2 }], front: { kind: 'listing' } },
  },
  'login-form': {
    legend: 'A portal: a form with a password field that is sent in the clear, and a cookie without Secure.',
    script: ({ path }) => (path === '/' ? html('<form action="/in"><input type="password"></form>', { 'set-cookie': 'session=1; HttpOnly' }) : notFound),
    shows: { login: { by: 'form', submitsInClear: true }, cookies: { count: 1, withoutSecure: 1, withoutHttpOnly: 0, withoutSameSite: 1 }, doors: [] },
  },
  'two-answers-at-once': {
    legend: 'A server that sends interim answers (103) and chunks in front of what was asked for.',
    script: ({ path }) =>
      path === '/'
        ? 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n7\r\n<title>\r\n3;x=y\r\nabc\r\n0\r\n\r\n'
        : notFound,
    shows: { front: { status: 200, kind: 'page' }, doors: [] },
  },
};

const settings = { ...strangerSettings, nonce: 'TAPE00', sample: false };

testRecordedConversations<Scenario, HttpEvidence>({
  folder: new URL('cassettes/', import.meta.url),
  scenarios,
  /** The endpoint is not dialled by the probe itself; its name stands in every request. */
  probe: (dial) => httpProbe.run({ endpoint: { host: '127.0.0.1', address: '127.0.0.1', port: 80 }, transport: 'plain', settings }, dial),
  async withPeer({ script }, talk) {
    const peer = await webPeer(script);
    await talk(peer.dial()).finally(() => peer.stop());
  },
  isRepeatable: false,
  check(_text, sent) {
    for (const request of sent)
      expect(String.fromCharCode(...request)).toMatch(
        /^(?:GET|OPTIONS|PROPFIND|POST) \/\S* HTTP\/1\.1\r\nhost: 127\.0\.0\.1\r\nuser-agent: DOSIMETER\/TEST\r\n/,
      );
  },
});
