// npm run bench: each row a ratio against a peer in the same run. Nothing here is a test; nothing fails on a slow machine.
import { execFileSync, spawnSync } from 'node:child_process';
import { median, paired } from './paired.mjs';
import { dosimeter, here, started } from './whole-process.mjs';

const runs = Number(process.env.BENCH_RUNS ?? 7);
const ports = '104,4242,11112';
const webPorts = '8081,8082,8083,8084';
/** What it finds is not the question here. */
const quietly = ['--quiet', '--store', 'memory:', '--format', 'json', '--fail-on', 'none'];

const farm = (prefix, more = [], script = 'farm.mjs', portList = ports) => started(script, [prefix, portList, ...more]);

function seconds(command, args) {
  const startedAt = process.hrtime.bigint();
  const { status, error } = spawnSync(command, args, { stdio: 'ignore' });
  if (error) throw error;
  if (status !== 0 && status !== 1) throw new Error(`${command} ended with ${status}`);
  return Number(process.hrtime.bigint() - startedAt) / 1e9;
}

function hasNmap() {
  return spawnSync('nmap', ['--version'], { stdio: 'ignore' }).status === 0;
}

const ours = (prefix) => () => dosimeter(['scan', `${prefix}.1-250`, '--ports', ports, ...quietly]).seconds;
const nmap = (prefix) => () => seconds('nmap', ['-Pn', '-n', '-p', ports, '--script', 'dicom-ping', `${prefix}.1-250`]);

/** A scan of `hosts` x 4 web servers: seconds, messages sent and peak memory, from its own report. */
function webScan(prefix, hosts) {
  const { stdout, ...measured } = dosimeter(['scan', `${prefix}.1-${hosts}`, '--ports', webPorts, ...quietly]);
  const { summary, endpoints: seen } = JSON.parse(stdout);
  return {
    ...measured,
    servers: seen.length,
    messages: summary.traffic.messagesSent,
    most: Math.max(...seen.map(({ observations }) => observations.reduce((sum, { traffic }) => sum + traffic.messagesSent, 0))),
  };
}

function webRows(prefix) {
  const pairs = Array.from({ length: 3 }, () => {
    const ours = webScan(prefix, 250);
    const peer = Number(
      execFileSync(process.execPath, [here('web-loop.mjs'), prefix, webPorts, String(Math.round(ours.messages / ours.servers)), '32'], { encoding: 'utf8' }),
    );
    return { ours, peer };
  });
  const small = webScan(prefix, 63);
  const { servers, messages, most } = pairs[0].ours;
  const memory = median(pairs.map(({ ours }) => ours.megabytes));
  return [
    {
      name: `${servers} web servers, ${messages} messages (at most ${most} to one), against as many bare requests of node:http`,
      ours: `${median(pairs.map(({ ours }) => ours.seconds)).toFixed(2)} s`,
      peer: `${median(pairs.map(({ peer }) => peer)).toFixed(2)} s`,
      'peer ÷ ours': median(pairs.map(({ ours, peer }) => peer / ours.seconds)).toFixed(2),
    },
    {
      name: `peak memory for ${servers} web servers, against ${small.servers}`,
      ours: `${memory.toFixed(0)} MiB`,
      peer: `${small.megabytes.toFixed(0)} MiB`,
      'ours ÷ peer': (memory / small.megabytes).toFixed(2),
    },
  ];
}

const rows = [];
const children = [];
try {
  children.push(await farm('127.9.10'), await farm('127.9.11', ['10']), await farm('127.9.12', ['0', '100']));
  const fast = '127.9.10';
  if (hasNmap()) {
    rows.push(paired('250 hosts x 3 ports, whole process, against nmap dicom-ping', runs, ours(fast), nmap(fast)));
    rows.push(paired('the same, each answer after 100 ms', 3, ours('127.9.12'), nmap('127.9.12')));
    if (process.env.BENCH_TARPIT !== '0') rows.push(paired('the same, every tenth host silent', 1, ours('127.9.11'), nmap('127.9.11')));
  } else rows.push({ name: 'nmap is not installed: apt-get install nmap' });
  const rate = (script, ...more) => Number(execFileSync(process.execPath, [here(script), fast, ports, '8', '32', ...more], { encoding: 'utf8' }));
  const pairs = Array.from({ length: 3 }, () => ({
    bare: rate('bare-loop.mjs'),
    handshake: rate('probe-loop.mjs', 'handshake'),
    anonymous: rate('probe-loop.mjs', 'anonymous'),
  }));
  for (const touch of ['handshake', 'anonymous']) {
    rows.push({
      name: `probe at touch ${touch} against a bare associate loop, endpoints/s`,
      ours: median(pairs.map((pair) => pair[touch])),
      peer: median(pairs.map((pair) => pair.bare)),
      'ours ÷ peer': median(pairs.map((pair) => pair[touch] / pair.bare)).toFixed(2),
    });
  }
  children.push(await farm('127.9.20', [], 'web-farm.mjs', webPorts));
  rows.push(...webRows('127.9.20'));
  console.table(rows);
} finally {
  for (const child of children) child.kill('SIGTERM');
}
for (const part of ['scale.mjs', 'store.mjs', 'shares.mjs']) spawnSync(process.execPath, [here(part)], { stdio: 'inherit' });
