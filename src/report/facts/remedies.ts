/** Which product's settings belong to which finding, and the command that proves it closed there. */
import type { ProductRemedy } from '../../model/check.js';
import type { PlacedFinding } from './failures.js';

/** The settings of the product that was recognised there; `undefined` where none was, or none of ours fit. */
export function ownRemedy({ endpoint, about }: Pick<PlacedFinding, 'endpoint' | 'about'>): ProductRemedy | undefined {
  return about.remedy.products.find(({ product, services }) => product === endpoint.product?.id && (services?.includes(endpoint.service) ?? true));
}

/** Each recognised product's settings once, in the order of the endpoints. */
export function ownRemedies(places: readonly PlacedFinding[]): readonly ProductRemedy[] {
  const byProduct = new Map<string, ProductRemedy>();
  for (const place of places) {
    const own = ownRemedy(place);
    const key = own && `${own.product} ${own.services?.join() ?? ''}`;
    if (key && !byProduct.has(key)) byProduct.set(key, own);
  }
  return [...byProduct.values()];
}

/** Empty where the check has none. A folder is looked at again where it lies; the report does not know where that is. */
export function proofCommand({ endpoint, about }: Pick<PlacedFinding, 'endpoint' | 'about'>): string {
  if (endpoint.port === 0) return about.remedy.prove.replace('dosimeter scan {host} --ports {port}', 'dosimeter files PATH');
  const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host;
  const url = `${endpoint.service === 'https' ? 'https' : 'http'}://${host}:${endpoint.port}`;
  return about.remedy.prove
    .replaceAll('{url}', () => url)
    .replaceAll('{host}', () => host)
    .replaceAll('{port}', String(endpoint.port));
}
