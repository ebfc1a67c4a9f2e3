// Starts other programs and measures them from outside: seconds, and for our own the peak memory too.
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Resolves when it has printed its first line; ends with `stop`. */
export async function started(script, args) {
  const child = spawn(process.execPath, [here(script), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    child.once('exit', () => reject(new Error(`${script} did not start (ports below 1024 need root)`)));
  });
  return child;
}

/** Writes its own peak memory to file descriptor 3 when it ends. */
const tellMemory = `data:text/javascript,${encodeURIComponent(
  "import { writeSync } from 'node:fs'; import { isMainThread } from 'node:worker_threads'; if (isMainThread) process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)))",
)}`;

/** Our own command: seconds of the whole process, peak memory, and what it printed. */
export function dosimeter(args) {
  const startedAt = performance.now();
  const { stdout, output, status } = spawnSync(process.execPath, ['--import', tellMemory, here('../bin/dosimeter.js'), ...args], {
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  if (status !== 0) throw new Error(`dosimeter ${args[0]} ended with ${status}`);
  return { seconds: (performance.now() - startedAt) / 1000, megabytes: Number(output[3]) / 1024, stdout };
}
