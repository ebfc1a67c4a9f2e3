/**
 * All addresses of a scan as one line of numbers from 0 to `size - 1`, without a list of them: a few numbers for each interval, however
 * many addresses it holds. Decides nothing and resolves nothing.
 */
import { type Interval, isIpv4 } from './address.js';

export interface Place {
  /** Which target it belongs to, in the order given. */
  readonly target: number;
  readonly address: bigint;
}

const ipv4Base = 0xffff_0000_0000n;

export class AddressSpace {
  /** Addresses in all. */
  size = 0;
  #count = 0;
  /** IPv4: the address as a number. IPv6: minus one, minus its place in `#wide`. */
  #first = new Float64Array(16);
  #offset = new Float64Array(16);
  #target = new Uint32Array(16);
  readonly #wide: bigint[] = [];

  /** Intervals come with ascending targets. Throws `RangeError` beyond 2^53 addresses. */
  add(target: number, { first, last }: Interval): void {
    if (this.#count === this.#first.length) this.#grow();
    this.#first[this.#count] = isIpv4(first) ? Number(first - ipv4Base) : -this.#wide.push(first);
    this.#offset[this.#count] = this.size;
    this.#target[this.#count] = target;
    this.#count += 1;
    this.size += Number(last - first + 1n);
    if (!Number.isSafeInteger(this.size)) throw new RangeError('more addresses than can be counted');
  }

  /** `index` from 0 to `size - 1`. */
  at(index: number): Place {
    const interval = this.#lastAtOrBelow(index);
    return { target: this.#target[interval] ?? 0, address: this.#firstOf(interval) + BigInt(index - (this.#offset[interval] ?? 0)) };
  }

  /** Every index of an address: one for each target that holds it, most often one. In time linear to the number of intervals of more than one address apart. */
  *indexesOf(address: bigint): Generator<number> {
    const order = this.#byAddress();
    for (let place = upperBound(order, (interval) => this.#firstOf(interval) <= address) - 1; place >= 0; place -= 1) {
      const interval = order[place] as number;
      const distance = address - this.#firstOf(interval);
      if (distance < BigInt(this.#sizeOf(interval))) yield (this.#offset[interval] ?? 0) + Number(distance);
      else if (distance >= BigInt(this.#widest)) return;
    }
  }

  #sorted: Uint32Array | undefined;
  #widest = 0;

  /** Intervals in the order of their first addresses; made once, when a scan is taken up again. */
  #byAddress(): Uint32Array {
    if (this.#sorted) return this.#sorted;
    const order = Uint32Array.from({ length: this.#count }, (_, index) => index);
    for (let interval = 0; interval < this.#count; interval += 1) this.#widest = Math.max(this.#widest, this.#sizeOf(interval));
    const compare = (a: number, b: number): number => {
      const [left, right] = [this.#firstOf(a), this.#firstOf(b)];
      return left < right ? -1 : left > right ? 1 : 0;
    };
    this.#sorted = order.sort(compare);
    return this.#sorted;
  }

  #firstOf(interval: number): bigint {
    const first = this.#first[interval] ?? 0;
    return first >= 0 ? ipv4Base + BigInt(first) : (this.#wide[-first - 1] ?? 0n);
  }

  #sizeOf(interval: number): number {
    const next = interval + 1 < this.#count ? (this.#offset[interval + 1] ?? 0) : this.size;
    return next - (this.#offset[interval] ?? 0);
  }

  #lastAtOrBelow(index: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#offset[middle] ?? 0) <= index) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #grow(): void {
    const twice = this.#count * 2;
    const first = new Float64Array(twice);
    const offset = new Float64Array(twice);
    const target = new Uint32Array(twice);
    first.set(this.#first);
    offset.set(this.#offset);
    target.set(this.#target);
    this.#first = first;
    this.#offset = offset;
    this.#target = target;
  }
}

/** How many leading entries satisfy `holds`, which is true up to some point and false from there. */
function upperBound(order: Uint32Array, holds: (entry: number) => boolean): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(order[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}
