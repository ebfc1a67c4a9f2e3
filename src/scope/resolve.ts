/** Targets → addresses. Each name is resolved once, through the function that is passed in; scope is asked about the addresses afterwards. */
import type { Transport } from '../model/connection.js';
import { AddressError, formatAddress, type Interval, parseAddress } from './address.js';
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
  /** Canonical addresses, lazily. An address that an earlier target with the same port already gave is not given again. */
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
  const own = addresses.filter((address) => claims.claim(target.port, address));
  return { hostName: target.name, ...facts(target), isNetwork: false, addresses: () => own.map(formatAddress) };
}

function resolvedAddresses(target: AddressTarget, claims: Claims): ResolvedTarget {
  const taken = claims.takenBefore(target.port, target);
  return { hostName: null, ...facts(target), isNetwork: target.first !== target.last, addresses: () => freeAddresses(target, taken) };
}

function* freeAddresses(interval: Interval, taken: RangeSet): Generator<string> {
  for (const address of addressesIn(interval)) {
    if (!taken.has(address)) yield formatAddress(address);
  }
}

interface Claimed {
  readonly single: Set<bigint>;
  readonly networks: Interval[];
}

/** Who gave which address first, for each port: one device is asked once and its images are counted once. */
class Claims {
  private readonly byPort = new Map<number | null, Claimed>();

  /** False where a name or a single address already gave it. */
  claim(port: number | null, address: bigint): boolean {
    const { single } = this.at(port);
    if (single.has(address)) return false;
    single.add(address);
    return true;
  }

  /** What of `interval` was given before; from now on all of it was. */
  takenBefore(port: number | null, interval: Interval): RangeSet {
    const { single, networks } = this.at(port);
    const near = networks.filter((earlier) => earlier.first <= interval.last && interval.first <= earlier.last);
    if (interval.first === interval.last) return new RangeSet(this.claim(port, interval.first) ? near : [interval]);
    networks.push({ first: interval.first, last: interval.last });
    const inside = [...single].filter((address) => interval.first <= address && address <= interval.last);
    return new RangeSet([...near, ...inside.map((address) => ({ first: address, last: address }))]);
  }

  private at(port: number | null): Claimed {
    const claimed = this.byPort.get(port) ?? { single: new Set<bigint>(), networks: [] };
    this.byPort.set(port, claimed);
    return claimed;
  }
}
