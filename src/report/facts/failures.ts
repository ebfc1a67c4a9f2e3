/** Which checks failed where, gravest first. Words nothing. */
import type { Severity, Verdict } from '../../model/check.js';
import { severities } from '../../model/check.js';
import type { Report, ReportCheck, ReportEndpoint, ReportFinding } from '../../model/report.js';

export const gravestFirst: readonly Severity[] = severities.toReversed();

/** A finding with its place. `id` names it within this report, made of positions only, never of what a peer said. */
export interface PlacedFinding {
  readonly id: string;
  readonly endpoint: ReportEndpoint;
  readonly finding: ReportFinding;
  readonly about: ReportCheck;
}

/** The same check at the same severity, wherever it failed. */
export interface FailureGroup {
  readonly severity: Severity;
  readonly check: string;
  readonly about: ReportCheck;
  readonly places: readonly [PlacedFinding, ...PlacedFinding[]];
}

export const endpointId = (index: number): string => `e${index + 1}`;
const findingId = (endpointIndex: number, findingIndex: number): string => `${endpointId(endpointIndex)}-f${findingIndex + 1}`;

export function placedFindings(report: Report, verdict: Verdict['verdict']): readonly PlacedFinding[] {
  return report.endpoints.flatMap((_, at) => placedAt(report, at, verdict));
}

/** Those of one endpoint, by its position in the report. */
export function placedAt(report: Report, at: number, verdict: Verdict['verdict']): readonly PlacedFinding[] {
  const endpoint = report.endpoints[at];
  if (!endpoint) return [];
  return endpoint.findings.flatMap((finding, index) =>
    finding.verdict === verdict ? [{ id: findingId(at, index), endpoint, finding, about: aboutCheck(report, finding.check) }] : [],
  );
}

/** A check that is gone since the scan is called by its id. */
function aboutCheck({ checks }: Report, id: string): ReportCheck {
  const gone = { title: id, why: '', remedy: { text: '', products: [], prove: '' }, references: { requirement: [], target: [], weakness: [] } };
  return (Object.hasOwn(checks, id) ? checks[id] : undefined) ?? gone;
}

/** By severity, then by how many places, then by check. */
export function failureGroups(report: Report): readonly FailureGroup[] {
  const groups = new Map<string, [PlacedFinding, ...PlacedFinding[]]>();
  for (const placed of placedFindings(report, 'fail')) {
    const key = `${placed.finding.severity} ${placed.finding.check}`;
    const group = groups.get(key);
    if (group) group.push(placed);
    else groups.set(key, [placed]);
  }
  return [...groups.values()].map(toGroup).sort(compareGroups);
}

function toGroup(places: [PlacedFinding, ...PlacedFinding[]]): FailureGroup {
  const { finding, about } = places[0];
  return { severity: finding.severity, check: finding.check, about, places };
}

function compareGroups(a: FailureGroup, b: FailureGroup): number {
  const bySeverity = severities.indexOf(b.severity) - severities.indexOf(a.severity);
  return bySeverity || b.places.length - a.places.length || (a.check < b.check ? -1 : 1);
}

/** The gravest failure at one endpoint; `null` where no check failed. */
export function gravest(endpoint: ReportEndpoint): Severity | null {
  return gravestFirst.find((severity) => endpoint.findings.some((finding) => finding.verdict === 'fail' && finding.severity === severity)) ?? null;
}
