/** The DICOM servers of the live tests: Orthanc and DCMTK in their variants, filled with the synthetic corpus. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, type LiveServer, type Place, type Start } from './processes.js';
import { liveCorpus, syntheticInstance } from './synthetic-instance.js';

/** Orthanc's storage is filled through a first start with open REST on loopback, then it is started as the variant asks. */
function orthanc(settings: (place: Place) => Record<string, unknown>): Start {
  return async (place) => {
    const httpPort = await freePort();
    const file = join(place.home, 'orthanc.json');
    const base = {
      Name: 'live test',
      StorageDirectory: join(place.home, 'db'),
      IndexDirectory: join(place.home, 'db'),
      DicomPort: place.port,
      HttpPort: httpPort,
      RemoteAccessAllowed: true,
      AuthenticationEnabled: false,
      ConcurrentJobs: 1,
      HttpThreadsCount: 4,
      DicomAlwaysAllowMove: false,
    };
    writeFileSync(file, JSON.stringify({ ...base, ...settings(place) }));
    fillLater.set(place.port, httpPort);
    return ['Orthanc', file];
  };
}

/** DICOM port → REST port of the Orthanc servers. */
const fillLater = new Map<number, number>();

/** Loads the corpus through the REST interface; call it after `start`. */
export async function fillOrthanc(server: LiveServer): Promise<void> {
  const httpPort = fillLater.get(server.port);
  await restIsUp(`http://127.0.0.1:${httpPort}/system`);
  for (const spec of liveCorpus) {
    const response = await fetch(`http://127.0.0.1:${httpPort}/instances`, { method: 'POST', body: Buffer.from(syntheticInstance(spec)) });
    if (!response.ok) throw new Error(`Orthanc did not take an instance: ${response.status}`);
  }
}

/** Orthanc opens its DICOM port before its REST port. Gives up after some 30 seconds. */
async function restIsUp(url: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await (await fetch(url)).arrayBuffer();
      return;
    } catch (error) {
      if (tries === 300) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

const tlsFiles = ({ folder }: Place) => ({
  DicomTlsEnabled: true,
  DicomTlsCertificate: join(folder, 'server.crt'),
  DicomTlsPrivateKey: join(folder, 'server.key'),
  DicomTlsTrustedCertificates: join(folder, 'ca.crt'),
});

const openToAll = {
  DicomAet: 'ORTHANC',
  DicomCheckCalledAet: false,
  DicomAlwaysAllowEcho: true,
  DicomAlwaysAllowStore: true,
  DicomAlwaysAllowFind: true,
  DicomAlwaysAllowGet: true,
};
const closedToStrangers = { DicomAlwaysAllowEcho: false, DicomAlwaysAllowStore: false, DicomAlwaysAllowFind: false, DicomAlwaysAllowGet: false };

function dcmqrscp(peers: string): Start {
  return async ({ home, port }) => {
    const storage = join(home, 'storage');
    mkdirSync(storage);
    const files = liveCorpus.map((spec, index) => {
      const path = join(storage, `IM${index}`);
      writeFileSync(path, syntheticInstance(spec));
      return path;
    });
    execFileSync('dcmqridx', [storage, ...files], { stdio: 'ignore' });
    const config = [
      `NetworkTCPPort  = ${port}`,
      'MaxPDUSize      = 16384',
      'MaxAssociations = 8',
      'HostTable BEGIN',
      'trusted = (TRUSTEDWS, localhost, 2000)',
      'HostTable END',
      'VendorTable BEGIN',
      'VendorTable END',
      'AETable BEGIN',
      `LIVEQR  ${storage}  RW (200, 1024mb)  ${peers}`,
      'AETable END',
      '',
    ];
    writeFileSync(join(home, 'qr.cfg'), config.join('\n'));
    return ['dcmqrscp', '-v', '-c', join(home, 'qr.cfg'), String(port)];
  };
}

export const variants = {
  'orthanc-open': orthanc(() => openToAll),
  'orthanc-limited': orthanc(() => ({ ...openToAll, LimitFindResults: 2 })),
  /** Orthanc's shipped policy (echo and store for all, queries for known peers), with the called AE title checked. */
  'orthanc-ae-checked': orthanc(() => ({ DicomAet: 'SECUREPACS', DicomCheckCalledAet: true, DicomAlwaysAllowFind: false, DicomAlwaysAllowGet: false })),
  'orthanc-callers-listed': orthanc(() => ({ DicomAet: 'SECUREPACS', DicomCheckCalledAet: true, ...closedToStrangers })),
  'orthanc-tls': orthanc((place) => ({ ...openToAll, ...tlsFiles(place), DicomTlsRemoteCertificateRequired: false })),
  'orthanc-mtls': orthanc((place) => ({ ...openToAll, ...tlsFiles(place), DicomTlsRemoteCertificateRequired: true })),
  storescp: async ({ home, port }: Place) => ['storescp', '-v', '--fork', '-od', home, String(port)],
  'storescp-refusing': async ({ home, port }: Place) => ['storescp', '-v', '--fork', '--refuse', '-od', home, String(port)],
  'dcmqrscp-open': dcmqrscp('ANY'),
  'dcmqrscp-callers-listed': dcmqrscp('trusted'),
} satisfies Record<string, Start>;

export type LiveVariant = keyof typeof variants;
