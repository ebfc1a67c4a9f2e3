/** One scan from jobs to a finished record: wires net, probes, checks, schedule and store together. */
import { randomInt } from 'node:crypto';
import { reportDocument } from '../audit/report-document.js';
import { checks } from '../checks/index.js';
import type { Finding } from '../model/finding.js';
import type { Observation } from '../model/observation.js';
import type { ProbeSettings } from '../model/probe.js';
import type { Report } from '../model/report.js';
import { createDial, type Permit, StopSwitch } from '../net/dial.js';
import { type DialLimits, defaultLimits } from '../net/limits.js';
import { evidenceKinds, portProbe, probes, tlsProbe } from '../protocols/index.js';
import { createConnectTiming } from '../schedule/connect-timing.js';
import { createPace } from '../schedule/pace.js';
import { type Job, memoryQueue } from '../schedule/queue.js';
import { type WorkContext, work } from '../schedule/worker.js';
import type { Store } from '../store/store.js';

/** Hosts that are asked at the same time; each of them still has one conversation at a time. */
export const defaultConcurrency = 256;
export const defaultResponseBudget = 5_000;
export const defaultEntryBudget = 5_000;
/** Connections per second to one /24 or /64. */
export const defaultNetworkRate = 100;

export interface RunOptions {
  readonly jobs: Iterable<Job> | AsyncIterable<Job>;
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
  record(observations: readonly Observation[], findings: readonly Finding[]): Promise<void>;
  onHost?(job: Job, observations: readonly Observation[], findings: readonly Finding[]): void;
}

/** Resolves when every job is done or the signal stopped it. */
export async function runJobs(options: RunOptions): Promise<void> {
  await work(memoryQueue(options.jobs), workContext(options), options.concurrency);
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
    signal,
    observing: {
      now: () => Date.now(),
      dial: (target, traffic, patience) => createDial(target.endpoint, { permit, limits: impatient(limits, patience), stop, pace, timing }, traffic),
    },
    record: options.record,
    ...(options.onHost ? { onHost: options.onHost } : {}),
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

/** Time first, so that names sort; letters and digits that are not mistaken for each other. */
export function newScanId(now: number): string {
  const time = new Date(now).toISOString().replace(/[-:]/g, '').slice(0, 15);
  return `${time}-${randomText(4).toLowerCase()}`;
}

export const newNonce = (): string => randomText(6);

/** Which of the orders through its addresses a scan takes. */
export const newOrder = (): number => randomInt(2 ** 31);

const unmistakable = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const randomText = (length: number): string => Array.from({ length }, () => unmistakable[randomInt(unmistakable.length)]).join('');

export async function storedReport(store: Store, scanId: string): Promise<Report | undefined> {
  const scan = await store.scan(scanId);
  if (!scan) return undefined;
  const { targets: _targets, settings: _settings, ...head } = scan;
  return reportDocument({ scan: head, observations: store.observations(scanId), findings: store.findings(scanId), kinds: evidenceKinds, checks });
}
