/** Jobs → examined hosts, in this thread: wires net, probes, checks and schedule together. Stores nothing. */
import type { Recorded } from '../audit/record-endpoint.js';
import { checks } from '../checks/index.js';
import type { ProbeSettings } from '../model/probe.js';
import { createDial, type Permit, StopSwitch } from '../net/dial.js';
import { type DialLimits, defaultLimits } from '../net/limits.js';
import { evidenceKinds, portProbe, probes, tlsProbe } from '../protocols/index.js';
import { createConnectTiming } from '../schedule/connect-timing.js';
import { createPace } from '../schedule/pace.js';
import { type Job, memoryQueue, type Queue } from '../schedule/queue.js';
import { type WorkContext, work } from '../schedule/worker.js';

export interface RunOptions {
  readonly jobs: Iterable<Job> | AsyncIterable<Job> | Queue;
  readonly settings: ProbeSettings;
  readonly permit: Permit;
  readonly concurrency: number;
  /** Connections per second for the whole scan; `null`: as fast as the hosts answer. */
  readonly rate: number | null;
  /** Connections per second to one network (/24, /64). */
  readonly networkRate: number | null;
  /** Milliseconds that one answer may take. */
  readonly answerMs: number | null;
  readonly signal: AbortSignal;
  record(job: Job, endpoints: readonly Recorded[]): Promise<void>;
}

/** Resolves when every job is done or the signal stopped it. */
export async function runJobs(options: RunOptions): Promise<void> {
  const queue = 'lease' in options.jobs ? options.jobs : memoryQueue(options.jobs);
  await work(queue, workContext(options), options.concurrency);
}

function workContext(options: RunOptions): WorkContext {
  const limits = limitsFor(options.answerMs);
  const pace = createPace({ perSecond: options.rate, perNetworkAndSecond: options.networkRate });
  const timing = createConnectTiming();
  const { settings, permit, signal } = options;
  const stop = new StopSwitch(signal);
  return {
    settings,
    instruments: { services: probes, port: portProbe, tls: tlsProbe },
    checks,
    kinds: evidenceKinds,
    signal,
    observing: {
      now: () => Date.now(),
      dial: (target, traffic, patience) => createDial(target.endpoint, { permit, limits: impatient(limits, patience), stop, pace, timing }, traffic),
    },
    record: options.record,
  };
}

function limitsFor(answerMs: number | null): DialLimits {
  return answerMs === null ? defaultLimits : { ...defaultLimits, answerMs, connectMs: Math.max(answerMs, defaultLimits.connectMs) };
}

const impatient = (limits: DialLimits, patience: number): DialLimits => ({
  ...limits,
  answerMs: limits.answerMs * patience,
  connectMs: limits.connectMs * Math.max(patience, 0.25),
});
