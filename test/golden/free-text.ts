/** A report with every string changed that a peer, an operator or a check's author wrote; what the shape fixes (verdicts, severities, rights) stays. */
import type { ProductRemedy, Reference, References } from '../../src/model/check.js';
import type { Report, ReportCheck, ReportEndpoint, ReportFinding, ReportObservation } from '../../src/model/report.js';

type Change = (text: string) => string;

export function withFreeText(report: Report, change: Change): Report {
  const { scan } = report;
  return {
    ...report,
    scan: {
      ...scan,
      id: change(scan.id),
      startedAt: change(scan.startedAt),
      finishedAt: scan.finishedAt === null ? null : change(scan.finishedAt),
      authorisedBy: scan.authorisedBy === null ? null : change(scan.authorisedBy),
      version: change(scan.version),
    },
    endpoints: report.endpoints.map((endpoint) => changedEndpoint(endpoint, change)),
    checks: Object.fromEntries(Object.entries(report.checks).map(([id, about]) => [change(id), changedCheck(about, change)])),
  };
}

function changedEndpoint(endpoint: ReportEndpoint, change: Change): ReportEndpoint {
  const { product, exposure } = endpoint;
  return {
    ...endpoint,
    host: change(endpoint.host),
    address: change(endpoint.address),
    service: change(endpoint.service),
    product: product && {
      id: change(product.id),
      name: change(product.name),
      version: product.version === null ? null : change(product.version),
      basis: change(product.basis),
    },
    exposure: exposure && {
      ...exposure,
      identifiers: Object.fromEntries(Object.entries(exposure.identifiers).map(([keyword, valueClass]) => [change(keyword), valueClass])),
    },
    observations: endpoint.observations.map((observation) => changedObservation(observation, change)),
    findings: endpoint.findings.map((finding) => changedFinding(finding, change)),
  };
}

function changedObservation(observation: ReportObservation, change: Change): ReportObservation {
  const { kind, at, detail, evidence } = observation;
  return { ...observation, kind: change(kind), at: change(at), detail: detail === null ? null : change(detail), evidence: deeply(evidence, change) };
}

function changedFinding(finding: ReportFinding, change: Change): ReportFinding {
  const { check, subject, reason, because } = finding;
  return { ...finding, check: change(check), subject: change(subject), reason: change(reason), because: deeply(because, change) };
}

function changedCheck({ title, why, remedy, references }: ReportCheck, change: Change): ReportCheck {
  return {
    title: change(title),
    why: change(why),
    remedy: { text: change(remedy.text), prove: change(remedy.prove), products: remedy.products.map((entry) => changedRemedy(entry, change)) },
    references: changedReferences(references, change),
  };
}

function changedRemedy({ product, name, where, lines, rollback, note }: ProductRemedy, change: Change): ProductRemedy {
  const own = { product: change(product), name: change(name), where: change(where), lines: lines.map(change), rollback: change(rollback) };
  return note === undefined ? own : { ...own, note: change(note) };
}

/** Addresses stay: whether one becomes a link depends on what is in it, which has a test of its own. */
function changedReferences({ requirement, target, weakness }: References, change: Change): References {
  const changed = (references: readonly Reference[]) => references.map(({ id, title, url }) => ({ id: change(id), title: change(title), url }));
  return { requirement: changed(requirement), target: changed(target), weakness: changed(weakness) };
}

function deeply<Value>(value: Value, change: Change): Value {
  return deeplyChanged(value, change) as Value;
}

function deeplyChanged(value: unknown, change: Change): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((part) => deeplyChanged(part, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [change(key), deeplyChanged(part, change)]));
}
