/** The loop: lease a host, examine its ports one after another, judge, store, acknowledge. The same code for one worker and for many. */
import { examine, type Instruments, isSilent } from '../audit/examine.js';
import { judge } from '../audit/judge.js';
import type { ObserveContext } from '../audit/observe.js';
import type { AnyCheck } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { foundOpen, type Observation } from '../model/observation.js';
import type { ProbeSettings } from '../model/probe.js';
import { nextPatience } from './budget.js';
import { endpointsOf, type Job, type Queue } from './queue.js';

export interface WorkContext {
  readonly settings: ProbeSettings;
  readonly instruments: Instruments;
  readonly checks: readonly AnyCheck[];
  readonly observing: ObserveContext;
  readonly signal?: AbortSignal | undefined;
  /** Stores everything of one host, all or nothing. */
  record(observations: readonly Observation[], findings: readonly Finding[]): Promise<void>;
  /** Told after the host is stored. */
  onHost?(job: Job, observations: readonly Observation[], findings: readonly Finding[]): void;
}

/** Works with `concurrency` hosts at a time until the queue is empty or the signal stops it. Rejects when storing fails. */
export async function work(queue: Queue, context: WorkContext, concurrency: number): Promise<void> {
  const stop = new AbortController();
  const workers = Array.from({ length: concurrency }, () => workOne(queue, context, stop));
  const results = await Promise.allSettled(workers);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

async function workOne(queue: Queue, context: WorkContext, stop: AbortController): Promise<void> {
  try {
    while (!context.signal?.aborted && !stop.signal.aborted) {
      const job = await queue.lease();
      if (!job) return;
      await workHost(job, context);
      await queue.acknowledge(job);
    }
  } catch (error) {
    stop.abort();
    throw error;
  }
}

/** A host that was being asked when the scan was stopped is left out: what a stopped conversation shows is not evidence. */
async function workHost(job: Job, context: WorkContext): Promise<void> {
  const observations: Observation[] = [];
  const findings: Finding[] = [];
  let patience = 1;
  for (const endpoint of endpointsOf(job)) {
    const seen = await examine(endpoint, { ...context.settings, touch: job.touch }, context.instruments, context.observing, patience);
    if (context.signal?.aborted) break;
    observations.push(...seen);
    findings.push(...judge(context.checks, seen));
    patience = nextPatience(
      patience,
      seen.some((observation) => isSilent(observation) || isDropped(observation)),
    );
  }
  if (observations.length === 0) return;
  await context.record(observations, findings);
  context.onHost?.(job, observations, findings);
}

const isDropped = (observation: Observation): boolean => observation.outcome === 'timed-out' && !foundOpen(observation);
