// Real FTP, SMB and NFS servers of Debian's packages for bench/shares.mjs, on the usual ports of every address of 127.0.0.0/8. Meant for a network
// namespace and a mount namespace of its own: what is mounted here, and who listens here, nobody outside sees. Needs root for that.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const programs = {
  nmap: 'nmap',
  vsftpd: 'vsftpd',
  smbd: 'samba',
  'ganesha.nfsd': 'nfs-ganesha nfs-ganesha-vfs',
  rpcbind: 'rpcbind',
  unshare: 'util-linux',
  ip: 'iproute2',
};
export const path = `${process.env.PATH}:/usr/sbin:/sbin`;

/** Debian packages that are not here. */
export function missing() {
  const lacks = (program) => {
    try {
      execFileSync('sh', ['-c', `command -v ${program}`], { env: { PATH: path }, stdio: 'ignore' });
      return false;
    } catch {
      return true;
    }
  };
  return Object.keys(programs)
    .filter(lacks)
    .map((program) => programs[program]);
}

export const truth = { images: 24, files: 26 };
const guest = 65_534;

/** Patients with images, two reports, a folder that everybody may change as far as its permissions go, and one that belongs to the guest. */
export function fill(home) {
  const share = join(home, 'share');
  const image = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), Buffer.alloc(4_096)]);
  for (const patient of ['P1', 'P2', 'P3']) {
    mkdirSync(join(share, 'archive', patient), { recursive: true });
    for (let at = 1; at <= 7; at += 1) writeFileSync(join(share, 'archive', patient, `IM${String(at).padStart(6, '0')}`), image);
  }
  mkdirSync(join(share, 'incoming'));
  for (let at = 1; at <= 3; at += 1) writeFileSync(join(share, 'incoming', `slice${at}.dcm`), image);
  for (const name of ['report.pdf', 'report.hl7']) writeFileSync(join(share, name), 'synthetic\n');
  chmodSync(join(share, 'incoming'), 0o777);
  chownSync(join(share, 'incoming'), guest, guest);
  return share;
}

/** Four reports in one folder: as much work for whoever lists one folder as for whoever lists them all. */
export function fillFlat(home) {
  const share = join(home, 'flat');
  mkdirSync(share);
  for (let at = 1; at <= 4; at += 1) writeFileSync(join(share, `report${at}.pdf`), 'synthetic\n');
  return share;
}

/** Every file and folder, and when it or what is in it last changed. A file that came and went leaves its mark on its folder. */
export function stateOf(share) {
  const marks = (name) => {
    const { mode, size, mtimeNs, ctimeNs } = statSync(join(share, name), { bigint: true });
    return [name, mode, size, mtimeNs, ctimeNs].join(' ');
  };
  return ['.', ...readdirSync(share, { recursive: true })].map(marks).sort().join('\n');
}

/** Starts it and waits for the port. Gives what ends it. */
async function start(home, name, port, command, args) {
  const child = spawn(command, args, { cwd: home, env: { ...process.env, PATH: path }, stdio: 'ignore' });
  let ended = false;
  const exit = new Promise((resolve) => child.once('close', resolve));
  void exit.then(() => {
    ended = true;
  });
  for (let tries = 0; !(await accepts(port)); tries += 1) {
    if (ended || tries === 300) throw new Error(`${name} does not listen on port ${port}`);
    await pause(100);
  }
  return async () => {
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await exit;
    clearTimeout(hard);
  };
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(socket.end() && true));
    socket.once('error', () => resolve(false));
  });
}

/** Anonymous callers read; nobody writes, whatever the permissions of a folder say. */
export function vsftpd(home, share) {
  mkdirSync(join(home, 'empty'), { recursive: true });
  const lines = ['listen=YES', 'listen_ipv6=NO', 'background=NO', 'seccomp_sandbox=NO', 'anonymous_enable=YES', 'local_enable=NO', 'nopriv_user=nobody'];
  writeFileSync(join(home, 'vsftpd.conf'), [...lines, `anon_root=${share}`, `secure_chroot_dir=${join(home, 'empty')}`, ''].join('\n'));
  return start(home, 'vsftpd', 21, 'vsftpd', [join(home, 'vsftpd.conf')]);
}

/** Guests read `imaging`, `backup$` (hidden) and `incoming` (its folder is the guest's own, the share is read-only), and change `drop`. */
export function samba(home, share, oldest) {
  const own = join(home, `samba-${oldest}`);
  for (const name of ['lock', 'state', 'cache', 'private', 'run', 'ncalrpc']) mkdirSync(join(own, name), { recursive: true });
  for (const name of ['lock', 'run']) chmodSync(join(own, name), 0o755);
  const section = (name, folder, ...lines) => [`[${name}]`, `path = ${folder}`, ...lines];
  const guests = ['read only = yes', 'guest ok = yes'];
  const lines = [
    ...['[global]', 'server role = standalone server', 'smb ports = 445', 'disable spoolss = yes', 'load printers = no', 'printing = bsd'],
    ...['map to guest = Bad User', 'guest account = nobody', `server min protocol = ${oldest}`, `log file = ${join(own, 'log')}`],
    ...['lock', 'state', 'cache'].map((name) => `${name} directory = ${join(own, name)}`),
    ...[`private dir = ${join(own, 'private')}`, `pid directory = ${join(own, 'run')}`, `ncalrpc dir = ${join(own, 'ncalrpc')}`],
    ...section('imaging', share, ...guests),
    ...section('backup$', join(share, 'archive'), ...guests),
    ...section('incoming', join(share, 'incoming'), ...guests),
    ...section('drop', join(share, 'incoming'), 'read only = no', 'guest ok = yes'),
    ...section('staff', share, 'read only = yes', 'guest ok = no'),
  ];
  writeFileSync(join(own, 'smb.conf'), `${lines.join('\n')}\n`);
  return start(home, 'smbd', 445, 'smbd', ['-F', '-s', join(own, 'smb.conf')]);
}

/** Once in a namespace. */
function mountForGanesha(home) {
  for (const place of ['/run/ganesha', '/run/rpcbind', join(home, 'nfs')]) mkdirSync(place);
  execFileSync('mount', ['--bind', join(home, 'nfs'), '/var/lib/nfs']);
  mkdirSync('/var/lib/nfs/ganesha');
  // With IPv6 in it, rpcbind 1.2.6 binds the same address twice and aborts.
  writeFileSync(join(home, 'netconfig'), readFileSync('/etc/netconfig', 'utf8').replace(/^\S+6\s.*\n/gm, ''));
  execFileSync('mount', ['--bind', join(home, 'netconfig'), '/etc/netconfig']);
}

/** One export that everybody may read, over NFSv3 and NFSv4, with rpcbind. */
export async function ganesha(home, share) {
  if (!existsSync('/run/ganesha')) mountForGanesha(home);
  const config = [
    'NFS_CORE_PARAM { NFS_Port = 2049; MNT_Port = 20048; Protocols = 3,4; Enable_NLM = false; Enable_RQUOTA = false; Enable_UDP = false; }',
    'NFSv4 { RecoveryBackend = fs; Grace_Period = 1; Lease_Lifetime = 10; }',
    'NFS_KRB5 { Active_krb5 = false; }',
    `EXPORT { Export_Id = 1; Protocols = 3,4; Transports = TCP; Path = ${share}; Pseudo = /imaging; Access_Type = RO; Squash = root_squash; SecType = sys; FSAL { Name = VFS; } }`,
    '',
  ];
  writeFileSync(join(home, 'ganesha.conf'), config.join('\n'));
  const endPortmapper = await start(home, 'rpcbind', 111, 'rpcbind', ['-f']);
  const args = ['-F', '-L', join(home, 'ganesha.log'), '-f', join(home, 'ganesha.conf'), '-p', '/run/ganesha/pid', '-N', 'EVENT'];
  const endServer = await start(home, 'ganesha.nfsd', 2049, 'ganesha.nfsd', args);
  return async () => {
    await endServer();
    await endPortmapper();
  };
}
