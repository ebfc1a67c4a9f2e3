/** Markup that cannot be broken out of: whatever is put into a template is escaped, unless a template made it. */

/** Text that is safe to stand in a page as it is. Only `html` makes it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Markup | string | number | null | false | readonly Part[];

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };

/** Safe in text and in a quoted attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"'`]/g, (character) => entities[character] ?? '');

/** Tagged template: strings and numbers are escaped, lists are joined, `null` and `false` leave nothing. Attributes must be quoted. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(literals.map((literal, index) => literal + (index < parts.length ? textOf(parts[index] ?? null) : '')).join(''));
}

function textOf(part: Part): string {
  if (part === null || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return part.map(textOf).join('');
}

/** An address to link to, or `null` where it is not plainly a web page: `javascript:` never becomes a link. */
export function webAddress(url: string): string | null {
  return /^https?:\/\/[^\s"'<>`\\]+$/i.test(url) ? url : null;
}
