/** Samba for the live tests: one smbd of Debian's package on 127.0.0.1 with shares that are filled here, and everything that it was asked, from its log. */
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LiveServer, Start } from './processes.js';
import { liveCanary, liveCorpus, syntheticInstance } from './synthetic-instance.js';

export interface SambaVariant {
  /** Lines of [global]. */
  readonly global?: readonly string[];
  /** Lines of each share for guests. */
  readonly share?: readonly string[];
}

/** A guest is let in under any name that nobody has, as Debian ships it. */
export const guestsAllowed = ['map to guest = Bad User', 'guest account = nobody'];

/** Shares: `imaging` (12 images, two reports, a folder that everybody may change), `backup$` (hidden), one that is named after a person, and `staff` (no guests). */
export function samba({ global = guestsAllowed, share = ['read only = yes', 'guest ok = yes'] }: SambaVariant): Start {
  return async ({ home, port }) => {
    for (const folder of ['lock', 'state', 'cache', 'private', 'run', 'ncalrpc']) mkdirSync(join(home, folder));
    for (const folder of ['lock', 'run']) chmodSync(join(home, folder), 0o755);
    fillShares(home);
    const section = (name: string, path: string, lines: readonly string[]) => [`[${name}]`, `comment = ${liveCanary}`, `path = ${path}`, ...lines];
    const config = [
      '[global]',
      'workgroup = LIVETEST',
      'server role = standalone server',
      `netbios name = ${liveCanary}`,
      'interfaces = 127.0.0.1/8',
      'bind interfaces only = yes',
      `smb ports = ${port}`,
      'disable spoolss = yes',
      'load printers = no',
      'printing = bsd',
      // More would fill the pipe while smbclient is waited for.
      global.includes('server max protocol = NT1') ? 'log level = 3' : 'log level = 1 smb2:10 smb:3',
      ...(['lock', 'state', 'cache'] as const).map((name) => `${name} directory = ${join(home, name)}`),
      `private dir = ${join(home, 'private')}`,
      `pid directory = ${join(home, 'run')}`,
      `ncalrpc dir = ${join(home, 'ncalrpc')}`,
      'passdb backend = tdbsam',
      ...global,
      ...section('imaging', join(home, 'share'), share),
      ...section('backup$', join(home, 'share', 'archive'), share),
      ...section(`${liveCanary}_ct`, join(home, 'share', 'incoming'), share),
      ...section('staff', join(home, 'share'), ['read only = yes', 'guest ok = no']),
    ];
    const file = join(home, 'smb.conf');
    writeFileSync(file, `${config.join('\n')}\n`);
    // In a process group of its own, which it ends when it ends.
    return ['smbd', '-F', '--debug-stdout', '-s', file];
  };
}

function fillShares(home: string): void {
  const archive = join(home, 'share', 'archive', liveCanary);
  const incoming = join(home, 'share', 'incoming');
  mkdirSync(archive, { recursive: true });
  mkdirSync(incoming);
  for (const [index, spec] of liveCorpus.entries()) writeFileSync(join(archive, `IM${String(index + 1).padStart(6, '0')}`), syntheticInstance(spec));
  for (const name of [`${liveCanary}.pdf`, 'report.hl7']) writeFileSync(join(home, 'share', name), 'synthetic\n');
  writeFileSync(join(incoming, 'slice.dcm'), syntheticInstance({ patient: 1, study: 9, series: 9, instance: 9, studyDate: '20240101' }));
  chmodSync(incoming, 0o777);
  chmodSync(join(incoming, 'slice.dcm'), 0o666);
}

/** Every file and folder: contents, and when it or what is in it last changed. A file that came and went leaves its mark on its folder. */
export function shareState({ home }: LiveServer): readonly string[] {
  const share = join(home, 'share');
  const state = (path: string): string => {
    const seen = statSync(path, { bigint: true });
    const content = seen.isDirectory() ? 'folder' : createHash('sha256').update(readFileSync(path)).digest('hex');
    return [path, seen.mode, seen.size, seen.mtimeNs, seen.ctimeNs, content].join(' ');
  };
  return [share, ...readdirSync(share, { recursive: true }).map((name) => join(share, String(name)))].map(state).sort();
}

/** SMB2 commands that the server says it was sent. */
export function commandsAsked(server: LiveServer): readonly string[] {
  return [...new Set([...server.log().matchAll(/opcode\[(SMB2_OP_[A-Z]+)\]/g)].map(([, name]) => String(name)))].sort();
}

/** SMB 1 commands that the server says it was sent. */
export function smb1CommandsAsked(server: LiveServer): readonly string[] {
  return [...new Set([...server.log().matchAll(/switch message (SMB[A-Za-z0-9]+) /g)].map(([, name]) => String(name)))].sort();
}
