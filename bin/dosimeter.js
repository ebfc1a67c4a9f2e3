#!/usr/bin/env node
// Starts the command line. Says what to do where this Node is too old or the sources are not built.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
const main = new URL('../dist/cli/main.js', import.meta.url);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`dosimeter: needs Node 20.19 or newer; this is ${process.versions.node}\n`);
  process.exit(2);
}
if (!existsSync(fileURLToPath(main))) {
  process.stderr.write('dosimeter: not built yet: run "npm ci && npm run build" in the checkout\n');
  process.exit(2);
}
module.enableCompileCache?.(); // Node 22: compiled code is kept between runs
await import(main.href);
