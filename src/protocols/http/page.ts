/** An HTML page → what matters of it. Runs nothing, loads nothing, and takes no more than it is given. */
import { Parser } from 'htmlparser2';

/** Titles and links are for recognising products and listings; they go into no evidence. */
export interface Page {
  readonly title: string;
  /** `name` or `property` in lower case → content. */
  readonly meta: Readonly<Record<string, string>>;
  /** Forms with a password field: where they are sent, as written; empty for "here". */
  readonly passwordForms: readonly string[];
  readonly links: readonly string[];
  /** `rel=canonical` (RFC 6596), as written. */
  readonly canonical: string | null;
  /** Sources of scripts, as written. */
  readonly scripts: readonly string[];
}

const longestTitle = 300;
const mostLinks = 100_000;
const longestLink = 2_000;

export function readPage(html: string): Page {
  let title = '';
  let inTitle = false;
  let form: string | null = null;
  const meta: Record<string, string> = Object.create(null);
  const passwordForms: string[] = [];
  const links: string[] = [];
  let canonical: string | null = null;
  const scripts: string[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === 'title') inTitle = title === '';
        else if (name === 'form') form = attributes['action'] ?? '';
        else if (name === 'input' && attributes['type']?.toLowerCase() === 'password') passwordForms.push(form ?? '');
        else if (name === 'a' && links.length < mostLinks) links.push((attributes['href'] ?? '').slice(0, longestLink));
        else if (name === 'link' && /\bcanonical\b/i.test(attributes['rel'] ?? '')) canonical ??= (attributes['href'] ?? '').slice(0, longestLink);
        else if (name === 'script' && scripts.length < 200) scripts.push((attributes['src'] ?? '').slice(0, longestLink));
        else if (name === 'meta') {
          const key = (attributes['name'] ?? attributes['property'] ?? attributes['http-equiv'] ?? '').toLowerCase();
          if (key !== '') meta[key] = (attributes['content'] ?? '').slice(0, longestLink);
        }
      },
      ontext(text) {
        if (inTitle && title.length < longestTitle) title += text;
      },
      onclosetag(name) {
        if (name === 'title') inTitle = false;
        if (name === 'form') form = null;
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return { title: title.slice(0, longestTitle).trim().replace(/\s+/g, ' '), meta, passwordForms, links, canonical, scripts };
}

/** Body → text: UTF-8 unless the server says otherwise; what fits no repertoire is replaced. */
export function bodyText(body: Uint8Array, contentType: string | undefined): string {
  const label = /charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(body);
  } catch {
    return new TextDecoder('latin1').decode(body);
  }
}
