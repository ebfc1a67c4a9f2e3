#!/usr/bin/env node
// Starts the command line. Says what to do where this Node is too old or the sources are not built.
import { existsSync, statSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
const modules = new URL('../dist/cli/main.js', import.meta.url);
const bundle = new URL('../dist/bundle/main.js', import.meta.url);
const main = isCurrent() ? bundle : modules;
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

/** `tsc -b` alone makes modules that are newer than the bundle. A published package has no build information and one bundle. */
function isCurrent() {
  if (!existsSync(fileURLToPath(bundle))) return false;
  const bundled = statSync(fileURLToPath(bundle)).mtimeMs;
  const builds = ['node', 'pure'].map((name) => fileURLToPath(new URL(`../dist/${name}.tsbuildinfo`, import.meta.url)));
  return builds.every((build) => !existsSync(build) || bundled >= statSync(build).mtimeMs);
}
