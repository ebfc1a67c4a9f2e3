/** How the reports put figures and terms into words. Knows no layout. */
import type { Severity } from '../model/check.js';
import type { FailureOutcome } from '../model/connection.js';
import type { Estimate, ValueClass } from '../model/exposure.js';
import type { Right } from '../model/rights.js';
import type { Touch } from '../model/touch.js';

/** `1,234,567`. */
export function count(value: number): string {
  return Number.isFinite(value) ? value.toLocaleString('en-US', { maximumFractionDigits: 0 }) : 'unknown';
}

/** `1 study`, `2,000 studies`. */
export const counted = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`;

const bases = { exact: 'exactly', 'at-least': 'at least', estimate: 'about' } as const satisfies Record<Estimate['basis'], string>;
const signs = { exact: '', 'at-least': '≥ ', estimate: '≈ ' } as const satisfies Record<Estimate['basis'], string>;

export const basisWord = (basis: Estimate['basis']): string => bases[basis];

/** "At least none" says nothing: something is there, and nobody counted it. */
export const isUncounted = ({ basis, value }: Estimate): boolean => basis === 'at-least' && value === 0;

/** For tables: `1,234`, `≥ 1,234`, `≈ 1,234`, `?`. */
export function estimateSign(estimate: Estimate | null): string {
  return estimate === null || isUncounted(estimate) ? '?' : `${signs[estimate.basis]}${count(estimate.value)}`;
}

/** For prose: `exactly 1,234`, `at least 1,234`, `about 1,234 (between 1,100 and 1,400)`, `could not be learnt`. */
export function estimateInWords(estimate: Estimate | null): string {
  if (estimate === null || isUncounted(estimate)) return 'could not be learnt';
  const { basis, value, low, high } = estimate;
  const interval = basis === 'estimate' && high !== null && low < high ? ` (between ${count(low)} and ${count(high)})` : '';
  return `${bases[basis]} ${count(value)}${interval}`;
}

/** Decimal units: `512 bytes`, `12.3 kB`, `1.2 MB`. */
export function bytes(value: number): string {
  if (value < 1000) return counted(value, 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log10(value) / 3));
  return `${(value / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}

/** From milliseconds: `850 ms`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return parted(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  return parted(Math.floor(seconds / 3600), 'h', Math.floor((seconds % 3600) / 60), 'min');
}

const parted = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  `${large} ${largeUnit}${small === 0 ? '' : ` ${small} ${smallUnit}`}`;

/** `a, b and c`. */
export const listed = (items: readonly string[]): string => (items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`);

/** The first few, and how many more; "and 1 more" would take the room of the one. */
export function firstFew(items: readonly string[], most: number): string {
  return items.length <= most + 1 ? listed(items) : `${items.slice(0, most).join(', ')} and ${count(items.length - most)} more`;
}

/** Checks word their reasons without a capital and a full stop. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  const first = String.fromCodePoint(trimmed.codePointAt(0) ?? 32);
  return `${first.toUpperCase()}${trimmed.slice(first.length)}${/[.!?…]$/.test(trimmed) ? '' : '.'}`;
}

/** `notAfter` → `not after`. */
export const keyInWords = (key: string): string => key.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();

export const severityWords = { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low' } as const satisfies Record<Severity, string>;

export const rightWords = { yes: 'yes', negotiated: 'neg', no: 'no', unknown: '?' } as const satisfies Record<Right, string>;

export const rightMeanings = {
  yes: 'The operation itself was granted, without effect.',
  negotiated: 'Only the capability was offered. The server may still refuse the operation itself; trying it would have changed something, so it was not tried.',
  no: 'It was refused.',
  unknown: 'It was not asked, or not answered. That is not a no.',
} as const satisfies Record<Right, string>;

export const valueClassWords = {
  'real-looking': 'reads like a person’s own value',
  pseudonymous: 'a code or a placeholder',
  empty: 'offered without a value',
} as const satisfies Record<ValueClass, string>;

export const outcomeWords = {
  observed: 'told us something',
  unreachable: 'could not be reached',
  refused: 'refused the connection',
  'timed-out': 'did not answer in time',
  closed: 'hung up before saying anything of use',
  'not-this-protocol': 'spoke something else',
  'over-limit': 'sent more than the limit',
  'out-of-scope': 'left alone, out of scope',
  crashed: 'our probe failed',
} as const satisfies Record<FailureOutcome | 'observed', string>;

export const touchMeanings = {
  connect: 'only whether the port is open',
  handshake: 'protocol negotiation only',
  anonymous: 'what anyone could ask, without credentials',
  credentials: 'published vendor defaults, where the scope allows them',
} as const satisfies Record<Touch, string>;
