// node bench/shares.mjs, after npm run build: Dosimeter beside nmap's scripts on real FTP, SMB and NFS servers, whole process, and what each learnt.
// Runs in a network namespace of its own, whose only interface is the loopback: needs root, nmap and the servers of bench/share-servers.mjs.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { paired } from './paired.mjs';
import { ftpFacts, nfsFacts, smbFacts, traces } from './share-facts.mjs';
import { fill, fillFlat, ganesha, missing, path, samba, stateOf, vsftpd } from './share-servers.mjs';

const cli = fileURLToPath(new URL('../bin/dosimeter.js', import.meta.url));
const runs = Number(process.env.BENCH_RUNS ?? 7);
const smbScripts = 'smb-protocols,smb2-security-mode,smb-enum-shares';

/** `hosts`: addresses of one server that listens on all of them. */
const suites = [
  { name: 'FTP, vsftpd', server: vsftpd, ports: '21', peerPorts: '21', scripts: 'ftp-anon', facts: ftpFacts },
  {
    name: 'SMB, Samba, SMB 2 and 3',
    server: (home, share) => samba(home, share, 'SMB2_02'),
    ports: '445',
    peerPorts: '445',
    scripts: smbScripts,
    facts: smbFacts(false),
  },
  {
    name: 'SMB, Samba, SMB 1 too',
    server: (home, share) => samba(home, share, 'NT1'),
    ports: '445',
    peerPorts: '445',
    scripts: smbScripts,
    facts: smbFacts(true),
  },
  { name: 'NFS, Ganesha', server: ganesha, ports: '111,2049', peerPorts: '111,2049', scripts: 'rpcinfo,nfs-showmount,nfs-ls', facts: nfsFacts },
];

for (const suite of suites.filter(({ facts }) => facts === ftpFacts || facts === nfsFacts)) {
  suites.push({ ...suite, name: `${suite.name}, a share of one folder`, isFlat: true });
}

function timed(command, args) {
  const startedAt = process.hrtime.bigint();
  const { status, error, stdout } = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, PATH: path }, stdio: ['ignore', 'pipe', 'ignore'] });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
  return { seconds: Number(process.hrtime.bigint() - startedAt) / 1e9, stdout };
}

const dosimeter = ({ ports }, hosts) =>
  timed(process.execPath, [cli, 'scan', hosts, '--ports', ports, ...'--quiet --store memory: --format json --fail-on none'.split(' ')]);
const nmap = ({ peerPorts, scripts }, hosts) => timed('nmap', ['-Pn', '-n', '-p', peerPorts, '--script', scripts, hosts]);

/** 1 host and 20: the first is mostly what it costs to start, the difference is what a host costs. */
function rowsOf(suite) {
  return [
    ['1 host', '127.9.30.1'],
    ['20 hosts', '127.9.30.1-20'],
  ].map(([hosts, addresses]) =>
    paired(
      `${suite.name}, ${hosts}`,
      runs,
      () => dosimeter(suite, addresses).seconds,
      () => nmap(suite, addresses).seconds,
    ),
  );
}

async function inside() {
  spawnSync('ip', ['link', 'set', 'lo', 'up'], { env: { PATH: path } });
  spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', '/run']);
  const home = mkdtempSync(join(tmpdir(), 'dosimeter-bench-'));
  chmodSync(home, 0o755);
  const full = fill(home);
  const flat = fillFlat(home);
  const wanted = process.env.BENCH_SHARES;
  const rows = [];
  try {
    for (const suite of suites.filter(({ name }) => !wanted || name.startsWith(wanted))) {
      const share = suite.isFlat ? flat : full;
      const stop = await suite.server(home, share);
      try {
        const before = stateOf(share);
        const { stdout: report } = dosimeter(suite, '127.9.30.1');
        const between = stateOf(share);
        const { stdout: text } = nmap(suite, '127.9.30.1');
        const words = (first, second) => (first === second ? 'none' : 'some');
        if (!suite.isFlat) console.log(`\n${suite.name}: what a caller without an account can be told`);
        if (!suite.isFlat) console.table([...suite.facts(JSON.parse(report), text), traces(words(before, between), words(between, stateOf(share)))]);
        rows.push(...rowsOf(suite));
      } finally {
        await stop();
      }
    }
    console.table(rows);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

if (process.argv[2] === 'inside') await inside();
else if (process.getuid?.() !== 0) console.log('bench/shares.mjs is left out: it needs root');
else if (missing().length > 0) console.log(`bench/shares.mjs is left out: apt-get install ${missing().join(' ')}`);
else {
  const args = ['--net', '--mount', '--propagation', 'private', process.execPath, fileURLToPath(import.meta.url), 'inside'];
  process.exitCode = spawnSync('unshare', args, { stdio: 'inherit', env: { ...process.env, PATH: path } }).status ?? 1;
}
