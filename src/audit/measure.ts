/** Evidence → what it means for an endpoint: service, product, rights, exposure. Reads evidence only through its kind. */
import type { ArchiveSeen } from '../model/archive-door.js';
import type { AnyEvidenceKind, EvidenceReaders } from '../model/evidence.js';
import type { Exposure } from '../model/exposure.js';
import { foundOpen, type Observation } from '../model/observation.js';
import type { Product } from '../model/product.js';
import { type Rights, type RightsFrom, unknownRights } from '../model/rights.js';

export interface Measured {
  readonly service: string;
  readonly product: Product | null;
  readonly rights: Rights;
  readonly exposure: Exposure | null;
  readonly archive: ArchiveSeen | null;
}

/** `observations` are all of one endpoint; the last kind that knows an answer gives it. */
export function measure(kinds: readonly AnyEvidenceKind[], observations: readonly Observation[]): Measured {
  const read = <Key extends keyof EvidenceReaders<unknown>>(key: Key) => lastAnswer(kinds, observations, key);
  return {
    service: read('service') ?? unrecognised(observations),
    product: read('product') ?? null,
    rights: read('rights') ?? unknownRights,
    exposure: read('exposure') ?? null,
    archive: read('archive') ?? null,
  };
}

/** What the rights rest on. */
export function grounds(kinds: readonly AnyEvidenceKind[], observations: readonly Observation[]): RightsFrom {
  return lastAnswer(kinds, observations, 'rightsFrom') ?? nothingSeen;
}

const untold = ['nothing was asked here that would tell'];
const nothingSeen: RightsFrom = { read: untold, create: untold, edit: untold, delete: untold };

type Answer<Key extends keyof EvidenceReaders<unknown>> = NonNullable<ReturnType<NonNullable<EvidenceReaders<unknown>[Key]>>>;

function lastAnswer<Key extends keyof EvidenceReaders<unknown>>(
  kinds: readonly AnyEvidenceKind[],
  observations: readonly Observation[],
  key: Key,
): Answer<Key> | undefined {
  for (const observation of observations.toReversed()) {
    if (observation.outcome !== 'observed') continue;
    const kind = kinds.find((entry) => entry.name === observation.kind && entry.version === observation.version);
    const answer = kind?.readers[key]?.(observation.evidence);
    if (answer !== undefined && answer !== null) return answer as Answer<Key>;
  }
  return undefined;
}

function unrecognised(observations: readonly Observation[]): string {
  if (!observations.some(foundOpen)) return 'closed';
  const heard = observations.flatMap((observation) =>
    'heard' in observation && observation.heard && observation.heard !== 'unknown' ? [observation.heard] : [],
  );
  return heard.at(-1) ?? (observations.some((observation) => 'spoke' in observation && observation.spoke) ? 'unrecognised' : 'silent');
}
