/** rsync daemons for the live tests, over a small folder of synthetic files, and what their log says of callers. */
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillFtp } from './ftp-servers.js';
import type { LiveServer, Start } from './processes.js';
import { liveCanary } from './synthetic-instance.js';

/** Lines of the module `imaging`, and sections behind it. HOME is filled in. */
export function rsyncDaemon(lines: readonly string[], behind: readonly string[] = []): Start {
  return async ({ home, port }) => {
    const share = fillFtp(home, false);
    writeFileSync(join(home, 'secrets'), 'backup:synthetic\n');
    chmodSync(join(home, 'secrets'), 0o600);
    writeFileSync(join(home, 'motd'), 'Maintenance on Sunday\n');
    const owner = process.getuid?.() === 0 ? ['uid = root', 'gid = root'] : [];
    const config = [
      ...['use chroot = no', ...owner, `log file = ${join(home, 'rsyncd.log')}`, `motd file = ${join(home, 'motd')}`, 'reverse lookup = no'],
      ...['[imaging]', `path = ${share}`, `comment = ${liveCanary}`, ...lines],
      ...behind,
    ].map((line) => line.replaceAll('HOME', home));
    const file = join(home, 'rsyncd.conf');
    writeFileSync(file, `${config.join('\n')}\n`);
    return ['rsync', '--daemon', '--no-detach', `--config=${file}`, '--address=127.0.0.1', `--port=${port}`];
  };
}

/** Under root the daemon writes as root: what is refused then is refused by its configuration. */
export const uploadsAnnounced = (log: string): number => [...log.matchAll(/ rsync to /g)].length;

export const rsyncLog = ({ home }: LiveServer): string => join(home, 'rsyncd.log');
