/** The main thread's side of a scan on several cores: gives out hosts, stores what comes back, ends all threads together. */
import { Worker } from 'node:worker_threads';
import type { Job } from '../schedule/queue.js';
import type { Batch } from './batch.js';
import type { FromThread, ThreadTask, ToThread } from './scan-thread.js';

export interface PoolOptions {
  readonly threads: number;
  /** For all threads together; each gets its share of the rates. */
  readonly task: ThreadTask;
  readonly jobs: AsyncIterable<Job>;
  readonly signal: AbortSignal;
  /** Resolves when it is stored; rejects where it cannot be, which ends the scan. */
  deliver(batch: Batch): Promise<void>;
}

/**
 * Most of what a scan makes is forgotten at once: some room for it saves collector's work. The bound of the rest is never near; below a
 * gigabyte V8 collects before it grows, which keeps a thread under 100 MB.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 512 };

export async function runInThreads(options: PoolOptions): Promise<void> {
  const iterator = options.jobs[Symbol.asyncIterator]();
  let turn: Promise<unknown> = Promise.resolve();
  /** One after another, whoever asks: the jobs are one stream. */
  const take = (count: number): Promise<{ jobs: Job[]; isEnd: boolean }> => {
    const taken = turn.then(() => takeJobs(iterator, count));
    turn = taken.catch(() => undefined);
    return taken;
  };
  const workers = Array.from({ length: options.threads }, () => new Worker(new URL('./scan-thread.js', import.meta.url), workerOptions(options)));
  const stop = () => {
    for (const worker of workers) worker.postMessage({ stop: true } satisfies ToThread);
  };
  if (options.signal.aborted) stop();
  options.signal.addEventListener('abort', stop);
  try {
    await Promise.all(workers.map((worker) => serve(worker, take, options)));
  } finally {
    options.signal.removeEventListener('abort', stop);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function workerOptions({ task, threads }: PoolOptions) {
  const share = (rate: number | null): number | null => (rate === null ? null : rate / threads);
  const own: ThreadTask = { ...task, concurrency: Math.ceil(task.concurrency / threads), rate: share(task.rate), networkRate: share(task.networkRate) };
  return { workerData: own, resourceLimits };
}

async function takeJobs(iterator: AsyncIterator<Job>, count: number): Promise<{ jobs: Job[]; isEnd: boolean }> {
  const jobs: Job[] = [];
  while (jobs.length < count) {
    const { value, done } = await iterator.next();
    if (done) return { jobs, isEnd: true };
    jobs.push(value);
  }
  return { jobs, isEnd: false };
}

/** Resolves when the thread is done; rejects when it, the jobs or the store failed. */
function serve(worker: Worker, take: (count: number) => Promise<{ jobs: Job[]; isEnd: boolean }>, { deliver }: PoolOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const answer = async (message: FromThread): Promise<void> => {
      if ('lease' in message) worker.postMessage((await take(message.lease)) satisfies ToThread);
      else if ('batch' in message) {
        await deliver(message.batch);
        worker.postMessage({ stored: message.id } satisfies ToThread);
      } else if ('failed' in message) reject(new Error(message.failed));
      else resolve();
    };
    worker.on('message', (message: FromThread) => void answer(message).catch(reject));
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('a thread of the scan ended before its time')));
  });
}
