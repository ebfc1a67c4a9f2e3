/** One endpoint in two scans → what has changed. Adds nothing up. */
import type { EndpointChange, FindingChanges } from '../model/change.js';
import type { Exposure } from '../model/exposure.js';
import { findingChanges, noFindingChanges } from './finding-changes.js';
import { type Figure, growthOf } from './growth.js';
import type { Snapshot } from './snapshot.js';

/** `then` is `undefined` where the earlier scan says nothing of the endpoint. `now` was open. `incomparable`: why no figures of the two scans compare, if so. */
export function endpointChange(then: Snapshot | undefined, now: Snapshot, incomparable: string | null = null): EndpointChange {
  if (then === undefined) return { before: 'unmentioned', at: null, images: null, studies: null, ...noFindingChanges };
  const at = then.at === null ? null : new Date(then.at).toISOString();
  if (!then.isOpen) return { before: 'did-not-answer', at, images: null, studies: null, ...newcomer(then, now) };
  const growth = (figure: 'images' | 'studies') => {
    const grown = growthOf(figureOf(then, figure), figureOf(now, figure));
    return grown !== null && incomparable !== null ? { change: null, perDay: null, unsaid: incomparable } : grown;
  };
  return { before: 'answered', at, images: growth('images'), studies: growth('studies'), ...findingChanges(then.findings, now.findings) };
}

/** What fails at a port that was closed then is new. One that merely kept silent may have been there all along. */
function newcomer({ outcome }: Snapshot, { findings }: Snapshot): FindingChanges {
  const failed = findings.filter(({ verdict }) => verdict === 'fail').map(({ check, subject }) => ({ check, subject }));
  return outcome === 'refused' ? { ...noFindingChanges, opened: failed } : { ...noFindingChanges, firstSeen: failed };
}

const figureOf = ({ exposure, at }: Snapshot, figure: 'images' | 'studies'): Figure => ({
  estimate: exposure?.[figure] ?? null,
  at,
  source: sourceOf(exposure),
});
const sourceOf = (exposure: Exposure | null): string | null => exposure?.counting?.source ?? null;
