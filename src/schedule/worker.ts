/** The loop: lease a host, examine its ports one after another, judge, store, acknowledge. The same code for one worker and for many. */
import { examine, type Instruments, isSilent } from '../audit/examine.js';
import { judge } from '../audit/judge.js';
import type { ObserveContext } from '../audit/observe.js';
import { type Recorded, recordEndpoint } from '../audit/record-endpoint.js';
import type { AnyCheck } from '../model/check.js';
import type { Traffic } from '../model/connection.js';
import type { Endpoint } from '../model/endpoint.js';
import type { AnyEvidenceKind } from '../model/evidence.js';
import { foundOpen, type Observation } from '../model/observation.js';
import type { ProbeSettings } from '../model/probe.js';
import { touchAllows } from '../model/touch.js';
import { nextPatience } from './budget.js';
import { endpointsOf, type Job, type Queue } from './queue.js';
import { fewPorts, sweep } from './sweep.js';

export interface WorkContext {
  readonly settings: ProbeSettings;
  readonly instruments: Instruments;
  readonly checks: readonly AnyCheck[];
  readonly kinds: readonly AnyEvidenceKind[];
  readonly observing: ObserveContext;
  readonly signal?: AbortSignal | undefined;
  /** Stores everything of one host, all or nothing. */
  record(job: Job, endpoints: readonly Recorded[]): Promise<void>;
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
  const settings = { ...context.settings, touch: job.touch };
  const { closed, waiting } = await firstLook(endpointsOf(job), settings, context);
  if (context.signal?.aborted) return;
  const endpoints = closed.map((observation) => recorded([observation], context));
  let patience = 1;
  for (const { endpoint, cost } of waiting) {
    const seen = withCost(await examine(endpoint, settings, context.instruments, context.observing, patience), cost);
    if (context.signal?.aborted) break;
    endpoints.push(recorded(seen, context));
    patience = nextPatience(
      patience,
      seen.some((observation) => isSilent(observation) || isDropped(observation)),
    );
  }
  if (endpoints.length > 0) await context.record(job, endpoints);
}

const recorded = (observations: readonly Observation[], { kinds, checks }: WorkContext): Recorded =>
  recordEndpoint(kinds, observations, judge(checks, observations));

interface FirstLook {
  readonly closed: readonly Observation[];
  readonly waiting: readonly { readonly endpoint: Endpoint; readonly cost: Traffic | undefined }[];
}

/** Of many ports only those that are open are spoken to. */
async function firstLook(endpoints: readonly Endpoint[], settings: ProbeSettings, { instruments, observing }: WorkContext): Promise<FirstLook> {
  if (endpoints.length <= fewPorts) return { closed: [], waiting: endpoints.map((endpoint) => ({ endpoint, cost: undefined })) };
  const { open, closed } = await sweep(endpoints, settings, instruments, observing);
  if (!touchAllows(settings.touch, 'handshake')) return { closed: [...open, ...closed], waiting: [] };
  return { closed, waiting: open.map(({ endpoint, traffic }) => ({ endpoint, cost: traffic })) };
}

/** What finding the port open cost is counted with the first conversation there. */
function withCost(seen: readonly Observation[], cost: Traffic | undefined): readonly Observation[] {
  const [first, ...others] = seen;
  if (!first || !cost) return seen;
  const { traffic } = first;
  const sum = {
    connections: traffic.connections + cost.connections,
    messagesSent: traffic.messagesSent + cost.messagesSent,
    bytesSent: traffic.bytesSent + cost.bytesSent,
    bytesReceived: traffic.bytesReceived + cost.bytesReceived,
  };
  return [{ ...first, traffic: sum }, ...others];
}

const isDropped = (observation: Observation): boolean => observation.outcome === 'timed-out' && !foundOpen(observation);
