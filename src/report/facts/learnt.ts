/** What could not be learnt, and what was checked and found closed. A silence is never counted with the closed ones. */
import { endpointName } from '../../model/endpoint.js';
import type { Report } from '../../model/report.js';
import { placedFindings } from './failures.js';

/** Verdicts that stayed `unknown` for one and the same reason. */
export interface UnlearntGroup {
  readonly reason: string;
  readonly verdicts: number;
  readonly checks: readonly string[];
  readonly endpoints: readonly string[];
}

export interface ClosedCheck {
  readonly check: string;
  readonly endpoints: number;
}

/** Most frequent reason first. */
export function unlearnt(report: Report): readonly UnlearntGroup[] {
  const groups = new Map<string, { verdicts: number; checks: Set<string>; endpoints: Set<string> }>();
  for (const { endpoint, finding } of placedFindings(report, 'unknown')) {
    const group = groups.get(finding.reason) ?? { verdicts: 0, checks: new Set(), endpoints: new Set() };
    group.verdicts += 1;
    group.checks.add(finding.check);
    group.endpoints.add(endpointName(endpoint));
    groups.set(finding.reason, group);
  }
  return [...groups]
    .map(([reason, { verdicts, checks, endpoints }]) => ({ reason, verdicts, checks: [...checks].sort(), endpoints: [...endpoints] }))
    .sort((a, b) => b.verdicts - a.verdicts || (a.reason < b.reason ? -1 : 1));
}

/** How many endpoints passed each check, by check. */
export function closed(report: Report): readonly ClosedCheck[] {
  const endpoints = new Map<string, Set<string>>();
  for (const { endpoint, finding } of placedFindings(report, 'pass')) {
    const names = endpoints.get(finding.check) ?? new Set();
    endpoints.set(finding.check, names.add(endpointName(endpoint)));
  }
  return [...endpoints].map(([check, names]) => ({ check, endpoints: names.size })).sort((a, b) => (a.check < b.check ? -1 : 1));
}
