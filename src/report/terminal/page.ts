/** What every section of the terminal report is handed: how wide the page is, and how to colour. */
import type { Severity } from '../../model/check.js';
import { wrap } from './wrap.js';

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan' | 'magenta';

export interface Page {
  /** Columns. */
  readonly width: number;
  /** Wraps text in the escapes of a style, or leaves it alone where colour is unwanted. */
  readonly colour: (style: Style, text: string) => string;
}

/** A section gives its lines, or none where it has nothing to say. */
export type Lines = readonly string[];

const severityStyles = { critical: 'magenta', high: 'red', medium: 'yellow', low: 'cyan' } as const satisfies Record<Severity, Style>;

export const severityStyle = (severity: Severity): Style => severityStyles[severity];

/** A section's heading with a blank line before it. */
export function heading(page: Page, text: string): Lines {
  const rule = '─'.repeat(Math.max(0, Math.min(page.width, 100) - text.length - 1));
  return ['', `${page.colour('bold', text)} ${page.colour('dim', rule)}`];
}

/** A term and its wrapped text, hanging under itself. */
export function entry(page: Page, term: string, text: string, indent = '  '): Lines {
  const lines = wrap(`${term} ${text}`, page.width, { first: indent, rest: `${indent}  ` });
  return lines.map((line, index) => (index === 0 ? line.replace(term, () => page.colour('bold', term)) : line));
}

export const dim = (page: Page, lines: Lines): Lines => lines.map((line) => page.colour('dim', line));
