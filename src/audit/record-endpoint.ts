/** Observations and findings of one endpoint → the record that is stored, and the record → what a report says of it. Pure. */
import { severities, type Verdict } from '../model/check.js';
import { endpointName } from '../model/endpoint.js';
import type { EndpointRecord } from '../model/endpoint-record.js';
import type { AnyEvidenceKind } from '../model/evidence.js';
import type { Finding } from '../model/finding.js';
import { foundOpen, type Observation } from '../model/observation.js';
import type { ReportEndpoint, ReportFinding, ReportObservation } from '../model/report.js';
import { archiveDoor } from './archive-door.js';
import { grounds, type Measured, measure } from './measure.js';

export interface Recorded {
  readonly record: EndpointRecord;
  /** `null` where the port was not open. */
  readonly measured: Measured | null;
}

/** `observations` are all of one endpoint, at least one. */
export function recordEndpoint(kinds: readonly AnyEvidenceKind[], observations: readonly Observation[], findings: readonly Finding[]): Recorded {
  const endpoint = (observations[0] ?? findings[0])?.endpoint ?? { host: '', address: '', port: 0 };
  const isOpen = observations.some(foundOpen);
  const measured = isOpen ? measure(kinds, observations) : null;
  const failed = findings.filter(({ verdict }) => verdict === 'fail');
  const gravest = Math.max(-1, ...failed.map(({ severity }) => severities.indexOf(severity)));
  const door = measured && archiveDoor(endpoint.address, measured);
  return { record: { endpoint, observations, findings, isOpen, gravest, images: measured?.exposure?.images?.value ?? 0, door }, measured };
}

/** Measured anew: the store keeps what was seen, not what was made of it. `furtherDoors`: see `archivesOnce`. */
export function reportEndpoint(
  kinds: readonly AnyEvidenceKind[],
  { endpoint, observations, findings, door }: EndpointRecord,
  furtherDoors?: ReadonlyMap<string, string>,
): ReportEndpoint {
  const { archive: _archive, ...measured } = measure(kinds, observations);
  const furtherDoorTo = door === null ? undefined : furtherDoors?.get(endpointName(endpoint));
  return {
    ...endpoint,
    ...measured,
    rightsFrom: grounds(kinds, observations),
    ...(furtherDoorTo !== undefined && { furtherDoorTo }),
    observations: observations.map(reportObservation),
    findings: findings.map(reportFinding).sort(gravestFirst),
  };
}

/** By gravest failure, then by images, then by name, so that the order does not depend on who answered first. */
export function worstFirst(a: EndpointRecord, b: EndpointRecord): number {
  return b.gravest - a.gravest || b.images - a.images || (endpointName(a.endpoint) < endpointName(b.endpoint) ? -1 : 1);
}

function reportObservation(observation: Observation): ReportObservation {
  const { kind, transport, at, durationMs, outcome, traffic } = observation;
  const seen = observation.outcome === 'observed' ? { detail: null, evidence: observation.evidence } : { detail: observation.detail, evidence: null };
  return { kind, transport, at: new Date(at).toISOString(), durationMs, outcome, detail: seen.detail, traffic, evidence: seen.evidence };
}

function reportFinding({ endpoint: _endpoint, ...finding }: Finding): ReportFinding {
  return finding;
}

const verdictOrder: readonly Verdict['verdict'][] = ['fail', 'unknown', 'pass', 'not-applicable'];

function gravestFirst(a: ReportFinding, b: ReportFinding): number {
  const byVerdict = verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict);
  return byVerdict || severities.indexOf(b.severity) - severities.indexOf(a.severity);
}
