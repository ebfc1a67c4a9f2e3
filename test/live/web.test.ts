/** What a scan says of real web servers, started here from Debian's packages on 127.0.0.1, and that it changes nothing there. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as remedies from '../../src/checks/web-remedies.js';
import type { ProductRemedy } from '../../src/model/check.js';
import type { DicomEvidence } from '../../src/protocols/dicom/evidence.js';
import type { HttpEvidence, WebDoor } from '../../src/protocols/http/evidence.js';
import { missingPackages, skipLive } from './packages.js';
import { freePort, type LiveLab, type LiveServer, openLab, type Start } from './processes.js';
import { scanPort } from './scan.js';
import { liveCanary, liveTruth } from './synthetic-instance.js';
import { apache, fill, lighttpd, loginPage, nginx, orthancWeb, stateOf } from './web-servers.js';

const exact = (value: number) => ({ value, basis: 'exact', low: value, high: value });
const doorOf = (evidence: HttpEvidence | undefined, kind: WebDoor['kind']): WebDoor | undefined => evidence?.doors.find((door) => door.kind === kind);

async function scan(port: number, ...more: Parameters<typeof scanPort> extends [unknown, ...infer Rest] ? Rest : never) {
  const scanned = await scanPort(port, ...more);
  expect(scanned.kept).not.toContain(liveCanary);
  const evidence = scanned.evidence<HttpEvidence>('http');
  return { ...scanned, evidence, verdicts: scanned.verdicts };
}

/** Every file and when it was changed. */
function treeOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true }).map((name) => `${name} ${statSync(join(folder, String(name))).mtimeMs}`);
}

/** As printed in the report; the file of passwords lies in the test's own folder. */
const applied = ({ lines }: ProductRemedy): string => lines.join('\n').replace(/\/etc\/(?:nginx|apache2)\/pacs\.htpasswd/, 'HOME/htpasswd');

describe.skipIf(skipLive)('real web servers', { timeout: 120_000 }, () => {
  let lab: LiveLab;
  beforeAll(() => {
    if (missingPackages().length > 0) throw new Error(`live tests are required and need: apt-get install -y ${missingPackages().join(' ')}`);
    lab = openLab();
  }, 60_000);
  afterAll(() => lab?.stop(), 60_000);
  const start = (command: Start): Promise<LiveServer> => lab.start('web', command);

  describe('Orthanc', () => {
    let open: LiveServer;
    beforeAll(async () => {
      open = await start(orthancWeb({}));
      await fill(open);
    }, 60_000);

    it('without a login: version, exact counts, every right, and nothing is changed', async () => {
      const before = await stateOf(open);
      const { endpoint, evidence, verdicts } = await scan(open.port);
      expect(await stateOf(open)).toEqual(before);
      expect(endpoint.product).toMatchObject({ id: 'orthanc', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
      expect(endpoint.rights).toEqual({ read: 'yes', create: 'negotiated', edit: 'negotiated', delete: 'negotiated' });
      expect(endpoint.exposure).toMatchObject({ images: exact(liveTruth.images), studies: exact(liveTruth.studies), patients: exact(liveTruth.patients) });
      expect(endpoint.exposure?.identifiers).toMatchObject({ PatientName: expect.any(String), PatientID: expect.any(String) });
      expect(doorOf(evidence, 'dicomweb')).toMatchObject({ path: '/dicom-web/studies', access: 'open', rights: { create: 'negotiated' } });
      expect(doorOf(evidence, 'dicomweb')?.wado).toBe('offered');
      expect(doorOf(evidence, 'webdav')).toMatchObject({ path: '/webdav/', access: 'open', rights: { create: 'negotiated', delete: 'negotiated' } });
      expect(evidence?.requests).toBeLessThanOrEqual(60);
      expect(verdicts).toMatchObject({
        'open-archive-api': 'fail',
        'open-dicomweb': 'fail',
        'web-write-allowed': 'fail',
        'web-delete-allowed': 'fail',
        'portal-without-login': 'fail',
        'images-readable': 'fail',
        'search-engine-indexable': 'fail',
        'cross-origin-readable': 'pass',
        'cleartext-login': 'not-applicable',
        'known-vulnerable-version': 'fail',
      });
    });

    it('and its DICOM port beside it: both doors show that they lead to one archive', async () => {
      const dicomPort = await freePort();
      const server = await start(orthancWeb({ DicomPort: dicomPort, DicomAlwaysAllowFind: true }));
      await fill(server);
      const archiveKey = 'a secret of this scan';
      const web = await scan(server.port, { archiveKey });
      const dimse = await scanPort(dicomPort, { archiveKey });
      const mark = dimse.evidence<DicomEvidence>('dicom')?.archive?.mark;
      expect(mark).toMatchObject({ studies: liveTruth.studies, hash: expect.stringMatching(/^[0-9a-f]{32}$/) });
      expect(doorOf(web.evidence, 'dicomweb')?.mark).toEqual(mark);
      const other = await scanPort(dicomPort, { archiveKey: 'that of another' });
      expect(other.evidence<DicomEvidence>('dicom')?.archive?.mark?.hash).not.toBe(mark?.hash);
    });

    it('behind a proxy that lets through DICOMweb alone: counted page by page, and the same studies', async () => {
      const location = `location /dicom-web/ { proxy_pass http://127.0.0.1:${open.port}; } location / { return 404; }`;
      const proxy = await start(nginx({ server: location }));
      const { endpoint, evidence } = await scan(proxy.port, { archiveKey: 'key' });
      expect(endpoint.exposure).toMatchObject({ images: exact(liveTruth.images), studies: exact(liveTruth.studies), counting: { source: 'qido-rs' } });
      expect(endpoint.exposure?.timeline.reduce((sum, { studies }) => sum + studies, 0)).toBe(liveTruth.studies);
      expect(doorOf(evidence, 'dicomweb')?.mark).toEqual(doorOf((await scan(open.port, { archiveKey: 'key' })).evidence, 'dicomweb')?.mark);
    });

    it('leaves everything at touch handshake', async () => {
      const { evidence, endpoint } = await scan(open.port, { touch: 'handshake' });
      expect(evidence).toMatchObject({ doors: [], defaultAccount: 'not-tried', front: { kind: 'page' } });
      expect(endpoint.rights.read).toBe('unknown');
    });

    it('with a login, as the remedy has it: every door is closed, and the password travels in the clear', async () => {
      const settings = JSON.parse(`{${remedies.orthancLogin.lines.join('\n')}}`) as Record<string, unknown>;
      const closed = await start(orthancWeb(settings));
      await fill(closed, 'pacs-admin:a long random password');
      const before = await stateOf(closed, 'pacs-admin:a long random password');
      const { endpoint, evidence, verdicts } = await scan(closed.port, { touch: 'credentials' });
      expect(await stateOf(closed, 'pacs-admin:a long random password')).toEqual(before);
      expect(endpoint.product).toMatchObject({ id: 'orthanc', version: null });
      expect(endpoint.rights).toEqual({ read: 'no', create: 'no', edit: 'no', delete: 'no' });
      expect(endpoint.exposure).toBeNull();
      expect(evidence).toMatchObject({ login: { by: 'basic', submitsInClear: true }, defaultAccount: 'refused' });
      expect(verdicts).toMatchObject({
        'open-archive-api': 'pass',
        'open-dicomweb': 'pass',
        'web-write-allowed': 'pass',
        'web-delete-allowed': 'pass',
        'images-readable': 'pass',
        'patient-identifiers-exposed': 'pass',
        'cleartext-login': 'fail',
        'default-credentials': 'pass',
        'known-vulnerable-version': 'unknown',
      });
    });

    it('with its published account: found at touch credentials only', async () => {
      const settings = { AuthenticationEnabled: true, RegisteredUsers: { orthanc: 'orthanc' } };
      const shipped = await start(orthancWeb(settings));
      expect((await scan(shipped.port)).verdicts['default-credentials']).toBe('unknown');
      expect((await scan(shipped.port, { touch: 'credentials' })).verdicts['default-credentials']).toBe('fail');
    });

    it('behind nginx over TLS, open and with a login there', async () => {
      const proxy = `location / { proxy_pass http://127.0.0.1:${open.port}; proxy_set_header Host $host; LOGIN }`;
      const bare = await start(nginx({ server: proxy.replace('LOGIN', ''), tls: true }));
      const seen = await scan(bare.port);
      expect(seen.endpoint).toMatchObject({ service: 'https', product: { id: 'orthanc' }, exposure: { images: exact(liveTruth.images) } });
      expect(seen.verdicts).toMatchObject({ 'open-archive-api': 'fail', 'expired-certificate': 'pass' });
      const guarded = await start(nginx({ server: proxy.replace('LOGIN', applied(remedies.nginxLogin)), tls: true }));
      const closed = await scan(guarded.port);
      expect(closed.endpoint.exposure).toBeNull();
      expect(closed.verdicts).toMatchObject({ 'cleartext-login': 'pass', 'images-readable': 'not-applicable' });
      const log = readFileSync(join(bare.home, 'access.log'), 'utf8')
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('- - 0 ')); // TLS hellos
      expect(log.length).toBeLessThanOrEqual(60);
      for (const line of log) expect(line).toMatch(/^(?:GET|OPTIONS|PROPFIND|POST) /);
      expect(log.filter((line) => /\/(?:instances|series)\/|requestType|\/(?:PUT|DELETE)|frames|rendered/i.test(line))).toEqual([]);
    });
  });

  describe('Orthanc behind a proxy', () => {
    it('that gives it a path of its own', async () => {
      const orthanc = await start(orthancWeb({}));
      await fill(orthanc);
      const server = `location /orthanc/ { proxy_pass http://127.0.0.1:${orthanc.port}/; }`;
      const { endpoint, evidence, verdicts } = await scan((await start(nginx({ server, page: '<!doctype html><title>Welcome</title>' }))).port);
      expect(endpoint).toMatchObject({ product: { id: 'orthanc' }, exposure: { images: exact(liveTruth.images) } });
      expect(evidence?.doors.map(({ path }) => path)).toEqual([
        '/orthanc/statistics',
        '/orthanc/webdav/',
        '/orthanc/dicom-web/studies',
        '/orthanc/app/explorer.html',
      ]);
      expect(evidence?.requests).toBeLessThanOrEqual(60);
      expect(verdicts).toMatchObject({ 'open-archive-api': 'fail', 'open-dicomweb': 'fail', 'portal-without-login': 'fail' });
    });

    it('whose TLS port sends plain requests on to itself', async () => {
      const orthanc = await start(orthancWeb({}));
      const server = `error_page 497 =301 https://$host:$server_port$request_uri; location / { proxy_pass http://127.0.0.1:${orthanc.port}; }`;
      const { endpoint, verdicts } = await scan((await start(nginx({ server, tls: true }))).port);
      expect(endpoint).toMatchObject({ service: 'https', product: { id: 'orthanc' } });
      expect(verdicts).toMatchObject({ 'open-archive-api': 'fail', 'outdated-tls': 'pass' });
    });
  });

  describe('remedies in front of an Orthanc', () => {
    const behind = async (lines: string, settings = {}): Promise<Awaited<ReturnType<typeof scan>>> => {
      const orthanc = await start(orthancWeb(settings));
      return scan((await start(nginx({ server: `location / { proxy_pass http://127.0.0.1:${orthanc.port}; ${lines} }` }))).port);
    };

    it('nginx, reading only: nobody may store, change or delete', async () => {
      const { endpoint, verdicts } = await behind(applied(remedies.nginxReadOnly));
      expect(endpoint.rights).toMatchObject({ read: 'yes', create: 'no', delete: 'unknown' }); // DICOMweb's own way to delete is not asked for
      expect(verdicts).toMatchObject({ 'open-archive-api': 'fail', 'web-write-allowed': 'pass' });
      expect(verdicts['web-delete-allowed']).not.toBe('fail');
    });

    it('nginx, one origin only', async () => {
      const any = 'add_header Access-Control-Allow-Origin $http_origin always; add_header Access-Control-Allow-Credentials true always;';
      expect((await behind(any)).verdicts['cross-origin-readable']).toBe('fail');
      expect((await behind(applied(remedies.nginxNoCors))).verdicts['cross-origin-readable']).toBe('pass');
    });

    it('Orthanc without WebDAV and with a login', async () => {
      const settings = JSON.parse(`{${remedies.orthancNoWebDav.lines.join('\n')}}`) as Record<string, unknown>;
      const { evidence, verdicts } = await behind('', settings);
      expect(doorOf(evidence, 'webdav')?.access).not.toBe('open');
      expect(verdicts).toMatchObject({ 'web-write-allowed': 'pass', 'open-archive-api': 'pass' });
    });
  });

  describe('listings', () => {
    it.each<[string, Start]>([
      ['nginx', nginx({})],
      ['apache-httpd', apache({})],
      ['lighttpd', lighttpd('dir-listing.activate = "enable"')],
    ])('%s: kinds of files, two of them looked at, nothing written', async (product, command) => {
      const server = await start(command);
      const before = treeOf(join(server.home, 'www'));
      const { endpoint, evidence, verdicts } = await scan(server.port);
      expect(treeOf(join(server.home, 'www'))).toEqual(before);
      expect(endpoint.product).toMatchObject({ id: product, version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
      expect(doorOf(evidence, 'listing')).toMatchObject({ path: '/', content: { dicom: 4, dicomdir: 1, database: 1, folder: 1 }, confirmedDicom: 2 });
      expect(endpoint.exposure?.images).toMatchObject({ value: 4, basis: 'at-least' });
      expect(evidence?.requests).toBeLessThanOrEqual(25);
      expect(verdicts).toMatchObject({
        'open-directory-listing': 'fail',
        'images-readable': 'fail',
        'search-engine-indexable': 'fail',
        'open-dicomweb': 'not-applicable',
      });
    });

    it('nginx: of a file no more than 132 bytes are asked for', async () => {
      const server = await start(nginx({}));
      await scan(server.port);
      const log = readFileSync(join(server.home, 'access.log'), 'utf8').trim().split('\n');
      const files = log.filter((line) => /\.(?:dcm|sql)|DICOMDIR/.test(line));
      expect(files).toHaveLength(2);
      for (const line of files) expect(line).toMatch(/\.dcm \d+ "bytes=0-131"$/);
    });

    it.each<[string, Start]>([
      ['nginx', nginx({ server: applied(remedies.nginxNoListing) })],
      ['Apache', apache({ inside: applied(remedies.apacheNoListing) })],
      ['lighttpd', lighttpd(applied(remedies.lighttpdNoListing))],
      ['nginx with a login', nginx({ server: `autoindex on; ${applied(remedies.nginxLogin)}` })],
      ['Apache with a login', apache({ server: `<Location "/">\n${applied(remedies.apacheLogin)}\n</Location>` })],
    ])('are closed by the remedy: %s', async (_, command) => {
      const { endpoint, verdicts } = await scan((await start(command)).port);
      expect(verdicts).toMatchObject({ 'open-directory-listing': 'not-applicable', 'images-readable': 'not-applicable' });
      expect(endpoint.exposure).toBeNull();
    });

    it.each<[string, Start]>([
      ['nginx', nginx({ server: `autoindex on; ${applied(remedies.nginxNoIndex)}` })],
      ['Apache', apache({ server: applied(remedies.apacheNoIndex) })],
      ['robots.txt', nginx({ server: 'autoindex on; location = /robots.txt { return 200 "User-agent: *\\nDisallow: /\\n"; }' })],
    ])('are kept from search engines: %s', async (_, command) => {
      const { verdicts } = await scan((await start(command)).port);
      expect(verdicts).toMatchObject({ 'open-directory-listing': 'fail', 'search-engine-indexable': 'pass' });
    });
  });

  describe('WebDAV', () => {
    it('Apache: the methods on offer, and nothing written', async () => {
      const server = await start(apache({ inside: 'Options +Indexes\nDav On' }));
      const before = treeOf(join(server.home, 'www'));
      const { evidence, verdicts } = await scan(server.port);
      expect(treeOf(join(server.home, 'www'))).toEqual(before);
      expect(doorOf(evidence, 'webdav')).toMatchObject({ access: 'open', rights: { read: 'yes', create: 'negotiated', delete: 'negotiated' } });
      expect(verdicts).toMatchObject({ 'web-write-allowed': 'fail', 'web-delete-allowed': 'fail', 'open-directory-listing': 'fail' });
    });

    it('Apache: closed by the remedy', async () => {
      const server = await start(apache({ inside: applied(remedies.apacheReadOnly) }));
      const { verdicts } = await scan(server.port);
      expect(verdicts['web-write-allowed']).not.toBe('fail');
      expect(verdicts['web-delete-allowed']).not.toBe('fail');
    });
  });

  describe('logins', () => {
    it('a form over http fails, over https passes', async () => {
      const plain = await scan((await start(nginx({ page: loginPage('/login') }))).port);
      expect(plain.evidence).toMatchObject({ front: { kind: 'login' }, login: { by: 'form', submitsInClear: true } });
      expect(plain.verdicts).toMatchObject({ 'cleartext-login': 'fail', 'open-directory-listing': 'not-applicable' });
      const hsts = remedies.nginxHttps.lines[1] ?? '';
      const secure = await scan((await start(nginx({ page: loginPage('/login'), tls: true, server: hsts }))).port);
      expect(secure.evidence).toMatchObject({ transport: 'tls', hsts: 31_536_000, login: { by: 'form', submitsInClear: false } });
      expect(secure.verdicts['cleartext-login']).toBe('pass');
    });

    it('Apache, sent on to https by the remedy', async () => {
      const { verdicts } = await scan(
        (await start(apache({ server: (remedies.apacheHttps.lines[0] ?? '').replace('pacs.hospital.example', '127.0.0.1') }))).port,
      );
      expect(verdicts).toMatchObject({ 'cleartext-login': 'pass', 'open-directory-listing': 'not-applicable' });
    });

    it('http that only sends on to https passes', async () => {
      const { evidence, verdicts } = await scan((await start(nginx({ server: 'return 301 https://$host$request_uri;' }))).port);
      expect(evidence?.front).toMatchObject({ redirect: 'https-same-host', kind: 'nothing' });
      expect(verdicts['cleartext-login']).toBe('pass');
    });

    it('a client certificate is asked for: no door is looked at', async () => {
      const server = await start(nginx({ tls: true, server: 'ssl_verify_client on; ssl_client_certificate HOME/../ca.crt;' }));
      const { evidence, verdicts } = await scan(server.port);
      expect(evidence).toMatchObject({ login: { by: 'certificate' }, doors: [] });
      expect(verdicts).toMatchObject({ 'cleartext-login': 'pass', 'open-dicomweb': 'not-applicable' });
    });
  });
});
