/**
 * NFS-Ganesha with its own rpcbind on addresses of 127.0.0.0/8, with the usual ports: 111, 2049 and 20048. Each pair has a mount namespace of its own for
 * /run and /var/lib/nfs, so that several run side by side and none touches the machine's. Needs root for that and for port 111.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { liveCanary, syntheticInstance } from './synthetic-instance.js';

export interface NfsLab {
  /** Folders by name, each a copy of the same small archive. */
  folder(name: string): string;
  /** Permissions and owner of one entry; before the server starts. */
  permit(path: string, mode: number, owner?: number, group?: number): void;
  start(address: string, exports: readonly string[], options?: ServerOptions): Promise<void>;
  /** Names, kinds, permissions, sizes, dates of change and contents of everything that is exported, as one number. */
  fingerprint(): string;
  /** Everything that the servers wrote down. */
  log(): string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Default: 3 and 4. */
  readonly protocols?: string;
  readonly minorVersions?: string;
  /** Default: true. */
  readonly hasRpcbind?: boolean;
}

export const mayRunNfs = process.getuid?.() === 0;

/** Files in each folder, and images among them. */
export const nfsTruth = { files: 8, folders: 3, images: 5 } as const;

export function openNfsLab(): NfsLab {
  const home = mkdtempSync(join(tmpdir(), 'dosimeter-nfs-'));
  chmodSync(home, 0o755);
  const preload = join(home, 'loopback-only.so');
  execFileSync('gcc', ['-O1', '-shared', '-fPIC', '-o', preload, fileURLToPath(new URL('loopback-only.c', import.meta.url)), '-ldl']);
  const exported = join(home, 'srv');
  mkdirSync(exported);
  const children: ChildProcess[] = [];
  return {
    folder: (name) => fill(join(exported, name)),
    permit(path, mode, owner = 0, group = 0) {
      chownSync(path, owner, group);
      chmodSync(path, mode);
    },
    async start(address, exports, options = {}) {
      const place = join(home, address);
      mkdirSync(join(place, 'state'), { recursive: true });
      writeFileSync(join(place, 'ganesha.conf'), configuration(address, exports, options));
      // With IPv6 in it, rpcbind 1.2.6 binds the same address twice and aborts.
      writeFileSync(join(place, 'netconfig'), readFileSync('/etc/netconfig', 'utf8').replace(/^\S+6\s.*\n/gm, ''));
      writeFileSync(join(place, 'run.sh'), runScript(place, address, preload, options.hasRpcbind ?? true));
      const child = spawn('unshare', ['--mount', '--propagation', 'private', '--kill-child=SIGTERM', '--fork', 'sh', join(place, 'run.sh')], {
        stdio: 'ignore',
        detached: true,
        env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
      });
      children.push(child);
      await waitFor(address, 2_049, child, join(place, 'ganesha.log'));
    },
    fingerprint: () => fingerprint(exported),
    log: () =>
      readdirSync(home, { withFileTypes: true })
        .filter((entry) => entry.name.startsWith('127.'))
        .map((entry) => readFileSync(join(home, entry.name, 'ganesha.log'), 'utf8'))
        .join('\n'),
    async stop() {
      await Promise.all(children.map(endGroup));
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Five images under a canary's name, and three other files; two of them may be given other permissions. */
function fill(folder: string): string {
  const patient = join(folder, `${liveCanary}_Wilhelmina`);
  mkdirSync(join(patient, 'CT'), { recursive: true });
  mkdirSync(join(folder, 'closed'));
  for (let instance = 1; instance <= 5; instance += 1)
    writeFileSync(join(patient, 'CT', `IM00000${instance}`), syntheticInstance({ patient: 1, study: 1, series: 1, instance, studyDate: '20200101' }));
  writeFileSync(join(patient, `${liveCanary}.pdf`), '%PDF-1.4 synthetic');
  writeFileSync(join(folder, 'backup.sql'), 'synthetic');
  writeFileSync(join(folder, 'closed', `${liveCanary}.txt`), 'synthetic');
  utimesSync(folder, 1_600_000_000, 1_600_000_000);
  return folder;
}

function configuration(address: string, exports: readonly string[], { protocols = '3,4', minorVersions = '0,1,2' }: ServerOptions): string {
  return [
    `NFS_CORE_PARAM { Bind_addr = ${address}; NFS_Port = 2049; MNT_Port = 20048; Protocols = ${protocols}; Enable_NLM = false; Enable_RQUOTA = false; Enable_UDP = false; }`,
    `NFSv4 { RecoveryBackend = fs; Grace_Period = 1; Lease_Lifetime = 10; Minor_Versions = ${minorVersions}; }`,
    'NFS_KRB5 { Active_krb5 = false; }',
    'LOG { Default_Log_Level = EVENT; }',
    ...exports.map((lines, index) => `EXPORT { Export_Id = ${index + 1}; Protocols = ${protocols}; Transports = TCP; ${lines} FSAL { Name = VFS; } }`),
    '',
  ].join('\n');
}

function runScript(place: string, address: string, preload: string, hasRpcbind: boolean): string {
  return `set -e
mount -t tmpfs tmpfs /run
mkdir -p /run/ganesha /run/rpcbind
mount --bind '${place}/state' /var/lib/nfs
mkdir -p /var/lib/nfs/ganesha
if [ ${hasRpcbind ? 1 : 0} = 1 ]; then
  mount --bind '${place}/netconfig' /etc/netconfig
  LD_PRELOAD='${preload}' LISTEN_ADDRESS=${address} rpcbind -f &
  for _ in $(seq 50); do [ -S /run/rpcbind.sock ] && break; sleep 0.1; done
fi
exec ganesha.nfsd -F -L '${place}/ganesha.log' -f '${place}/ganesha.conf' -p /run/ganesha/pid -N EVENT
`;
}

async function waitFor(host: string, port: number, child: ChildProcess, log: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await accepts(host, port)) return;
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing listens on ${host}:${port}: is port 111 taken, or is this not root?\n${readFileSync(log, 'utf8').slice(-2_000)}`);
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, host);
    socket.once('connect', () => resolve(socket.end() && true));
    socket.once('error', () => resolve(false));
  });
}

/** The shell, rpcbind and Ganesha are one process group of their own. */
function endGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const hard = setTimeout(() => process.kill(-pid, 'SIGKILL'), 10_000);
    child.once('exit', () => {
      clearTimeout(hard);
      resolve();
    });
    process.kill(-pid, 'SIGTERM');
  });
}

function fingerprint(folder: string): string {
  const hash = createHash('sha256');
  const visit = (path: string): void => {
    const { mode, uid, gid, size, mtimeMs, ino } = lstatSync(path);
    hash.update(JSON.stringify([path, mode, uid, gid, size, mtimeMs, ino]));
    if (lstatSync(path).isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else hash.update(readFileSync(path));
  };
  visit(folder);
  return hash.digest('hex');
}
