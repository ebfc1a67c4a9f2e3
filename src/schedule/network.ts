/** Which network an address belongs to, for limits that hold per network: the /24 of IPv4, the /64 of IPv6. Pure. */

/** `address` in canonical text (RFC 5952). */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address.slice(0, address.lastIndexOf('.'));
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  if (tail === undefined) return before.slice(0, 4).join(':');
  const after = tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}

export const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '::1';
