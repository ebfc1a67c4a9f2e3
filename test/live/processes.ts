/** Starts real servers on 127.0.0.1 for the live tests and stops them by their own process ids. Knows none of them. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Place {
  readonly home: string;
  readonly port: number;
  /** Holds the certificates. */
  readonly folder: string;
}

/** Writes what the server needs into its home, and gives the command that starts it. */
export type Start = (place: Place) => Promise<readonly string[]>;

export interface LiveServer {
  readonly port: number;
  readonly home: string;
  readonly log: () => string;
}

export interface LiveLab {
  start(name: string, command: Start): Promise<LiveServer>;
  stop(): Promise<void>;
}

/** One folder, one certificate authority and one preload library for all servers of a test file. */
export function openLab(): LiveLab {
  const folder = mkdtempSync(join(tmpdir(), 'dosimeter-live-'));
  chmodSync(folder, 0o755); // web servers give up their rights before they read
  const preload = join(folder, 'loopback-only.so');
  execFileSync('gcc', ['-O1', '-shared', '-fPIC', '-o', preload, fileURLToPath(new URL('loopback-only.c', import.meta.url)), '-ldl']);
  makeCertificates(folder);
  const children: ChildProcess[] = [];
  return {
    async start(name, command) {
      const port = await freePort();
      const home = join(folder, `${name}-${port}`);
      mkdirSync(home);
      const [program = '', ...args] = await command({ home, port, folder });
      const path = `${process.env['PATH'] ?? ''}:/usr/sbin`;
      const child = spawn(program, args, {
        cwd: home,
        env: { ...process.env, PATH: path, LD_PRELOAD: preload, LISTEN_ADDRESS: '127.0.0.1' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      children.push(child);
      const logFile = join(home, 'log');
      const sink = createWriteStream(logFile);
      child.stdout?.pipe(sink, { end: false });
      child.stderr?.pipe(sink, { end: false });
      await waitForPort(port, child, logFile);
      return { port, home, log: () => readFileSync(logFile, 'utf8') };
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

export function freePort(): Promise<number> {
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
