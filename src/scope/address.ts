/**
 * Addresses as numbers. Opens no sockets and resolves no names.
 *
 * Every address is one 128-bit value; an IPv4 address is its IPv4-mapped IPv6 value (RFC 4291 section 2.5.5.2). So `10.0.0.5`,
 * `::ffff:10.0.0.5` and `::ffff:a00:5` are the same number, and no spelling slips past an exclusion.
 */
import ipaddr from 'ipaddr.js';
import { quote } from './quote.js';

/** Not an address, a network or a range; the message is one line with what to write instead. */
export class AddressError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AddressError';
  }
}

/** Addresses from `first` to `last`, both included. */
export interface Interval {
  readonly first: bigint;
  readonly last: bigint;
}

const ipv4Block = 0xffff_0000_0000n;
const ipv4Mask = 0xffff_ffffn;
const highest = (1n << 128n) - 1n;

export const isIpv4 = (address: bigint): boolean => address >> 32n === 0xffffn;

/** Number of addresses in an interval. */
export const sizeOf = (interval: Interval): bigint => interval.last - interval.first + 1n;

function parseIpv4(text: string): bigint | undefined {
  const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1);
  if (!octets) return undefined;
  let value = 0;
  for (const octet of octets) {
    // inet_aton reads 010 as 8, most people read it as 10
    if (octet.length > 1 && octet.startsWith('0')) throw new AddressError(`${quote(text)} has a leading zero, which some systems read as octal: leave it out`);
    if (Number(octet) > 255) throw new AddressError(`${quote(text)} is not an IPv4 address: each of its four numbers is 0 to 255`);
    value = value * 256 + Number(octet);
  }
  return ipv4Block + BigInt(value);
}

/** `::ffff:10.0.0.5` → `::ffff:a00:5`. ipaddr.js takes octal and hexadecimal there, and reads `::10.0.0.5` as `::ffff:10.0.0.5`; systems do neither. */
function withoutDottedTail(text: string): string | undefined {
  if (!text.includes('.')) return text;
  const start = text.lastIndexOf(':') + 1;
  const tail = parseIpv4(text.slice(start));
  return tail === undefined ? undefined : `${text.slice(0, start)}${((tail >> 16n) & 0xffffn).toString(16)}:${(tail & 0xffffn).toString(16)}`;
}

function parseIpv6(text: string): bigint | undefined {
  if (!text.includes(':') || !/^[0-9a-f:.]+$/i.test(text)) return undefined;
  const plain = withoutDottedTail(text);
  if (plain === undefined || !ipaddr.IPv6.isValid(plain)) return undefined;
  return ipaddr.IPv6.parse(plain).parts.reduce((value, part) => (value << 16n) | BigInt(part), 0n);
}

/** The address of one literal. Throws `AddressError`. */
export function parseAddress(text: string): bigint {
  const address = parseIpv4(text) ?? parseIpv6(text);
  if (address !== undefined) return address;
  if (text.includes('%')) throw new AddressError(`${quote(text)} has a zone id, which only means something on one machine: give an address without "%..."`);
  if (text.includes(':')) throw new AddressError(`${quote(text)} is not an IPv6 address: write it as 2001:db8::5, with a port as [2001:db8::5]:104`);
  throw new AddressError(`${quote(text)} is not an IPv4 address: write four numbers, as in 10.0.0.5`);
}

/** Canonical text: dotted decimal for IPv4 in any form, RFC 5952 for the rest. */
export function formatAddress(address: bigint): string {
  if (isIpv4(address)) {
    const value = Number(address & ipv4Mask);
    return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
  }
  return new ipaddr.IPv6(Array.from({ length: 8 }, (_, index) => Number((address >> BigInt(112 - 16 * index)) & 0xffffn))).toString();
}

/** What to do with `10.0.0.5/24`: take the network it lies in, or refuse because it reads as one address and means 256. */
export type HostBits = 'dropped' | 'refused';

function parseNetwork(text: string, hostBits: HostBits): Interval {
  const slash = text.indexOf('/');
  const base = text.slice(0, slash);
  const address = parseAddress(base);
  const written = text.slice(slash + 1);
  const width = base.includes(':') ? 128 : 32;
  if (!/^\d{1,3}$/.test(written) || Number(written) > width) {
    throw new AddressError(
      `${quote(text)}: the prefix of an ${width === 32 ? 'IPv4' : 'IPv6'} network is 0 to ${width}, as in ${width === 32 ? '10.0.0.0/24' : '2001:db8::/120'}`,
    );
  }
  const hosts = (1n << BigInt(width - Number(written))) - 1n;
  const first = address & (highest ^ hosts);
  if (first !== address && hostBits === 'refused') {
    throw new AddressError(
      `${quote(text)} is ambiguous: write ${formatAddress(first)}/${written} for the network or ${formatAddress(address)} for the one address`,
    );
  }
  return { first, last: first | hosts };
}

function parseRange(text: string): Interval {
  const dash = text.indexOf('-');
  const from = text.slice(0, dash).trim();
  const to = text.slice(dash + 1).trim();
  const short = /^\d{1,3}$/.test(to) && !from.includes(':');
  const first = parseAddress(from);
  const last = parseAddress(short ? `${from.slice(0, from.lastIndexOf('.'))}.${to}` : to);
  if (isIpv4(first) !== isIpv4(last)) throw new AddressError(`${quote(text)} mixes IPv4 and IPv6: write two ranges`);
  if (last < first) throw new AddressError(`${quote(text)} runs backwards: write the lower address first`);
  return { first, last };
}

/** An address, a network (`10.0.0.0/24`) or a range (`10.0.0.1-10.0.0.9`, `10.0.0.1-9`). Throws `AddressError`. */
export function parseInterval(text: string, hostBits: HostBits): Interval {
  if (text.includes('%')) parseAddress(text);
  if (text.includes('/')) return parseNetwork(text, hostBits);
  if (text.includes('-')) return parseRange(text);
  const address = parseAddress(text);
  return { first: address, last: address };
}

/** `never`: nothing that could be audited answers there, or one packet would reach many. */
export type AddressClass = 'loopback' | 'private' | 'public' | 'never';

/** No two rows overlap; what is in none is public, documentation networks, NAT64 (64:ff9b::/96) and 6to4 (2002::/16) included. */
const table: readonly (readonly [string, Exclude<AddressClass, 'public'>])[] = [
  ['127.0.0.0/8', 'loopback'],
  ['::1', 'loopback'],
  ['10.0.0.0/8', 'private'], // RFC 1918
  ['172.16.0.0/12', 'private'],
  ['192.168.0.0/16', 'private'],
  ['169.254.0.0/16', 'private'], // link-local, RFC 3927
  ['100.64.0.0/10', 'private'], // carrier-grade NAT, RFC 6598
  ['fc00::/7', 'private'], // unique local, RFC 4193
  ['fe80::/10', 'private'], // link-local, RFC 4291
  ['0.0.0.0/8', 'never'], // "this network": 0.0.0.0 is the machine itself on Linux
  ['224.0.0.0/4', 'never'], // multicast
  ['240.0.0.0/4', 'never'], // reserved, and 255.255.255.255
  ['::', 'never'], // unspecified
  ['::2-::ffff:ffff', 'never'], // IPv4-compatible addresses (deprecated, RFC 4291 section 2.5.5.1)
  ['ff00::/8', 'never'], // multicast
];

const classes = table.map(([text, kind]) => ({ ...parseInterval(text, 'refused'), kind }));

export function classify(address: bigint): AddressClass {
  return classes.find((entry) => entry.first <= address && address <= entry.last)?.kind ?? 'public';
}

/** The networks of one class, as a scope would list them. */
export function networksOf(kind: Exclude<AddressClass, 'public'>): readonly (Interval & { readonly text: string })[] {
  return table.filter((row) => row[1] === kind).map(([text]) => ({ ...parseInterval(text, 'refused'), text }));
}

/** IPv6 networks whose addresses a gateway turns into IPv4, and how far the IPv4 address lies above the lowest bit. */
const translated = [
  { ...parseInterval('64:ff9b::/96', 'refused'), shift: 0n }, // NAT64, RFC 6052
  { ...parseInterval('64:ff9b:1::/48', 'refused'), shift: 0n }, // NAT64 for local use, RFC 8215, in its /96 form
  { ...parseInterval('::ffff:0:0:0/96', 'refused'), shift: 0n }, // IPv4-translated, RFC 7915
  { ...parseInterval('2002::/16', 'refused'), shift: 80n }, // 6to4, RFC 3056
];

/** The IPv4 address a gateway would reach through this IPv6 address: excluded devices must not be reached by that way round either. */
export function translatedIpv4(address: bigint): bigint | undefined {
  const network = translated.find((entry) => entry.first <= address && address <= entry.last);
  return network && ipv4Block + ((address >> network.shift) & ipv4Mask);
}
