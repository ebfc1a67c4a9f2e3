/** Targets → addresses. Each name is resolved once, through the function that is passed in; scope is asked about the addresses afterwards. */
import type { Transport } from '../model/connection.js';
import { AddressError, formatAddress, type Interval, parseAddress } from './address.js';
import type { AddressList } from './address-list.js';
import { quote } from './quote.js';
import { RangeSet } from './range-set.js';
import { type AddressTarget, addressesIn, type HostTarget, parseTarget, type Target, TargetError } from './target.js';

/** All addresses of a host name; rejects where there are none. */
export type Lookup = (name: string) => Promise<readonly string[]>;

export interface ResolvedTarget {
  /** The name that the user gave; `null` where it was an address, a network or a range. */
  readonly hostName: string | null;
  /** The port that the user gave with the target: it takes the place of the scan's list. */
  readonly ports: readonly number[] | null;
  /** `tls` where the user asked for it; `null` where nothing was said. */
  readonly transport: Transport | null;
  /** Named as a network or a range, so that single addresses in it may be left out without a word. */
  readonly isNetwork: boolean;
  /** Disjoint. An address that an earlier target with the same port already gave is not given again. */
  intervals(): Iterable<Interval>;
  /** The same, an address at a time, lazily and in canonical text. */
  addresses(): Iterable<string>;
}

/** Reads every target, then resolves every name, and only then returns: a wrong target is found before anything is contacted. Throws `TargetError`. */
export async function resolveTargets(texts: readonly string[], lookup: Lookup): Promise<readonly ResolvedTarget[]> {
  const targets = texts.map(parseTarget);
  const known = await resolveNames(targets, lookup);
  const claims = new Claims();
  // Names first: the same device is better asked under the name it was given than as one of a network.
  const named = targets.map((target) => (target.kind === 'host' ? resolvedHost(target, known.get(target.name) ?? [], claims) : undefined));
  return targets.map((target, index) => named[index] ?? resolvedAddresses(target as AddressTarget, claims));
}

async function resolveNames(targets: readonly Target[], lookup: Lookup): Promise<Map<string, readonly bigint[]>> {
  const known = new Map<string, readonly bigint[]>();
  for (const target of targets) {
    if (target.kind === 'host' && !known.has(target.name)) known.set(target.name, await resolveName(target.name, lookup));
  }
  return known;
}

async function resolveName(name: string, lookup: Lookup): Promise<readonly bigint[]> {
  const cannot = `cannot resolve ${quote(name)}: check the name`;
  const texts = await lookup(name).catch((cause: unknown) => {
    throw new TargetError(cannot, { cause });
  });
  const addresses = [...new Set(texts.flatMap(readable))];
  if (addresses.length === 0) throw new TargetError(cannot);
  return addresses;
}

/** A resolver may answer fe80::1%eth0 (mDNS does); such an address is passed over. */
function readable(text: string): bigint[] {
  try {
    return [parseAddress(text)];
  } catch (error) {
    if (error instanceof AddressError) return [];
    throw error;
  }
}

const facts = (target: Target) => ({ ports: target.port === null ? null : [target.port], transport: target.transport });

function resolvedHost(target: HostTarget, addresses: readonly bigint[], claims: Claims): ResolvedTarget {
  const own = addresses.flatMap((address) => claims.claim(target.port, { first: address, last: address }));
  return resolved(target.name, facts(target), false, () => own);
}

function resolvedAddresses(target: AddressTarget, claims: Claims): ResolvedTarget {
  const own = claims.claim(target.port, target);
  return resolved(null, facts(target), target.first !== target.last, () => own);
}

/** The addresses of a list at one port, without those that named targets have already. */
export function resolvedList(port: number | null, list: AddressList, earlier: readonly ResolvedTarget[]): ResolvedTarget {
  const samePort = earlier.filter(({ ports }) => (ports?.[0] ?? null) === port);
  const taken = new RangeSet(samePort.flatMap((target) => [...target.intervals()]));
  const own = function* () {
    for (const interval of list.intervals()) yield* taken.without(interval);
  };
  return resolved(null, { ports: port === null ? null : [port], transport: null }, true, own);
}

function resolved(
  hostName: string | null,
  { ports, transport }: Pick<ResolvedTarget, 'ports' | 'transport'>,
  isNetwork: boolean,
  intervals: () => Iterable<Interval>,
): ResolvedTarget {
  const addresses = function* () {
    for (const interval of intervals()) for (const address of addressesIn(interval)) yield formatAddress(address);
  };
  return { hostName, ports, transport, isNetwork, intervals, addresses };
}

/** Who gave which address first, for each port: one device is asked once and its images are counted once. */
class Claims {
  private readonly byPort = new Map<number | null, Interval[]>();

  /** What of `interval` nobody gave before; from now on all of it was. */
  claim(port: number | null, interval: Interval): readonly Interval[] {
    const earlier = this.byPort.get(port) ?? [];
    this.byPort.set(port, earlier);
    const free = new RangeSet(earlier.filter(({ first, last }) => first <= interval.last && interval.first <= last)).without(interval);
    earlier.push({ first: interval.first, last: interval.last });
    return free;
  }
}
