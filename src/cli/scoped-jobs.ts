/** Targets → jobs, under scope. Everything that is refused is refused here, before the first packet. */
import { gentlerTouch, type Touch } from '../model/touch.js';
import type { Permit } from '../net/dial.js';
import { lookupAddresses } from '../net/lookup.js';
import { permutation } from '../schedule/permutation.js';
import type { Job } from '../schedule/queue.js';
import { formatAddress, parseAddress, sizeOf } from '../scope/address.js';
import { AddressSpace } from '../scope/address-space.js';
import { type Decision, decide } from '../scope/decide.js';
import { defaultPorts, parsePorts } from '../scope/ports.js';
import { type ResolvedTarget, resolvedList, resolveTargets } from '../scope/resolve.js';
import { readScopeFile, type Scope } from '../scope/scope.js';
import type { ScopeTerms } from '../scope/scope-shape.js';
import { uniformParts } from '../scope/uniform-parts.js';
import { UsageError } from './exit-codes.js';
import { noTargetLists, type TargetLists } from './target-lists.js';

export interface ScopeOptions {
  readonly scope?: string;
  readonly authorisedBy?: string;
  readonly touch: Touch;
  readonly ports?: string;
}

export interface Done {
  readonly address: string;
  readonly port: number;
}

export interface ScopedJobs {
  /** In an order that spreads over all networks and is the same for the same seed; without the endpoints of `done`. */
  jobs(seed: number, done?: AsyncIterable<Done>): AsyncIterable<Job>;
  readonly hostCount: number;
  /** Hosts times ports, as far as can be told beforehand. */
  readonly endpointCount: number;
  readonly permit: Permit;
  /** Repeated in the report. */
  readonly authority: string | null;
  /** What `permit` rests on, as plain data for another thread. */
  readonly terms: { readonly terms: ScopeTerms | null; readonly authorisedBy: string | null; readonly touch: Touch };
  /** Told to web servers. */
  readonly contact: string | null;
}

/** At most so many refusals are spelt out. */
const refusalsShown = 5;

export async function scopedJobs(targets: readonly string[], options: ScopeOptions, lists: TargetLists = noTargetLists): Promise<ScopedJobs> {
  if (targets.length === 0 && lists.byPort.size === 0)
    throw new UsageError('no target: name an address, a network or a host, for example "dosimeter scan 127.0.0.1"');
  if (options.touch === 'credentials' && options.scope === undefined)
    throw new UsageError('touch credentials needs a scope file with a range that says so: add --scope FILE (docs/scope.md), on loopback too');
  const scope = options.scope === undefined ? null : await readScopeFile(options.scope);
  const ports = options.ports === undefined ? defaultPorts : parsePorts(options.ports);
  const named = await resolveTargets(targets, lookupAddresses);
  const resolved = [...named, ...[...lists.byPort].map(([port, list]) => resolvedList(port, list, named))];
  const ask = (address: bigint | string, port: number) => decide(scope, options.authorisedBy ?? null, address, port, options.touch, Date.now());
  const hostCount = countAllowed(resolved, ports, scope, ask);
  const places = { resolved, space: spaceOf(resolved), ports };
  return {
    jobs: (seed, done) => allowedJobs(places, seed, ask, done),
    hostCount,
    endpointCount: resolved.reduce((sum, target) => sum + sizeOfTarget(target) * (target.ports ?? ports).length, 0),
    permit: (address, port) => refusal(ask(address, port)),
    authority: scope?.authority ?? options.authorisedBy ?? null,
    terms: { terms: scope && plainTerms(scope), authorisedBy: options.authorisedBy ?? null, touch: options.touch },
    contact: scope?.contact ?? null,
  };
}

function plainTerms({ excluded: _excluded, rangeMap: _rangeMap, ...terms }: Scope): ScopeTerms {
  return terms;
}

const sizeOfTarget = (target: ResolvedTarget): number => [...target.intervals()].reduce((sum, interval) => sum + Number(sizeOf(interval)), 0);

type Ask = (address: bigint | string, port: number) => Decision;

const refusal = (decision: Decision): string | undefined => (decision.allowed ? undefined : decision.reason);

/** Counts the hosts that may be asked; excluded ones inside a network are left out, anything else that is refused ends the scan. */
function countAllowed(resolved: readonly ResolvedTarget[], ports: readonly number[], scope: Scope | null, ask: Ask): number {
  const refusals: string[] = [];
  const partsOf = uniformParts(scope);
  let count = 0;
  for (const target of resolved) {
    for (const part of allParts(target, partsOf)) {
      const decisions = (target.ports ?? ports).map((port) => ask(part.first, port));
      if (decisions.some((decision) => decision.allowed)) count += Number(sizeOf(part));
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

function* allParts(target: ResolvedTarget, partsOf: ReturnType<typeof uniformParts>) {
  for (const interval of target.intervals()) yield* partsOf(interval);
}

interface Places {
  readonly resolved: readonly ResolvedTarget[];
  readonly space: AddressSpace;
  /** Where a target names none. */
  readonly ports: readonly number[];
}

function spaceOf(resolved: readonly ResolvedTarget[]): AddressSpace {
  const space = new AddressSpace();
  for (const [index, target] of resolved.entries()) for (const interval of target.intervals()) space.add(index, interval);
  return space;
}

async function* allowedJobs(places: Places, seed: number, ask: Ask, done: AsyncIterable<Done> | undefined): AsyncGenerator<Job> {
  const { resolved, space, ports } = places;
  const isDone = done && (await doneIn(places, done));
  const order = permutation(space.size, seed);
  for (let turn = 0; turn < space.size; turn += 1) {
    const index = order(turn);
    const { target: number, address } = space.at(index);
    const target = resolved[number] as ResolvedTarget;
    const own = target.ports ?? ports;
    const job = jobFor(target, address, isDone ? own.filter((_, slot) => !isDone(index, slot)) : own, ask);
    if (job) yield resolved.length > 1 && isLaterPlace(space, index, address) ? { ...job, again: true } : job;
  }
}

function isLaterPlace(space: AddressSpace, index: number, address: bigint): boolean {
  for (const other of space.indexesOf(address)) if (other < index) return true;
  return false;
}

/** One bit for each endpoint of the scan. */
async function doneIn({ resolved, space, ports }: Places, done: AsyncIterable<Done>): Promise<(index: number, slot: number) => boolean> {
  const slots = Math.max(...resolved.map((target) => (target.ports ?? ports).length));
  const bits = new Uint8Array(Math.ceil((space.size * slots) / 8));
  for await (const { address, port } of done) {
    for (const index of space.indexesOf(parseAddress(address))) {
      const slot = (resolved[space.at(index).target]?.ports ?? ports).indexOf(port);
      const bit = index * slots + slot;
      if (slot >= 0) bits[Math.floor(bit / 8)] = (bits[Math.floor(bit / 8)] ?? 0) | (1 << (bit % 8));
    }
  }
  return (index, slot) => ((bits[Math.floor((index * slots + slot) / 8)] ?? 0) & (1 << ((index * slots + slot) % 8))) !== 0;
}

/** Ports that the scope leaves out are not asked; the gentlest touch among the ports holds for the whole host. */
function jobFor(target: ResolvedTarget, address: bigint, ports: readonly number[], ask: Ask): Job | undefined {
  const allowed = ports.flatMap((port) => {
    const decision = ask(address, port);
    return decision.allowed ? [{ port, touch: decision.touch }] : [];
  });
  if (allowed.length === 0) return undefined;
  const text = formatAddress(address);
  return {
    host: target.hostName ?? text,
    address: text,
    ports: allowed.map((entry) => entry.port),
    touch: allowed.map(({ touch }) => touch).reduce(gentlerTouch, 'credentials'),
  };
}
