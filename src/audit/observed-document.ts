/** A report of observations that lie in memory or come as a stream: judged here and now, stored nowhere. */
import type { AnyCheck } from '../model/check.js';
import { endpointName } from '../model/endpoint.js';
import type { AnyEvidenceKind } from '../model/evidence.js';
import type { Observation } from '../model/observation.js';
import type { Report } from '../model/report.js';
import { judge } from './judge.js';
import { type Recorded, recordEndpoint, worstFirst } from './record-endpoint.js';
import { type ReportSource, reportDocument } from './report-document.js';
import { tally } from './totals.js';

export interface ObservedSource {
  readonly scan: ReportSource['scan'];
  readonly observations: Iterable<Observation>;
  readonly kinds: readonly AnyEvidenceKind[];
  readonly checks: readonly AnyCheck[];
}

export function observedDocument({ scan, observations, kinds, checks }: ObservedSource): Report {
  const recorded = observedRecords(observations, kinds, checks);
  const hosts = new Set(recorded.map(({ record }) => record.endpoint.address)).size;
  const records = recorded.map(({ record }) => record).filter(({ isOpen }) => isOpen);
  return reportDocument({ scan, totals: tally(recorded, hosts), records: records.sort(worstFirst), kinds, checks });
}

/** One record an endpoint, those that were not open included. */
export function observedRecords(observations: Iterable<Observation>, kinds: readonly AnyEvidenceKind[], checks: readonly AnyCheck[]): readonly Recorded[] {
  const groups = new Map<string, Observation[]>();
  for (const observation of observations) {
    const name = endpointName(observation.endpoint);
    const group = groups.get(name);
    if (group) group.push(observation);
    else groups.set(name, [observation]);
  }
  return [...groups.values()].map((group) => recordEndpoint(kinds, group, judge(checks, group)));
}
