/** One thread of `npm run fuzz`. The input of the moment stands in shared memory, where the main thread finds it should this one never return. */
import { parentPort, workerData } from 'node:worker_threads';
import { runCampaign } from './campaign.js';
import { targets } from './targets/index.js';

interface Task {
  readonly names: readonly string[];
  readonly seed: number;
  readonly untilMs: number;
  /** Three numbers (inputs so far, index of the target, length), then the input. */
  readonly shared: SharedArrayBuffer;
}

const { names, seed, untilMs, shared } = workerData as Task;
const numbers = new Int32Array(shared, 0, 3);
const place = new Uint8Array(shared, 12);
const mine = targets.filter(({ name }) => names.includes(name));

const tallies = runCampaign({
  targets: mine,
  seed,
  mostTries: 5_000,
  now: () => performance.now(),
  isOver: () => Date.now() >= untilMs,
  onInput(target, input) {
    place.set(input.subarray(0, place.length));
    numbers[1] = names.indexOf(target.name);
    numbers[2] = Math.min(input.length, place.length);
    Atomics.add(numbers, 0, 1);
  },
  onFinding: (finding) => parentPort?.postMessage({ finding }),
});
parentPort?.postMessage({ tallies });
