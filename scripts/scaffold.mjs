// Shared by new-check and new-protocol: writes files that do not exist yet and adds lines to a list, then formats.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const at = (path) => `${root}${path}`;

/** `usage` is printed, and nothing written, where the name is not lower-case words joined by dashes. */
export function nameArgument(usage) {
  const name = process.argv[2] ?? '';
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) stop(usage);
  return name;
}

/** `open-door` → `openDoor`. */
export const camelCase = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/** Never overwrites. `files`: path → text. */
export function writeNew(files) {
  for (const path of Object.keys(files)) if (existsSync(at(path))) stop(`${path} exists already: take another name`);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), text);
    process.stdout.write(`wrote   ${path}\n`);
  }
}

/** Each edit: `[before, after]`; `before` has to be in the file exactly once. */
export function edit(path, edits) {
  let text = readFileSync(at(path), 'utf8');
  for (const [before, after] of edits) {
    if (text.split(before).length !== 2) stop(`${path} has changed its shape: add the lines by hand, then mend this script`);
    text = text.replace(before, () => after);
  }
  writeFileSync(at(path), text);
  process.stdout.write(`changed ${path}\n`);
}

/** Formats what was written and brings the generated documents up to date. */
export function tidy() {
  run('node_modules/@biomejs/biome/bin/biome', ['check', '--write', '--log-level=error']);
  run('node_modules/typescript/bin/tsc', ['-b']);
  run('scripts/generate-docs.mjs', []);
}

function run(program, args) {
  const { status } = spawnSync(process.execPath, [at(program), ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function stop(why) {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}
