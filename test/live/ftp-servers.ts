/** vsftpd, ProFTPD and Pure-FTPd for the live tests, each over the same small folder of synthetic files, and what they say that they were asked. Need root. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LiveServer, Start } from './processes.js';
import { liveCanary, liveCorpus, syntheticInstance } from './synthetic-instance.js';

/** Where `unpack-ftp-servers.sh` puts the two that cannot be installed beside vsftpd. */
const unpacked = fileURLToPath(new URL('../../node_modules/.cache/ftp-servers', import.meta.url));
const libraries = (): string => {
  const folder = join(unpacked, 'usr/lib');
  return readdirSync(folder)
    .filter((name) => name.endsWith('-linux-gnu'))
    .map((name) => join(folder, name))
    .join(':');
};
export const isUnpacked = (): boolean => ['proftpd', 'pure-ftpd'].every((name) => existsSync(join(unpacked, 'usr/sbin', name)));

/** They give up root for the user of anonymous callers. */
export const mayRunFtp = process.getuid?.() === 0;

export const ftpTruth = { files: 15, folders: 3, images: 13 } as const;

/** The user of anonymous callers; vsftpd's package makes it. */
const anonymousUser = (): readonly [number, number] => {
  const id = (option: string): number => Number(execFileSync('id', [option, 'ftp'], { encoding: 'utf8' }));
  return [id('-u'), id('-g')];
};

/** Twelve images in a folder that is named after a person, a slice in a folder that belongs to anonymous callers where they may write, and two reports. */
export function fillFtp(home: string, writable: boolean): string {
  const share = join(home, 'share');
  const archive = join(share, 'archive', liveCanary);
  const incoming = join(share, 'incoming');
  mkdirSync(archive, { recursive: true });
  mkdirSync(incoming);
  for (const [index, spec] of liveCorpus.entries()) writeFileSync(join(archive, `IM${String(index + 1).padStart(6, '0')}`), syntheticInstance(spec));
  for (const name of [`${liveCanary} report.pdf`, 'report.hl7']) writeFileSync(join(share, name), 'synthetic\n');
  writeFileSync(join(incoming, 'slice.dcm'), syntheticInstance({ patient: 1, study: 9, series: 9, instance: 9, studyDate: '20240101' }));
  if (writable) chownSync(incoming, ...anonymousUser());
  for (const folder of [home, share]) chmodSync(folder, 0o755);
  return share;
}

/** Every file and folder: contents, and when it or what is in it last changed. */
export function ftpState({ home }: LiveServer): readonly string[] {
  const share = join(home, 'share');
  const state = (path: string): string => {
    const seen = statSync(path, { bigint: true });
    const content = seen.isDirectory() ? 'folder' : createHash('sha256').update(readFileSync(path)).digest('hex');
    return [path, seen.mode, seen.size, seen.mtimeNs, seen.ctimeNs, content].join(' ');
  };
  return [share, ...readdirSync(share, { recursive: true }).map((name) => join(share, String(name)))].map(state).sort();
}

interface FtpOptions {
  /** Lines of the configuration; HOME and CERTIFICATES are filled in. */
  readonly lines?: readonly string[];
  readonly writable?: boolean;
}

const filled = (lines: readonly string[], home: string, folder: string): readonly string[] =>
  lines.map((line) => line.replaceAll('HOME', home).replaceAll('CERTIFICATES', folder));

/** Lines of the remedies name files of an ordinary machine. */
export const withTestCertificate = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.replace('/etc/ssl/certs/ftp.crt', 'CERTIFICATES/server.crt').replace('/etc/ssl/private/ftp.key', 'HOME/server.key'));

export function vsftpd({ lines = [], writable = false }: FtpOptions): Start {
  return async ({ home, port, folder }) => {
    const share = fillFtp(home, writable);
    mkdirSync(join(home, 'empty'));
    copyFileSync(join(folder, 'server.key'), join(home, 'server.key'));
    const base = [
      ...['listen=YES', 'listen_ipv6=NO', 'listen_address=127.0.0.1', `listen_port=${port}`, 'background=NO', 'seccomp_sandbox=NO'],
      ...['anonymous_enable=NO', 'local_enable=NO', `anon_root=${share}`, `secure_chroot_dir=${join(home, 'empty')}`, 'pam_service_name=vsftpd'],
      ...['nopriv_user=nobody', 'ftpd_banner=Live test', 'xferlog_enable=YES', 'log_ftp_protocol=YES', `vsftpd_log_file=${join(home, 'ftp.log')}`],
    ];
    const file = join(home, 'vsftpd.conf');
    writeFileSync(file, `${[...base, ...filled(lines, home, folder)].join('\n')}\n`);
    return ['vsftpd', file];
  };
}

/** `outside`: lines of the server; `lines` stand in `<Anonymous>`, which is left out where there are none. */
export function proftpd({ lines, outside = [], writable = false }: FtpOptions & { readonly outside?: readonly string[] }): Start {
  return async ({ home, port, folder }) => {
    const share = fillFtp(home, writable);
    copyFileSync(join(folder, 'server.key'), join(home, 'server.key'));
    chmodSync(join(home, 'server.key'), 0o600);
    const anonymous = lines && [`<Anonymous ${share}>`, 'User ftp', 'Group nogroup', 'UserAlias anonymous ftp', ...lines, '</Anonymous>'];
    const config = [
      `ModulePath ${join(unpacked, 'usr/lib/proftpd')}`,
      ...filled(
        outside.filter((line) => line.startsWith('LoadModule')),
        home,
        folder,
      ),
      ...[
        'ServerName "Live test"',
        'ServerType standalone',
        'DefaultServer on',
        'DefaultAddress 127.0.0.1',
        `Port ${port}`,
        'SocketBindTight on',
        'UseIPv6 off',
      ],
      ...[
        'UseReverseDNS off',
        'WtmpLog off',
        'User nobody',
        'Group nogroup',
        'DelayEngine off',
        'RequireValidShell off',
        'MaxInstances 10',
        'TransferLog NONE',
      ],
      ...[`ScoreboardFile ${join(home, 'scoreboard')}`, `PidFile ${join(home, 'pid')}`, `SystemLog ${join(home, 'system.log')}`],
      ...['LogFormat asked "%m %b %s"', `ExtendedLog ${join(home, 'ftp.log')} ALL asked`],
      ...filled(
        outside.filter((line) => !line.startsWith('LoadModule')),
        home,
        folder,
      ),
      ...(anonymous ? filled(anonymous, home, folder) : []),
    ];
    const file = join(home, 'proftpd.conf');
    writeFileSync(file, `${config.join('\n')}\n`);
    return ['env', `LD_LIBRARY_PATH=${libraries()}`, join(unpacked, 'usr/sbin/proftpd'), '-n', '-q', '-c', file];
  };
}

/** The folder of its anonymous callers is the home of the user ftp: in a mount namespace of its own it becomes ours. */
export function pureFtpd(options: readonly string[], writable = false): Start {
  return async ({ home, port, folder }) => {
    const share = fillFtp(home, writable);
    const pem = join(home, 'pure-ftpd.pem');
    writeFileSync(pem, `${readFileSync(join(folder, 'server.key'), 'utf8')}${readFileSync(join(folder, 'server.crt'), 'utf8')}`, { mode: 0o600 });
    const anonymousHome = execFileSync('getent', ['passwd', 'ftp'], { encoding: 'utf8' }).split(':')[5] ?? '/srv/ftp';
    mkdirSync(anonymousHome, { recursive: true });
    const command = [join(unpacked, 'usr/sbin/pure-ftpd'), '-4', '-S', `127.0.0.1,${port}`, '-H', '-c', '10', '-g', join(home, 'pid'), '-2', pem, ...options];
    const script = `mount --bind '${share}' '${anonymousHome}' && exec env LD_LIBRARY_PATH='${libraries()}' ${command.join(' ')}`;
    return ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script];
  };
}

/** Commands that the server says it was sent, without their arguments. */
export function ftpCommandsAsked({ home }: LiveServer): readonly string[] {
  const file = join(home, 'ftp.log');
  const log = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const asked = [...log.matchAll(/FTP command: Client "[^"]*", "([A-Z]+)|^([A-Z]{3,4}) (?:\d+|-) \d*$/gm)].map(
    ([, vsftpd, proftpd]) => vsftpd ?? proftpd ?? '',
  );
  return [...new Set(asked)].sort();
}
