/** Starts real Orthanc and DCMTK servers on 127.0.0.1 for the live tests and stops them by their own process ids. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { liveCorpus, syntheticInstance } from './synthetic-instance.js';

export interface LiveServer {
  readonly port: number;
  readonly log: () => string;
}

export interface LiveLab {
  start(variant: LiveVariant): Promise<LiveServer>;
  stop(): Promise<void>;
}

export type LiveVariant = keyof typeof variants;

/** One folder, one certificate authority and one preload library for all servers of a test file. */
export function openLab(): LiveLab {
  const folder = mkdtempSync(join(tmpdir(), 'dosimeter-live-'));
  const preload = join(folder, 'loopback-only.so');
  execFileSync('gcc', ['-O1', '-shared', '-fPIC', '-o', preload, fileURLToPath(new URL('loopback-only.c', import.meta.url)), '-ldl']);
  makeCertificates(folder);
  const children: ChildProcess[] = [];
  return {
    async start(variant) {
      const port = await freePort();
      const home = join(folder, `${variant}-${port}`);
      mkdirSync(home);
      const command = await variants[variant]({ home, port, folder });
      const child = spawn(command[0] ?? '', command.slice(1), {
        cwd: home,
        env: { ...process.env, LD_PRELOAD: preload, LISTEN_ADDRESS: '127.0.0.1' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      children.push(child);
      const logFile = join(home, 'log');
      const sink = createWriteStream(logFile);
      child.stdout?.pipe(sink, { end: false });
      child.stderr?.pipe(sink, { end: false });
      await waitForPort(port, child, logFile);
      return { port, log: () => readFileSync(logFile, 'utf8') };
    },
    async stop() {
      await Promise.all(children.map(stopChild));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
    child.once('exit', () => {
      clearTimeout(hard);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function waitForPort(port: number, child: ChildProcess, logFile: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the server ended at once:\n${readFileSync(logFile, 'utf8').slice(-2000)}`);
    if (await accepts(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing listens on 127.0.0.1:${port}:\n${readFileSync(logFile, 'utf8').slice(-2000)}`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(socket.end() && true));
    socket.once('error', () => resolve(false));
  });
}

function makeCertificates(folder: string): void {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '90', '-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=Live test CA');
  openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=live-test-server');
  openssl('x509', '-req', '-in', 'server.csr', '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '90', '-out', 'server.crt');
}

interface Place {
  readonly home: string;
  readonly port: number;
  /** Holds the certificates. */
  readonly folder: string;
}

type Start = (place: Place) => Promise<readonly string[]>;

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
  for (const spec of liveCorpus) {
    const response = await fetch(`http://127.0.0.1:${httpPort}/instances`, { method: 'POST', body: Buffer.from(syntheticInstance(spec)) });
    if (!response.ok) throw new Error(`Orthanc did not take an instance: ${response.status}`);
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

const variants = {
  'orthanc-open': orthanc(() => openToAll),
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
