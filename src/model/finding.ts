/** A verdict with its place: what was judged, where, how grave, and what to do. */
import type { ProductRemedy, References, Remedy, Severity, Verdict } from './check.js';
import type { Endpoint } from './endpoint.js';

export interface Finding {
  readonly check: string;
  readonly title: string;
  readonly endpoint: Endpoint;
  readonly subject: string;
  readonly severity: Severity;
  readonly verdict: Verdict['verdict'];
  readonly reason: string;
  readonly because: Verdict['because'];
  readonly remedy: FindingRemedy;
  readonly references: References;
}

/** The remedy as it applies here: only the recognised product's settings where the product is known, else all of them. */
export interface FindingRemedy {
  readonly text: string;
  readonly products: readonly ProductRemedy[];
  readonly prove: string;
}

export function remedyFor(remedy: Remedy, productId: string | null, endpoint: Endpoint): FindingRemedy {
  const own = remedy.products.filter((entry) => entry.product === productId);
  const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host;
  const prove = remedy.prove.replaceAll('{host}', host).replaceAll('{port}', String(endpoint.port));
  return { text: remedy.text, products: own.length > 0 ? own : remedy.products, prove };
}
