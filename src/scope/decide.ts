/** May this address be contacted on this port, and how hard? Pure: resolves nothing, reads no clock. Asked before every connection. */
import { gentlerTouch, type Touch } from '../model/touch.js';
import { type AddressClass, AddressError, classify, formatAddress, parseAddress, translatedIpv4 } from './address.js';
import { isPort } from './ports.js';
import { authorityProblem, type Scope, type ScopeRange } from './scope-shape.js';
import { isOpen, localTime, windowName } from './time-window.js';

export interface Allowed {
  readonly allowed: true;
  /** What was wanted, lowered to the ceiling that holds there. */
  readonly touch: Touch;
}
export interface Refused {
  readonly allowed: false;
  /** One line: why, and what to do next. */
  readonly reason: string;
  /** The scope's owner took this address out: within a network it is left out, without calling the scan off. */
  readonly excluded: boolean;
}
export type Decision = Allowed | Refused;

const refuse = (reason: string): Refused => ({ allowed: false, reason, excluded: false });

/** Credentials are tried only where a scope file says so, on loopback too. */
const withoutFile = (wanted: Touch): Allowed => ({ allowed: true, touch: gentlerTouch(wanted, 'anonymous') });

/**
 * `scope`: the scope file, `null` without one; where there is one, `authorisedBy` adds nothing to it. `now`: milliseconds since the epoch.
 * In this order: addresses that are never contacted, exclusions, whether anything covers the address, its ports, dates and hours, touch.
 */
export function decide(scope: Scope | null, authorisedBy: string | null, address: string | bigint, port: number, wanted: Touch, now: number): Decision {
  const value = typeof address === 'bigint' ? address : read(address);
  if (typeof value !== 'bigint') return value;
  const name = formatAddress(value);
  const kind = classify(value);
  if (kind === 'never') return refuse(`${name} is multicast, reserved or unspecified and is never contacted: name a device's own address`);
  if (!isPort(port)) return refuse(`${port} is not a port: ports are 1 to 65535`);
  if (scope === null) return decideWithoutFile(kind, name, authorisedBy, wanted);
  return exclusion(scope, value, name) ?? decideWithin(scope, kind, value, name, port, wanted, now);
}

function read(address: string): bigint | Refused {
  try {
    return parseAddress(address);
  } catch (error) {
    if (error instanceof AddressError) return refuse(error.message);
    throw error;
  }
}

function decideWithoutFile(kind: Exclude<AddressClass, 'never'>, name: string, authorisedBy: string | null, wanted: Touch): Decision {
  if (kind === 'loopback') return withoutFile(wanted);
  if (kind === 'public') return refuse(`${name} is a public address: add --scope FILE with a scope file that covers it`);
  if (authorisedBy === null) return refuse(`${name} is a private address: add --authorised-by "who, reference" or a scope file`);
  const problem = authorityProblem(authorisedBy);
  return problem === undefined ? withoutFile(wanted) : refuse(problem);
}

function exclusion(scope: Scope, address: bigint, name: string): Refused | undefined {
  const behind = translatedIpv4(address);
  const hit = [address, behind].find((value) => value !== undefined && scope.excluded.has(value));
  if (hit === undefined) return undefined;
  const entry = scope.exclude.find((candidate) => candidate.first <= hit && hit <= candidate.last);
  const why = entry?.why ? ` (${entry.why})` : '';
  const way = hit === address ? '' : `, it leads to ${formatAddress(hit)}`;
  return { allowed: false, reason: `${name} is excluded by ${scope.name}${why}${way}: leave it alone, or ask the scope's contact`, excluded: true };
}

/** Loopback needs no scope file, but where the file lists it the range's terms hold: a tunnel ends on loopback and its device does not. */
function decideWithin(scope: Scope, kind: AddressClass, address: bigint, name: string, port: number, wanted: Touch, now: number): Decision {
  const range = scope.rangeMap.at(address);
  if (!range) return kind === 'loopback' ? withoutFile(wanted) : refuse(`${name} is in no range of ${scope.name}: have its authority add it, or leave it out`);
  const reason = portProblem(range, port, name) ?? dateProblem(scope, now) ?? hourProblem(scope, now);
  return reason === undefined ? { allowed: true, touch: gentlerTouch(wanted, range.touch) } : refuse(reason);
}

function portProblem(range: ScopeRange, port: number, name: string): string | undefined {
  if (range.ports === null || range.ports.includes(port)) return undefined;
  const some = range.ports.slice(0, 8).join(',');
  return `port ${port} of ${name} is not among the ports of range ${range.text}: choose from --ports ${some}${range.ports.length > 8 ? ',...' : ''}`;
}

function dateProblem(scope: Scope, now: number): string | undefined {
  const { timeZone, valid } = scope;
  if (timeZone === null) return undefined;
  const { date } = localTime(timeZone, now);
  if (valid.from !== null && date < valid.from) return `${scope.name} holds from ${valid.from}, and it is ${date} in ${timeZone}: wait until then`;
  if (valid.until !== null && date > valid.until) return `${scope.name} ended on ${valid.until}: have its authority renew it`;
  return undefined;
}

function hourProblem(scope: Scope, now: number): string | undefined {
  const { timeZone, windows } = scope;
  if (timeZone === null || windows.length === 0) return undefined;
  const local = localTime(timeZone, now);
  if (windows.some((window) => isOpen(window, local))) return undefined;
  return `${scope.name} allows ${windows.map(windowName).join('; ')} (${timeZone}) and now is outside of that: come back then`;
}
