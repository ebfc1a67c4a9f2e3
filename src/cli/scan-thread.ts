/** One thread of a scan: leases hosts from the main thread, examines and judges them, hands the results back. Shares nothing but messages. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ProbeSettings } from '../model/probe.js';
import type { Touch } from '../model/touch.js';
import type { Job, Queue } from '../schedule/queue.js';
import { decide } from '../scope/decide.js';
import { type ScopeTerms, scopeOf } from '../scope/scope-shape.js';
import { type Batch, batchOf, emptyBatch, joinBatches } from './batch.js';
import { runJobs } from './run-jobs.js';

export interface ThreadTask {
  readonly settings: ProbeSettings;
  /** The scope, for the last question before every connection; `null`: without a file. */
  readonly terms: ScopeTerms | null;
  readonly authorisedBy: string | null;
  readonly touch: Touch;
  readonly concurrency: number;
  readonly rate: number | null;
  readonly networkRate: number | null;
  readonly answerMs: number | null;
}

export type ToThread = { readonly jobs: readonly Job[]; readonly isEnd: boolean } | { readonly stored: number } | { readonly stop: true };
export type FromThread =
  | { readonly lease: number }
  | { readonly batch: Batch; readonly id: number }
  | { readonly done: true }
  /** Our own words where the error is spoken, else its stack. */
  | { readonly failed: string };

/** Jobs are asked for this many at a time, well before the last one is taken. */
const leaseSize = 64;
const gatherMs = 10;
const gatherHosts = 64;

function start(port: NonNullable<typeof parentPort>, task: ThreadTask): void {
  const stop = new AbortController();
  const jobs = leasedJobs((message) => port.postMessage(message satisfies FromThread));
  const results = gatheredResults((message) => port.postMessage(message satisfies FromThread));
  port.on('message', (message: ToThread) => {
    if ('jobs' in message) jobs.take(message.jobs, message.isEnd);
    else if ('stored' in message) results.stored(message.stored);
    else stop.abort();
  });
  stop.signal.addEventListener('abort', () => jobs.take([], true));
  const scope = task.terms && scopeOf(task.terms);
  runJobs({
    ...task,
    jobs: jobs.queue,
    permit: (address, at) => {
      const decision = decide(scope, task.authorisedBy, address, at, task.touch, Date.now());
      return decision.allowed ? undefined : decision.reason;
    },
    signal: stop.signal,
    record: (job, endpoints) => results.add(batchOf(job, endpoints)),
  })
    .then(() => port.postMessage({ done: true } satisfies FromThread))
    .catch((error: unknown) => port.postMessage({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) } satisfies FromThread))
    .finally(() => port.close());
}

function leasedJobs(send: (message: FromThread) => void): { readonly queue: Queue; take(jobs: readonly Job[], isEnd: boolean): void } {
  const ready: Job[] = [];
  const waiting: ((job: Job | undefined) => void)[] = [];
  let isAsked = false;
  let hasEnded = false;
  const ask = () => {
    if (isAsked || hasEnded || ready.length > leaseSize / 2) return;
    isAsked = true;
    send({ lease: leaseSize });
  };
  return {
    queue: {
      lease() {
        const job = ready.shift();
        ask();
        if (job || hasEnded) return Promise.resolve(job);
        return new Promise((resolve) => waiting.push(resolve));
      },
      acknowledge: async () => undefined,
    },
    take(jobs, isEnd) {
      isAsked = false;
      hasEnded ||= isEnd;
      ready.push(...jobs);
      while (waiting.length > 0 && (ready.length > 0 || hasEnded)) waiting.shift()?.(ready.shift());
      ask();
    },
  };
}

/** Results go out some hosts at a time; a host is done when the main thread has stored it. */
function gatheredResults(send: (message: FromThread) => void): { add(batch: Batch): Promise<void>; stored(id: number): void } {
  const unstored = new Map<number, (() => void)[]>();
  let next = 0;
  let gathered = emptyBatch;
  let done: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    unstored.set(next, done);
    send({ batch: gathered, id: next });
    next += 1;
    gathered = emptyBatch;
    done = [];
  };
  return {
    add(batch) {
      gathered = joinBatches(gathered, batch);
      const isStored = new Promise<void>((resolve) => done.push(resolve));
      if (done.length >= gatherHosts) flush();
      else timer ??= setTimeout(flush, gatherMs);
      return isStored;
    },
    stored(id) {
      for (const resolve of unstored.get(id) ?? []) resolve();
      unstored.delete(id);
    },
  };
}

if (parentPort) start(parentPort, workerData as ThreadTask);
