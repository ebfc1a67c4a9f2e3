// Puts what the program is made of into a few files: Node opens some 500 modules otherwise, which takes longer than a small scan.
// Needs what `tsc -b` made. The licences of the libraries that are in it stand beside it.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './npm.mjs';

const folder = join(root, 'dist/bundle');
const input = Object.fromEntries(['main', 'scan-thread'].map((name) => [name, join(root, `dist/cli/${name}.js`)]));
/** Native code, and what is loaded only where it is asked for. */
const external = ['better-sqlite3', 'pino', '@litko/yara-x'];

rmSync(folder, { recursive: true, force: true });
const bundle = await rolldown({ input, external, platform: 'node', logLevel: 'warn' });
const { output } = await bundle.write({ dir: folder, format: 'esm', hashCharacters: 'hex' });
await bundle.close();

const libraries = new Set(output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds.flatMap(libraryOf) : [])));
writeFileSync(
  join(folder, 'LICENCES.txt'),
  [...libraries]
    .sort()
    .map(licenceOf)
    .join(`\n${'-'.repeat(80)}\n\n`),
);

function libraryOf(path) {
  const [, inside] = path.split(`node_modules${sep}`).slice(-2);
  if (inside === undefined) return [];
  const [first, second] = inside.split(sep);
  return [first.startsWith('@') ? `${first}/${second}` : first];
}

function licenceOf(name) {
  const place = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
  const file = readdirSync(place).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file && existsSync(join(place, file)) ? readFileSync(join(place, file), 'utf8').trim() : '';
  return `${name} ${version}, ${license}\n\n${text}\n`;
}
