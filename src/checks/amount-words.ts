/** Counts as the reasons of checks word them. Knows no layout. */
import type { Estimate } from '../model/exposure.js';

const bases = { exact: 'exactly', 'at-least': 'at least', estimate: 'about' } as const satisfies Record<Estimate['basis'], string>;

/** "At least none" says nothing: something is there, and nobody counted it. */
export const isCounted = (estimate: Estimate | null): estimate is Estimate => estimate !== null && !(estimate.basis === 'at-least' && estimate.value === 0);

/** `1,234,567`, of whole numbers. `toLocaleString` would load the data of all languages first, which takes 30 ms. */
export const grouped = (value: number): string => (Number.isSafeInteger(value) ? String(value).replace(/\d(?=(?:\d{3})+$)/g, '$&,') : String(value));

/** `exactly 1,200 studies`, `at least 1 study`, `about 300 images`. */
export function amount({ value, basis }: Estimate, one: string, many: string): string {
  return `${bases[basis]} ${grouped(value)} ${value === 1 ? one : many}`;
}

/** `a, b and c`. */
export const listed = (items: readonly string[]): string => items.join(', ').replace(/, ([^,]*)$/, ' and $1');
