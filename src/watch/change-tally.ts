/** Adds up what changed at many endpoints. Pure: each step gives a new tally, and the order of the steps does not matter. */
import type { EndpointChange, Growth, ScanChange, TotalGrowth } from '../model/change.js';
import { addEstimates } from '../model/exposure.js';

export type ChangeTally = Pick<ScanChange, 'endpoints' | 'findings' | 'images' | 'studies'>;

const noGrowth: TotalGrowth = { perDay: null, grew: 0, stood: 0, shrank: 0, unsaid: 0 };

export const noChanges: ChangeTally = {
  endpoints: { inBoth: 0, appeared: 0, unmentioned: 0, silent: 0, notAsked: 0 },
  findings: { opened: 0, firstSeen: 0, closed: 0, unclear: 0 },
  images: noGrowth,
  studies: noGrowth,
};

/** `isOwnArchive`: false where another endpoint already counts for the same archive. */
export function addChange({ endpoints, findings, images, studies }: ChangeTally, change: EndpointChange, isOwnArchive: boolean): ChangeTally {
  const place = { answered: 'inBoth', 'did-not-answer': 'appeared', unmentioned: 'unmentioned' } as const;
  return {
    endpoints: { ...endpoints, [place[change.before]]: endpoints[place[change.before]] + 1 },
    findings: {
      opened: findings.opened + change.opened.length,
      firstSeen: findings.firstSeen + change.firstSeen.length,
      closed: findings.closed + change.closed.length,
      unclear: findings.unclear + change.unclear.length,
    },
    images: isOwnArchive ? addGrowth(images, change.images) : images,
    studies: isOwnArchive ? addGrowth(studies, change.studies) : studies,
  };
}

/** It answered then and does not now, or was not asked now. */
export function addAbsence(tally: ChangeTally, absence: 'silent' | 'notAsked', failedThen: number): ChangeTally {
  const unclear = tally.findings.unclear + (absence === 'silent' ? failedThen : 0);
  return { ...tally, endpoints: { ...tally.endpoints, [absence]: tally.endpoints[absence] + 1 }, findings: { ...tally.findings, unclear } };
}

function addGrowth(total: TotalGrowth, growth: Growth | null): TotalGrowth {
  if (growth === null) return total;
  const { perDay } = growth;
  if (perDay === null) return { ...total, unsaid: total.unsaid + 1 };
  if (perDay.value < 0) return { ...total, shrank: total.shrank + 1 };
  const sum = addEstimates([total.perDay, perDay]);
  return perDay.value > 0 ? { ...total, perDay: sum, grew: total.grew + 1 } : { ...total, perDay: sum, stood: total.stood + 1 };
}
