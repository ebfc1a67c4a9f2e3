/** What the user named, as an interval of addresses or a host name. Resolves nothing and decides nothing. */
import type { Transport } from '../model/connection.js';
import { AddressError, type Interval, isIpv4, parseInterval, sizeOf } from './address.js';
import { isPort } from './ports.js';
import { quote } from './quote.js';

/** A target that cannot be read, is too large or cannot be resolved; one line that says what to write instead. */
export class TargetError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TargetError';
  }
}

interface Common {
  /** `null` where the user named none: the scan's list holds. */
  readonly port: number | null;
  /** `tls` where the user wrote `dicom+tls://` or `dicoms://`; `null` where nothing was said. */
  readonly transport: Transport | null;
}
export interface AddressTarget extends Common, Interval {
  readonly kind: 'addresses';
}
export interface HostTarget extends Common {
  readonly kind: 'host';
  /** Lower case, without a final dot. */
  readonly name: string;
}
export type Target = AddressTarget | HostTarget;

const example = 'give an address, a network or a host, as in 10.0.0.5, 10.0.0.0/24 or pacs.example.org:104';

const schemes: Readonly<Record<string, Transport | null>> = { dicom: null, 'dicom+tls': 'tls', dicoms: 'tls' };

function splitScheme(text: string): { rest: string; transport: Transport | null } {
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(text) ?? [];
  if (scheme === undefined || rest === undefined) return { rest: text, transport: null };
  const transport = schemes[scheme.toLowerCase()];
  if (transport === undefined)
    throw new TargetError(`${quote(text)}: ${quote(scheme)} is not audited as a target, give host and port, as in pacs.example.org:104`);
  const authority = rest.replace(/\/$/, '');
  if (/[/?#@]/.test(authority)) throw new TargetError(`${quote(text)}: only host and port belong here, as in dicom://pacs.example.org:104`);
  return { rest: authority, transport };
}

/** `[v6]:port`, `[v6]`, `body:port` or a body. More than one colon without brackets is an IPv6 literal. */
function splitPort(text: string): { body: string; port: string | undefined } {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  if (bracketed) return { body: bracketed[1] ?? '', port: bracketed[2] };
  const colon = text.indexOf(':');
  if (colon === -1 || colon !== text.lastIndexOf(':')) return { body: text, port: undefined };
  return { body: text.slice(0, colon), port: text.slice(colon + 1) };
}

function portOf(port: string | undefined, text: string): number | null {
  if (port === undefined) return null;
  if (!/^\d{1,5}$/.test(port) || !isPort(Number(port)))
    throw new TargetError(`${quote(text)}: ${quote(port)} is not a port, which is 1 to 65535, as in 10.0.0.5:104`);
  return Number(port);
}

const looksLikeAddress = (body: string): boolean => /[:/%]/.test(body) || /^[\d.\s-]+$/.test(body);

/** No whole Internet: a target is at most a /8, or a /96 of IPv6. */
function refuseTooLarge(interval: Interval, text: string): void {
  const ipv4 = isIpv4(interval.first) && isIpv4(interval.last);
  if (sizeOf(interval) <= (ipv4 ? 1n << 24n : 1n << 32n)) return;
  throw new TargetError(
    `${quote(text)} is larger than ${ipv4 ? 'a /8' : 'a /96'}: name the networks that are yours, as in ${ipv4 ? '10.20.0.0/16' : '2001:db8::/112'}`,
  );
}

function addressTarget(body: string, text: string): Interval {
  try {
    const interval = parseInterval(body, 'dropped');
    refuseTooLarge(interval, text);
    return interval;
  } catch (error) {
    if (error instanceof AddressError) throw new TargetError(error.message, { cause: error });
    throw error;
  }
}

/** RFC 1123 labels, and the underscore that Windows names have. A last label that is a number would be read as an address by inet_aton. */
function hostName(body: string, text: string): string {
  const name = body.toLowerCase().replace(/\.$/, '');
  const labels = name.split('.');
  if (name === '' || name.length > 253 || !labels.every((label) => /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/.test(label))) {
    throw new TargetError(`${quote(text)} is not a target: ${example}`);
  }
  if (/^(\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? ''))
    throw new TargetError(`${quote(text)} is not an address that every system reads alike: write it as 10.0.0.5`);
  return name;
}

/**
 * `10.0.0.5`, `10.0.0.0/24`, `10.0.0.1-9`, `2001:db8::5`, `pacs.example.org`, each also with a port, IPv6 then in brackets;
 * `dicom://`, `dicom+tls://` and `dicoms://` in front are understood. Throws `TargetError`.
 */
export function parseTarget(text: string): Target {
  const { rest, transport } = splitScheme(text.trim());
  const split = splitPort(rest);
  const port = portOf(split.port, text);
  const common = { port, transport };
  if (looksLikeAddress(split.body)) return { kind: 'addresses', ...addressTarget(split.body, text), ...common };
  return { kind: 'host', name: hostName(split.body, text), ...common };
}

/**
 * Every address of a target, one at a time. The first and the last address of an IPv4 network are among them, as with nmap: in a network
 * that is part of a larger one they are devices like any other, and leaving them out would call them unseen.
 */
export function* addressesIn(interval: Interval): Generator<bigint> {
  for (let address = interval.first; address <= interval.last; address += 1n) yield address;
}
