// What the scripts that prepare a checkout share. Needs nothing but Node and npm.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../', import.meta.url));

/** The npm that started this script, else the one on the path. */
export function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('npm-cli.js')) return [process.execPath, [cli, ...args]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', args];
}

export function start(program, args, env = {}) {
  return spawnSync(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env }, shell: program.endsWith('.cmd') });
}

export function say(what) {
  process.stderr.write(`dosimeter: ${what}\n`);
}
