/** One web site while it is being examined: what has been seen, and what it may still be asked. Asks nothing by itself. */
import type { ProbeTarget } from '../../model/probe.js';
import type { Product } from '../../model/product.js';
import type { HttpConversation } from './conversation.js';
import type { HttpEvidence, WebDoor } from './evidence.js';
import type { Front, Visited } from './front.js';
import { recogniseProducts } from './products.js';

/** Requests: for any host, and for one that turned out to be an archive or a viewer. */
export const usualBudget = 25;
export const imagingBudget = 60;

/** What has been learnt so far; the end of the budget or of the connection leaves the rest as it is. */
export interface Site {
  readonly conversation: HttpConversation;
  readonly target: ProbeTarget;
  readonly front: Front;
  readonly visited: Visited[];
  readonly doors: WebDoor[];
  product: Product | null;
  icon: number | null;
  budgetSpent: boolean;
  defaultAccount: HttpEvidence['defaultAccount'];
}

/** It is an archive or a viewer: it may be asked more. */
export function widenBudget({ conversation }: Pick<Site, 'conversation'>): void {
  conversation.budget = Math.max(conversation.budget, imagingBudget - conversation.requests);
}

export function recogniseFrom(visited: readonly Visited[], icon: number | null = null): Product | null {
  const pages = visited.map(({ path, answer, text }) => ({ path, status: answer.status, headers: headersOf(answer), body: text, faviconHash: icon }));
  return recogniseProducts(pages)[0] ?? null;
}

/** Cookies tell products apart by their names. */
const headersOf = ({ headers, cookies }: Visited['answer']): Readonly<Record<string, string>> =>
  cookies.length === 0 ? headers : { ...headers, 'set-cookie': cookies.join('\n') };
