// npm run demo, npm test: on a fresh clone they install and build what they need first. Only Node and npm are required.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { npm, root, say, start } from './npm.mjs';
import { prepareSqlite } from './prepare-sqlite.mjs';

const [task, ...rest] = process.argv.slice(2);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) stop(`Dosimeter needs Node 20.19 or newer; this is ${process.versions.node}. See https://nodejs.org`);
if (task !== 'demo' && task !== 'test') stop('use: npm run demo, or npm test');

install();
run('building', process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b']);
run('bundling', process.execPath, [join(root, 'scripts/bundle.mjs')]);
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

function run(what, program, args) {
  say(what);
  const { status } = start(program, args);
  if (status !== 0) stop(`${what} did not work; what is printed above says why`);
}

function stop(why) {
  say(why);
  process.exit(2);
}
