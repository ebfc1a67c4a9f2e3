/** Which product answers, from the implementation it names (PS3.7 section D.3.3.2) and the contexts it takes. Opens no sockets. */
import type { Product } from '../../model/product.js';
import type { ContextName, ContextResult } from './wire/contexts.js';

export interface Implementation {
  readonly classUid: string | null;
  readonly versionName: string | null;
}

export function identifyProduct(_implementation: Implementation, _contexts: Readonly<Partial<Record<ContextName, ContextResult>>>): Product | null {
  return null;
}
