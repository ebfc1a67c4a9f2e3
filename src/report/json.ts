/** Report → the document itself, as JSON. Adds nothing and leaves nothing out. */
import type { Report, ReportEndpoint } from '../model/report.js';
import { inKeyOrder } from './key-order.js';

/** JSON.stringify escapes C0 only; DEL, C1, bidirectional and separator characters would still reach a terminal that prints the file. */
const unseen = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Two spaces of indent, keys in a fixed order, a line break at the end. Parsing it gives the report back. */
export function renderJson(report: Report): string {
  return `${printedJson(report)}\n`;
}

/** The same document piece by piece, for scans with more endpoints than memory should hold. `report.endpoints` is not read. */
export function jsonPieces(report: Report): {
  readonly opening: string;
  /** `index` from 0. */
  endpoint(endpoint: ReportEndpoint, index: number): string;
  closing(count: number): string;
} {
  const [before = '', after = ''] = renderJson({ ...report, endpoints: [] }).split('\n  "endpoints": []', 2);
  return {
    opening: `${before}\n  "endpoints": [`,
    endpoint: (endpoint, index) => `${index === 0 ? '' : ','}\n    ${printedJson([[endpoint]]).slice(inLists.before, -inLists.after)}`,
    closing: (count) => `${count === 0 ? '' : '\n  '}]${after}`,
  };
}

/** Two lists around a value indent it as it is in the report. Characters. */
const inLists = { before: '[\n  [\n    '.length, after: '\n  ]\n]'.length };

/** Any JSON value in the same manner, without the last line break. */
export function printedJson(value: unknown): string {
  const text = JSON.stringify(inKeyOrder(value), null, 2) ?? 'null';
  return text.replace(unseen, escaped);
}

const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
