/** Work is leased, observed, stored and acknowledged. This queue lives in memory; another may live in a database. */
import type { Endpoint } from '../model/endpoint.js';
import type { Touch } from '../model/touch.js';

/** One device: its ports are asked one after another, never two at a time. */
export interface Job {
  readonly host: string;
  readonly address: string;
  readonly ports: readonly number[];
  /** What the scope allows there. */
  readonly touch: Touch;
  /** The address has a job of its own already, for other ports: it is one target all the same. */
  readonly again?: boolean;
}

export interface Queue {
  /** The next job, or `undefined` when there is none left. */
  lease(): Promise<Job | undefined>;
  /** Its observations are stored. */
  acknowledge(job: Job): Promise<void>;
}

export const endpointsOf = (job: Job): readonly Endpoint[] => job.ports.map((port) => ({ host: job.host, address: job.address, port }));

/** Takes jobs from a stream as they are asked for, so that a large network is never a list in memory. */
export function memoryQueue(jobs: Iterable<Job> | AsyncIterable<Job>): Queue {
  const iterator = Symbol.asyncIterator in jobs ? jobs[Symbol.asyncIterator]() : jobs[Symbol.iterator]();
  let turn: Promise<unknown> = Promise.resolve();
  return {
    lease() {
      const next = turn.then(() => iterator.next()).then((result) => (result.done ? undefined : result.value));
      turn = next.catch(() => undefined);
      return next;
    },
    acknowledge: async () => undefined,
  };
}
