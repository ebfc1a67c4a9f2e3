/** Which product's settings belong to which finding, and the command that proves it closed there. */
import type { ProductRemedy } from '../../model/check.js';
import type { PlacedFinding } from './failures.js';

/** The settings of the product that was recognised there; `undefined` where none was, or none of ours fit. */
export function ownRemedy({ endpoint, about }: Pick<PlacedFinding, 'endpoint' | 'about'>): ProductRemedy | undefined {
  return about.remedy.products.find((entry) => entry.product === endpoint.product?.id);
}

/** Each recognised product's settings once, in the order of the endpoints. */
export function ownRemedies(places: readonly PlacedFinding[]): readonly ProductRemedy[] {
  const byProduct = new Map<string, ProductRemedy>();
  for (const place of places) {
    const own = ownRemedy(place);
    if (own && !byProduct.has(own.product)) byProduct.set(own.product, own);
  }
  return [...byProduct.values()];
}

/** Empty where the check has none. */
export function proofCommand({ endpoint, about }: Pick<PlacedFinding, 'endpoint' | 'about'>): string {
  const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host;
  return about.remedy.prove.replaceAll('{host}', () => host).replaceAll('{port}', String(endpoint.port));
}
