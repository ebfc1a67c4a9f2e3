// npm run fuzz -- [--minutes N] [--target NAME] [--seed N]: damaged inputs for every decoder and parser, on all cores. What breaks one is made
// small and stored in test/fuzz/crashes/, where a test runs it from then on. The targets are in test/fuzz/targets/.
import { createHash, randomInt } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { rolldown } from 'rolldown';
import { root } from './npm.mjs';

const usage = 'use: npm run fuzz -- [--minutes N] [--target NAME] [--seed N]\n';
const { minutes, target, seed } = argumentsOf();
const built = join(root, '.build/fuzz');
const crashes = join(root, 'test/fuzz/crashes');
/** An input that takes longer never ends. */
const longestMs = 15_000;
const longestInput = 65_536;

process.chdir(root);
const { targetNames, fileNameOf } = await build();
const wanted = targetNames.filter((name) => target === undefined || name.includes(target));
if (wanted.length === 0) stop(`no target is called ${target}; there are:\n${targetNames.map((name) => `  ${name}\n`).join('')}`);

process.stdout.write(`${wanted.length} targets, ${minutes} min, --seed ${seed}\n`);
const untilMs = Date.now() + minutes * 60_000;
const threads = Math.min(availableParallelism(), wanted.length);
const found = [];
const tallies = (await Promise.all(Array.from({ length: threads }, (_, index) => fuzz(wanted.filter((_, at) => at % threads === index))))).flat();
report();
process.exit(found.length > 0 || tallies.length < wanted.length ? 1 : 0);

/** Runs one thread to its end; one that has to be ended by force goes on without the target that held it. */
async function fuzz(names) {
  if (names.length === 0 || Date.now() >= untilMs) return [];
  const shared = new SharedArrayBuffer(12 + longestInput);
  const { tallies, why } = await runThread(names, shared);
  if (why === undefined) return tallies;
  const [, index, length] = new Int32Array(shared, 0, 3);
  store({ target: names[index], input: new Uint8Array(shared, 12, length).slice(), what: why });
  return await fuzz(names.filter((_, at) => at !== index));
}

function runThread(names, shared) {
  const numbers = new Int32Array(shared, 0, 3);
  const workerData = { names, seed, untilMs, shared };
  const worker = new Worker(join(built, 'worker.mjs'), { workerData, resourceLimits: { maxOldGenerationSizeMb: 512 } });
  return new Promise((resolve) => {
    let count = 0;
    let since = Date.now();
    const timer = setInterval(() => {
      const now = Atomics.load(numbers, 0);
      if (now !== count) since = Date.now();
      count = now;
      if (Date.now() - since > longestMs) end({ why: `did not end within ${longestMs / 1_000} s` });
    }, 500);
    function end(outcome) {
      clearInterval(timer);
      void worker.terminate().then(() => resolve(outcome));
    }
    worker.on('message', ({ finding, tallies }) => {
      if (finding) store(finding);
      if (tallies) end({ tallies });
    });
    worker.on('error', (error) => end({ why: `ended the thread: ${error.code ?? error.stack}` }));
  });
}

function store({ target, input, what }) {
  const name = `${fileNameOf(target)}-${createHash('sha256').update(input).digest('hex').slice(0, 8)}.bin`;
  mkdirSync(crashes, { recursive: true });
  writeFileSync(join(crashes, name), input);
  found.push(name);
  process.stdout.write(`BROKEN  ${target}: ${what}\n        ${input.length} bytes in test/fuzz/crashes/${name}\n`);
}

function report() {
  const widest = Math.max(...wanted.map((name) => name.length));
  for (const { target, runs, slowestMs, slowestBytes, complaints } of tallies) {
    const slow = complaints > 0 ? '  SLOW: more than 50 ms for 64 kB' : '';
    process.stdout.write(
      `${target.padEnd(widest)}  ${String(runs).padStart(10)} runs   slowest ${slowestMs.toFixed(1).padStart(7)} ms of ${slowestBytes} bytes${slow}\n`,
    );
  }
  const runs = tallies.reduce((sum, tally) => sum + tally.runs, 0);
  process.stdout.write(`${runs} runs, ${found.length} broken\n`);
}

async function build() {
  const bundle = await rolldown({
    input: { worker: join(root, 'test/fuzz/worker.ts'), names: join(root, 'test/fuzz/names.ts') },
    platform: 'node',
    logLevel: 'warn',
  });
  await bundle.write({ dir: built, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' });
  await bundle.close();
  return await import(join(built, 'names.mjs'));
}

function argumentsOf() {
  try {
    const { values } = parseArgs({ options: { minutes: { type: 'string', default: '2' }, target: { type: 'string' }, seed: { type: 'string' } } });
    const numbers = { minutes: Number(values.minutes), seed: values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed) };
    if (!(numbers.minutes > 0) || !Number.isInteger(numbers.seed)) stop(usage);
    return { ...numbers, target: values.target };
  } catch {
    return stop(usage);
  }
}

function stop(why) {
  process.stderr.write(why);
  process.exit(2);
}
