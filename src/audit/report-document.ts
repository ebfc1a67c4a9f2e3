/** Observations and findings → the report document. Every format only reads what stands here. */
import type { AnyCheck, Severity, Verdict } from '../model/check.js';
import { severities } from '../model/check.js';
import type { Traffic } from '../model/connection.js';
import { endpointName } from '../model/endpoint.js';
import type { AnyEvidenceKind } from '../model/evidence.js';
import { addEstimates, atLeast, type Estimate } from '../model/exposure.js';
import type { Finding } from '../model/finding.js';
import { foundOpen, type Observation } from '../model/observation.js';
import {
  type Report,
  type ReportCheck,
  type ReportEndpoint,
  type ReportFinding,
  type ReportObservation,
  type ReportScan,
  type ReportSummary,
  reportSchema,
} from '../model/report.js';
import { measure } from './measure.js';

export interface ReportSource {
  readonly scan: Omit<ReportScan, 'startedAt' | 'finishedAt'> & { readonly startedAt: number; readonly finishedAt: number | null };
  readonly observations: AsyncIterable<Observation> | Iterable<Observation>;
  readonly findings: AsyncIterable<Finding> | Iterable<Finding>;
  readonly kinds: readonly AnyEvidenceKind[];
  readonly checks: readonly AnyCheck[];
}

/** Endpoints that were open are listed, worst first; all others are counted. */
export async function reportDocument({ scan, observations, findings, kinds, checks }: ReportSource): Promise<Report> {
  const groups = new Map<string, Group>();
  const counts = newCounts();
  for await (const observation of observations) {
    count(counts, observation);
    groupOf(groups, endpointName(observation.endpoint)).observations.push(observation);
  }
  for await (const finding of findings) groupOf(groups, endpointName(finding.endpoint)).findings.push(finding);
  for (const group of groups.values()) countOutcome(counts, group.observations);
  const open = [...groups.values()].filter((group) => group.observations.some(foundOpen));
  const endpoints = open.map((group) => endpointOf(kinds, group.observations, group.findings)).sort(worstFirst);
  const { startedAt, finishedAt } = scan;
  return {
    schema: reportSchema,
    scan: { ...scan, startedAt: isoTime(startedAt), finishedAt: finishedAt === null ? null : isoTime(finishedAt) },
    summary: summaryOf(endpoints, counts),
    endpoints,
    checks: checksOf(endpoints, checks),
  };
}

interface Group {
  readonly observations: Observation[];
  readonly findings: Finding[];
}

interface Counts {
  readonly addresses: Set<string>;
  readonly outcomes: Record<string, number>;
  readonly traffic: Traffic;
}

const newCounts = (): Counts => ({ addresses: new Set(), outcomes: {}, traffic: { connections: 0, messagesSent: 0, bytesSent: 0, bytesReceived: 0 } });

function count(counts: Counts, { endpoint, traffic }: Observation): void {
  counts.addresses.add(endpoint.address);
  counts.traffic.connections += traffic.connections;
  counts.traffic.messagesSent += traffic.messagesSent;
  counts.traffic.bytesSent += traffic.bytesSent;
  counts.traffic.bytesReceived += traffic.bytesReceived;
}

/** One outcome a port: `observed` where anything was, else how its last attempt ended. */
function countOutcome(counts: Counts, observations: readonly Observation[]): void {
  const outcome = observations.some((observation) => observation.outcome === 'observed') ? 'observed' : observations.at(-1)?.outcome;
  if (outcome) counts.outcomes[outcome] = (counts.outcomes[outcome] ?? 0) + 1;
}

function groupOf(groups: Map<string, Group>, name: string): Group {
  const group = groups.get(name) ?? { observations: [], findings: [] };
  groups.set(name, group);
  return group;
}

function endpointOf(kinds: readonly AnyEvidenceKind[], observations: readonly Observation[], findings: readonly Finding[]): ReportEndpoint {
  const endpoint = (observations[0] ?? findings[0])?.endpoint ?? { host: '', address: '', port: 0 };
  return {
    ...endpoint,
    ...measure(kinds, observations),
    observations: observations.map(reportObservation),
    findings: findings.map(reportFinding).sort(gravestFirst),
  };
}

function reportObservation(observation: Observation): ReportObservation {
  const { kind, transport, at, durationMs, outcome, traffic } = observation;
  const seen = observation.outcome === 'observed' ? { detail: null, evidence: observation.evidence } : { detail: observation.detail, evidence: null };
  return { kind, transport, at: isoTime(at), durationMs, outcome, detail: seen.detail, traffic, evidence: seen.evidence };
}

/** A check that was taken out since then has findings without a remedy. */
function checksOf(endpoints: readonly ReportEndpoint[], checks: readonly AnyCheck[]): Readonly<Record<string, ReportCheck>> {
  const used = new Set(endpoints.flatMap(({ findings }) => findings.map(({ check }) => check)));
  const own = checks.filter(({ id }) => used.has(id));
  return Object.fromEntries(own.map(({ id, title, why, remedy, references }) => [id, { title, why, remedy, references }]));
}

function reportFinding({ endpoint: _endpoint, ...finding }: Finding): ReportFinding {
  return finding;
}

const verdictOrder: readonly Verdict['verdict'][] = ['fail', 'unknown', 'pass', 'not-applicable'];

function gravestFirst(a: ReportFinding, b: ReportFinding): number {
  const byVerdict = verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict);
  return byVerdict || severities.indexOf(b.severity) - severities.indexOf(a.severity);
}

/** By gravest failure, then by images, then by name, so that the order does not depend on who answered first. */
function worstFirst(a: ReportEndpoint, b: ReportEndpoint): number {
  const bySeverity = gravestFailure(b) - gravestFailure(a);
  const byImages = (b.exposure?.images?.value ?? 0) - (a.exposure?.images?.value ?? 0);
  return bySeverity || byImages || (endpointName(a) < endpointName(b) ? -1 : 1);
}

const failures = (endpoint: ReportEndpoint) => endpoint.findings.filter((finding) => finding.verdict === 'fail');
const gravestFailure = (endpoint: ReportEndpoint) => Math.max(-1, ...failures(endpoint).map((finding) => severities.indexOf(finding.severity)));

function summaryOf(endpoints: readonly ReportEndpoint[], counts: Counts): ReportSummary {
  const findings: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0 };
  const verdicts: Record<Verdict['verdict'], number> = { fail: 0, pass: 0, 'not-applicable': 0, unknown: 0 };
  for (const finding of endpoints.flatMap((endpoint) => endpoint.findings)) {
    verdicts[finding.verdict] += 1;
    if (finding.verdict === 'fail') findings[finding.severity] += 1;
  }
  const exposures = endpoints.flatMap((endpoint) => endpoint.exposure ?? []);
  return {
    targets: counts.addresses.size,
    endpoints: endpoints.length,
    exposedEndpoints: endpoints.filter((endpoint) => failures(endpoint).length > 0).length,
    findings,
    verdicts,
    outcomes: counts.outcomes,
    images: total(exposures.map((exposure) => exposure.images)),
    studies: total(exposures.map((exposure) => exposure.studies)),
    patients: total(exposures.map((exposure) => exposure.patients)),
    traffic: counts.traffic,
  };
}

/** An archive that is open but does not say how many it holds leaves the sum a lower bound. */
function total(parts: readonly (Estimate | null)[]): Estimate | null {
  return addEstimates(parts.every((part) => part === null) ? [] : parts.map((part) => part ?? atLeast(0)));
}

const isoTime = (ms: number): string => new Date(ms).toISOString();
