/** Many addresses of one list, small in memory: four bytes for a single IPv4 address, and each given once. Resolves nothing. */
import { formatAddress, type Interval, isIpv4, parseInterval } from './address.js';
import { RangeSet } from './range-set.js';

const ipv4Base = 0xffff_0000_0000n;

export class AddressList {
  #singles = new Uint32Array(16);
  #count = 0;
  readonly #others: Interval[] = [];

  add(interval: Interval): void {
    if (interval.first !== interval.last || !isIpv4(interval.first)) {
      this.#others.push({ first: interval.first, last: interval.last });
      return;
    }
    if (this.#count === this.#singles.length) {
      const larger = new Uint32Array(this.#count * 2);
      larger.set(this.#singles);
      this.#singles = larger;
    }
    this.#singles[this.#count] = Number(interval.first - ipv4Base);
    this.#count += 1;
  }

  get isEmpty(): boolean {
    return this.#count === 0 && this.#others.length === 0;
  }

  /** Disjoint intervals: first the networks and IPv6, then what runs of single addresses remain. */
  *intervals(): Generator<Interval> {
    const networks = new RangeSet(this.#others);
    yield* networks.intervals;
    let first = -1;
    let last = -1;
    for (const value of this.#singles.subarray(0, this.#count).sort()) {
      if (value === last || networks.has(ipv4Base + BigInt(value))) continue;
      if (value !== last + 1 || first < 0) {
        if (first >= 0) yield span(first, last);
        first = value;
      }
      last = value;
    }
    if (first >= 0) yield span(first, last);
  }

  /** One line that `readAddressList` takes: what a scan keeps in order to be taken up again. */
  text(): string {
    let text = '';
    for (const { first, last } of this.intervals())
      text += `${text === '' ? '' : ' '}${formatAddress(first)}${first === last ? '' : `-${formatAddress(last)}`}`;
    return text;
  }
}

const span = (first: number, last: number): Interval => ({ first: ipv4Base + BigInt(first), last: ipv4Base + BigInt(last) });

export function readAddressList(text: string): AddressList {
  const list = new AddressList();
  for (const part of text.split(' ')) if (part !== '') list.add(parseInterval(part, 'refused'));
  return list;
}
