/** Every fact and every verdict about real Orthanc and DCMTK servers, started here from Debian's packages on 127.0.0.1. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProbeSettings } from '../../src/model/probe.js';
import type { DicomEvidence } from '../../src/protocols/dicom/evidence.js';
import type { TlsEvidence } from '../../src/protocols/tls/evidence.js';
import { missingPackages, skipLive } from './packages.js';
import { type LiveLab, type LiveServer, openLab } from './processes.js';
import { scanPort } from './scan.js';
import { fillOrthanc, type LiveVariant, variants } from './servers.js';
import { liveCanary, liveTruth } from './synthetic-instance.js';

const exact = (value: number) => ({ value, basis: 'exact', low: value, high: value });

/** With the evidence that these tests look at. */
async function scan(port: number, more: Partial<ProbeSettings> = {}) {
  const scanned = await scanPort(port, more);
  return { ...scanned, dicom: scanned.evidence<DicomEvidence>('dicom'), tls: scanned.evidence<TlsEvidence>('tls') };
}

const dcmtk = { classUid: expect.stringMatching(/^1\.2\.276\.0\.7230010\.3\.0\./), versionName: expect.stringMatching(/^OFFIS_DCMTK_/) };
const acceptedBy = (dicom: DicomEvidence | undefined): readonly string[] =>
  Object.entries(dicom?.contexts ?? {})
    .filter(([, result]) => result === 'accepted')
    .map(([name]) => name);

const queries = ['patient-root-find', 'study-root-find', 'patient-root-move', 'study-root-move', 'patient-root-get', 'study-root-get'];
const storage = ['storage-ct', 'storage-mr', 'storage-cr', 'storage-dx', 'storage-us', 'storage-sc'];
const orthancContexts = ['verification', ...queries, ...storage, 'storage-commitment'];

describe.skipIf(skipLive)('real servers', { timeout: 120_000 }, () => {
  let lab: LiveLab;
  const servers = new Map<LiveVariant, Promise<LiveServer>>();
  const server = (variant: LiveVariant): Promise<LiveServer> => {
    const running = servers.get(variant) ?? lab.start(variant, variants[variant]);
    servers.set(variant, running);
    return running;
  };

  beforeAll(() => {
    if (missingPackages().length > 0) throw new Error(`live tests are required and need: apt-get install -y ${missingPackages().join(' ')}`);
    lab = openLab();
  }, 60_000);
  afterAll(() => lab?.stop(), 60_000);

  it('Orthanc, open: everything is listed, counted exactly, and no name is kept', async () => {
    const orthanc = await server('orthanc-open');
    await fillOrthanc(orthanc);
    const { endpoint, dicom, verdicts, kept } = await scan(orthanc.port);
    expect(dicom).toMatchObject({
      transport: 'plain',
      association: { answer: 'accepted' },
      strangerAssociation: { answer: 'accepted' },
      userIdentity: 'ignored',
      implementation: dcmtk,
      maximumPduLength: 16_384,
      echo: { answer: 'success', status: 0 },
      query: { answer: 'success', status: 0, rows: 0 },
      archive: { method: 'at-once', cost: { requests: 2, responses: liveTruth.studies + liveTruth.patients + 2 }, ended: 'complete' },
      sample: 'taken',
      release: 'released',
    });
    expect(acceptedBy(dicom)).toEqual(orthancContexts);
    expect(endpoint.product).toMatchObject({ id: 'orthanc' });
    expect(endpoint.service).toBe('dicom');
    expect(endpoint.exposure).toMatchObject({
      images: exact(liveTruth.images),
      studies: exact(liveTruth.studies),
      patients: exact(liveTruth.patients),
      timeline: liveTruth.timeline,
    });
    expect(endpoint.exposure?.identifiers).toMatchObject({
      PatientName: 'real-looking',
      PatientID: 'real-looking',
      PatientBirthDate: 'real-looking',
      PatientSex: 'real-looking',
    });
    expect(endpoint.rights).toMatchObject({ read: 'yes', create: 'negotiated' });
    expect(verdicts).toMatchObject({
      'cleartext-dicom': 'fail',
      'any-caller-accepted': 'fail',
      'any-called-ae-accepted': 'fail',
      'open-query': 'fail',
      'open-retrieve': 'fail',
      'open-store': 'fail',
      'images-readable': 'fail',
      'patient-identifiers-exposed': 'fail',
    });
    expect(kept).not.toContain(liveCanary);
    expect(kept).not.toContain('19010203');
  });

  it('Orthanc that gives two results an answer at most: counted exactly all the same, in parts', async () => {
    const orthanc = await server('orthanc-limited');
    await fillOrthanc(orthanc);
    const { endpoint, dicom } = await scan(orthanc.port);
    expect(dicom).toMatchObject({ archive: { method: 'in-parts', answerLimit: 2, dates: 'honoured' }, release: 'released' });
    expect(endpoint.exposure).toMatchObject({ images: exact(liveTruth.images), studies: exact(liveTruth.studies), timeline: liveTruth.timeline });
    expect(endpoint.exposure?.patients).toMatchObject({ low: liveTruth.patients });
  });

  it('Orthanc, open, without a sample: the classes of identifiers stay unknown', async () => {
    const { dicom, verdicts } = await scan((await server('orthanc-open')).port, { sample: false });
    expect(dicom).toMatchObject({ sample: 'switched-off', identifiers: {} });
    expect(verdicts['patient-identifiers-exposed']).toBe('unknown');
  });

  it('Orthanc, open, at touch handshake: negotiated, and nothing was asked', async () => {
    const { dicom, endpoint, verdicts } = await scan((await server('orthanc-open')).port, { touch: 'handshake' });
    expect(dicom).toMatchObject({
      association: { answer: 'accepted' },
      echo: { answer: 'not-tried' },
      query: { answer: 'not-tried' },
      archive: null,
      release: 'released',
    });
    expect(endpoint.rights.read).toBe('negotiated');
    expect(verdicts).toMatchObject({ 'any-caller-accepted': 'fail', 'open-query': 'unknown' });
  });

  it('Orthanc at touch connect: an open port, and no byte was sent', async () => {
    const { endpoint } = await scan((await server('orthanc-open')).port, { touch: 'connect' });
    expect(endpoint.service).toBe('open port');
    expect(endpoint.observations.map((observation) => observation.traffic)).toEqual([{ connections: 1, messagesSent: 0, bytesSent: 0, bytesReceived: 0 }]);
  });

  it('Orthanc that checks the called AE title: the door is not passed, so nothing more is claimed', async () => {
    const { dicom, verdicts, endpoint } = await scan((await server('orthanc-ae-checked')).port);
    expect(dicom).toMatchObject({
      association: { answer: 'rejected', result: 1, source: 1, reason: 7, meaning: 'called-ae-not-recognised' },
      echo: { answer: 'not-tried' },
    });
    expect(endpoint.rights).toEqual({ read: 'unknown', create: 'unknown', edit: 'unknown', delete: 'unknown' });
    expect(verdicts).toMatchObject({
      'cleartext-dicom': 'fail',
      'any-called-ae-accepted': 'pass',
      'any-caller-accepted': 'unknown',
      'open-query': 'unknown',
      'images-readable': 'unknown',
    });
  });

  it('the same with its title: associations for all, storage negotiated, C-FIND aborted', async () => {
    const { dicom, verdicts, endpoint } = await scan((await server('orthanc-ae-checked')).port, { calledAeTitle: 'SECUREPACS' });
    expect(dicom).toMatchObject({
      calledTitle: 'given',
      strangerAssociation: { answer: 'accepted' },
      echo: { answer: 'success' },
      query: { answer: 'aborted' },
      archive: null,
      release: 'aborted',
    });
    expect(endpoint.rights).toMatchObject({ read: 'no', create: 'negotiated' });
    expect(verdicts).toMatchObject({ 'any-caller-accepted': 'fail', 'open-query': 'pass', 'open-store': 'fail' });
    expect(verdicts['open-retrieve']).not.toBe('fail');
    expect(verdicts['images-readable']).not.toBe('fail');
  });

  it('Orthanc that lists its callers: the stranger is refused', async () => {
    const { dicom, verdicts, endpoint } = await scan((await server('orthanc-callers-listed')).port, { calledAeTitle: 'SECUREPACS' });
    expect(dicom).toMatchObject({ association: { answer: 'rejected', result: 1, source: 1, reason: 3, meaning: 'calling-ae-not-recognised' } });
    expect(endpoint.rights).toMatchObject({ read: 'no', create: 'no' });
    expect(verdicts).toMatchObject({
      'cleartext-dicom': 'fail',
      'any-caller-accepted': 'pass',
      'open-query': 'pass',
      'open-store': 'pass',
      'images-readable': 'pass',
    });
  });

  it('Orthanc with DICOM TLS: found inside TLS, encrypted, and just as open', async () => {
    const orthanc = await server('orthanc-tls');
    await fillOrthanc(orthanc);
    const { dicom, tls, verdicts, endpoint, kept } = await scan(orthanc.port);
    expect(tls).toMatchObject({
      versions: { 'TLSv1.2': 'offered', SSLv3: 'refused' },
      certificate: { subject: 'CN=live-test-server', selfSigned: false, key: { type: 'rsa', bits: 2048 } },
    });
    expect(tls?.clientCertificate).not.toBe('required');
    expect(dicom).toMatchObject({ transport: 'tls', association: { answer: 'accepted' }, query: { answer: 'success' } });
    expect(endpoint.service).toBe('dicom over tls');
    expect(endpoint.exposure).toMatchObject({ images: exact(liveTruth.images), studies: exact(liveTruth.studies), patients: exact(liveTruth.patients) });
    expect(verdicts).toMatchObject({ 'cleartext-dicom': 'pass', 'no-client-certificate': 'fail', 'expired-certificate': 'pass', 'open-query': 'fail' });
    expect(kept).not.toContain(liveCanary);
  });

  it('Orthanc with mutual TLS: stopped at the certificate, so DICOM stays unknown', async () => {
    const { dicom, tls, verdicts, endpoint } = await scan((await server('orthanc-mtls')).port);
    expect(tls).toMatchObject({ clientCertificate: 'required' });
    expect(dicom).toBeUndefined();
    expect(endpoint.service).toBe('tls');
    expect(endpoint.exposure).toBeNull();
    expect(verdicts).toMatchObject({ 'no-client-certificate': 'pass', 'open-query': 'unknown', 'any-caller-accepted': 'unknown' });
  });

  it('storescp: a sink that takes storage from anyone and lists nothing', async () => {
    const { dicom, verdicts, endpoint } = await scan((await server('storescp')).port);
    expect(acceptedBy(dicom)).toEqual(['verification', ...storage]);
    expect(dicom).toMatchObject({ implementation: dcmtk, echo: { answer: 'success' }, query: { answer: 'not-negotiated' }, release: 'released' });
    expect(endpoint.product).toMatchObject({ id: 'dcmtk' });
    expect(verdicts).toMatchObject({ 'any-caller-accepted': 'fail', 'open-store': 'fail', 'open-query': 'not-applicable' });
    expect(verdicts['images-readable']).not.toBe('fail');
  });

  it('storescp --refuse: rejects everybody without a reason, which says nothing about callers', async () => {
    const { dicom, verdicts } = await scan((await server('storescp-refusing')).port);
    expect(dicom).toMatchObject({ association: { answer: 'rejected', result: 1, source: 1, reason: 1, meaning: 'no-reason-given' } });
    expect(verdicts).toMatchObject({ 'any-caller-accepted': 'unknown', 'open-query': 'unknown' });
  });

  it('dcmqrscp for any peer: asks for its title first, then lists everything', async () => {
    const qr = await server('dcmqrscp-open');
    const closed = await scan(qr.port);
    expect(closed.dicom).toMatchObject({ association: { answer: 'rejected', result: 1, source: 1, reason: 7 } });
    expect(closed.verdicts).toMatchObject({ 'any-called-ae-accepted': 'pass', 'any-caller-accepted': 'unknown' });
    const { dicom, verdicts, endpoint, kept } = await scan(qr.port, { calledAeTitle: 'LIVEQR' });
    expect(dicom).toMatchObject({
      query: { answer: 'success' },
      archive: { ended: 'complete', imagesFrom: 'image-list' },
      sample: 'taken',
      release: 'released',
    });
    expect(endpoint.product).toMatchObject({ id: 'dcmtk' });
    expect(endpoint.exposure).toMatchObject({ images: exact(liveTruth.images), studies: exact(liveTruth.studies), patients: exact(liveTruth.patients) });
    expect(verdicts).toMatchObject({ 'open-query': 'fail', 'any-caller-accepted': 'fail', 'patient-identifiers-exposed': 'fail' });
    expect(kept).not.toContain(liveCanary);
  });

  it('dcmqrscp with a list of peers: says "called AE" for an unknown caller too, so the caller check stays unknown', async () => {
    const { dicom, verdicts } = await scan((await server('dcmqrscp-callers-listed')).port, { calledAeTitle: 'LIVEQR' });
    expect(dicom).toMatchObject({ association: { answer: 'rejected', result: 1, source: 1, reason: 7, meaning: 'called-ae-not-recognised' } });
    expect(verdicts).toMatchObject({ 'any-caller-accepted': 'unknown', 'open-query': 'unknown' });
  });

  it('no server was sent anything but associations, C-ECHO, C-FIND and C-CANCEL', async () => {
    for (const variant of ['storescp', 'dcmqrscp-open'] as const) {
      const log = (await server(variant)).log();
      expect(log).toMatch(/Association Received|Received Association|Association Acknowledged/);
      expect(log).not.toMatch(/C-STORE|Received Store|Store Request|C-MOVE|Move SCP Request|C-GET|Get SCP Request/i);
    }
  });
});
