/** Targets → jobs, under scope. Everything that is refused is refused here, before the first packet. */
import { gentlerTouch, type Touch } from '../model/touch.js';
import type { Permit } from '../net/dial.js';
import { lookupAddresses } from '../net/lookup.js';
import type { Job } from '../schedule/queue.js';
import { type Decision, decide } from '../scope/decide.js';
import { defaultPorts, parsePorts } from '../scope/ports.js';
import { type ResolvedTarget, resolveTargets } from '../scope/resolve.js';
import { readScopeFile, type Scope } from '../scope/scope.js';
import { UsageError } from './exit-codes.js';

export interface ScopeOptions {
  readonly scope?: string;
  readonly authorisedBy?: string;
  readonly touch: Touch;
  readonly ports?: string;
}

export interface ScopedJobs {
  /** Walked once for every call: a large network is never a list in memory. */
  jobs(): Iterable<Job>;
  readonly hostCount: number;
  readonly permit: Permit;
  /** Repeated in the report. */
  readonly authority: string | null;
}

/** At most so many refusals are spelt out. */
const refusalsShown = 5;

export async function scopedJobs(targets: readonly string[], options: ScopeOptions): Promise<ScopedJobs> {
  if (targets.length === 0) throw new UsageError('no target: name an address, a network or a host, for example "dosimeter scan 127.0.0.1"');
  const scope = options.scope === undefined ? null : await readScopeFile(options.scope);
  const ports = options.ports === undefined ? defaultPorts : parsePorts(options.ports);
  const resolved = await resolveTargets(targets, lookupAddresses);
  const ask = (address: string, port: number) => decide(scope, options.authorisedBy ?? null, address, port, options.touch, Date.now());
  const hostCount = countAllowed(resolved, ports, ask);
  return {
    jobs: () => allowedJobs(resolved, ports, ask),
    hostCount,
    permit: (address, port) => refusal(ask(address, port)),
    authority: authorityOf(scope, options),
  };
}

type Ask = (address: string, port: number) => Decision;

const refusal = (decision: Decision): string | undefined => (decision.allowed ? undefined : decision.reason);

const authorityOf = (scope: Scope | null, options: ScopeOptions): string | null => scope?.authority ?? options.authorisedBy ?? null;

/** Counts the hosts that may be asked; excluded ones inside a network are left out, anything else that is refused ends the scan. */
function countAllowed(resolved: readonly ResolvedTarget[], ports: readonly number[], ask: Ask): number {
  const refusals: string[] = [];
  let count = 0;
  for (const target of resolved) {
    for (const address of target.addresses()) {
      const decisions = (target.ports ?? ports).map((port) => ask(address, port));
      if (decisions.some((decision) => decision.allowed)) count += 1;
      else if (!(target.isNetwork && decisions.every((decision) => !decision.allowed && decision.excluded))) {
        refusals.push(refusal(decisions[0] as Decision) ?? '');
        break; // one line a target: a network is refused as a whole
      }
    }
    if (refusals.length > refusalsShown) break;
  }
  if (refusals.length > 0) throw new UsageError(`refused by scope, nothing was sent:\n  ${[...new Set(refusals)].join('\n  ')}`);
  if (count === 0) throw new UsageError('refused by scope: every address is excluded, nothing was sent');
  return count;
}

function* allowedJobs(resolved: readonly ResolvedTarget[], ports: readonly number[], ask: Ask): Generator<Job> {
  for (const target of resolved) {
    for (const address of target.addresses()) {
      const job = jobFor(target, address, target.ports ?? ports, ask);
      if (job.ports.length > 0) yield job;
    }
  }
}

/** Ports that the scope leaves out are not asked; the gentlest touch among the ports holds for the whole host. */
function jobFor(target: ResolvedTarget, address: string, ports: readonly number[], ask: Ask): Job {
  const allowed = ports.flatMap((port) => {
    const decision = ask(address, port);
    return decision.allowed ? [{ port, touch: decision.touch }] : [];
  });
  return {
    host: target.hostName ?? address,
    address,
    ports: allowed.map((entry) => entry.port),
    touch: allowed.map(({ touch }) => touch).reduce(gentlerTouch, 'credentials'),
  };
}
