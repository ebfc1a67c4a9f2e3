// npm run demo, npm test: on a fresh clone they install and build what they need first. Only Node and npm are required.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const require = createRequire(import.meta.url);
const [task, ...rest] = process.argv.slice(2);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) stop(`Dosimeter needs Node 20.19 or newer; this is ${process.versions.node}. See https://nodejs.org`);
if (task !== 'demo' && task !== 'test') stop('use: npm run demo, or npm test');

install();
run('building', process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b']);
if (task === 'test') prepareSqlite();
const program = task === 'demo' ? [join(root, 'bin/dosimeter.js'), 'demo'] : [join(root, 'node_modules/vitest/vitest.mjs'), 'run'];
process.exit(start(process.execPath, [...program, ...rest]).status ?? 1);

/** Once, and again after the lock file changed. Without install scripts: nothing of this needs a compiler. */
function install() {
  const installed = join(root, 'node_modules/.package-lock.json');
  const isCurrent = existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
  if (isCurrent && existsSync(join(root, 'node_modules/vitest'))) return;
  run('installing what Dosimeter stands on (once)', ...npm(['ci', '--ignore-scripts', '--include=dev', '--loglevel=error']));
}

/** Node 20 has no SQLite of its own: npm fetches or compiles better-sqlite3 for it, with this Node's own headers where they are there. */
function prepareSqlite() {
  if (hasNodeSqlite() || hasBetterSqlite()) return;
  const prefix = dirname(dirname(process.execPath));
  const env = existsSync(join(prefix, 'include/node/node.h')) ? { npm_config_nodedir: prefix } : {};
  say('preparing better-sqlite3 for this Node (once, about a minute)');
  const { status } = start(...npm(['rebuild', 'better-sqlite3', '--loglevel=error']), env);
  if (status !== 0) say('better-sqlite3 could not be prepared: Node 22.13 or newer needs none; else install a C++ compiler, make and python3');
}

function hasNodeSqlite() {
  return major > 22 || (major === 22 && minor >= 13);
}

function hasBetterSqlite() {
  try {
    const Database = require('better-sqlite3');
    new Database(':memory:').close();
    return true;
  } catch {
    return false;
  }
}

/** The npm that started this script, else the one on the path. */
function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('npm-cli.js')) return [process.execPath, [cli, ...args]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', args];
}

function run(what, program, args) {
  say(what);
  const { status } = start(program, args);
  if (status !== 0) stop(`${what} did not work; what is printed above says why`);
}

function start(program, args, env = {}) {
  return spawnSync(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env }, shell: program.endsWith('.cmd') });
}

function say(what) {
  process.stderr.write(`dosimeter: ${what}\n`);
}

function stop(why) {
  say(why);
  process.exit(2);
}
