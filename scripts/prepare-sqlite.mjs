// Node 20 has no SQLite of its own: npm fetches or compiles better-sqlite3 for it, with this Node's own headers where they are there.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { npm, say, start } from './npm.mjs';

const require = createRequire(import.meta.url);

export function prepareSqlite() {
  if (hasNodeSqlite() || hasBetterSqlite()) return;
  const prefix = dirname(dirname(process.execPath));
  const env = existsSync(join(prefix, 'include/node/node.h')) ? { npm_config_nodedir: prefix } : {};
  say('preparing better-sqlite3 for this Node (once, about a minute)');
  const { status } = start(...npm(['rebuild', 'better-sqlite3', '--loglevel=error']), env);
  if (status !== 0) say('better-sqlite3 could not be prepared: Node 22.13 or newer needs none; else install a C++ compiler, make and python3');
}

function hasNodeSqlite() {
  const [major, minor] = process.versions.node.split('.').map(Number);
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

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) prepareSqlite();
