/** Adds up a scan. Pure: each step gives new totals, and the order of the steps does not matter. */
import { type Severity, severities, type Verdict } from '../model/check.js';
import type { Traffic } from '../model/connection.js';
import { addEstimates, atLeast, type Estimate, type Exposure } from '../model/exposure.js';
import type { ReportSummary } from '../model/report.js';
import { type Amounts, noAmounts, noTotals, type ScanTotals } from '../model/totals.js';
import { type ArchivesOnce, addAmounts } from './archives-once.js';
import type { Recorded } from './record-endpoint.js';

/** `hosts`: how many addresses these are that were not asked before. */
export function tally(recorded: readonly Recorded[], hosts: number): ScanTotals {
  return recorded.map(totalsOf).reduce(mergeTotals, { ...noTotals, targets: hosts });
}

function totalsOf({ record, measured }: Recorded): ScanTotals {
  const findings: Record<Severity, number> = { ...noTotals.findings };
  const verdicts: Record<Verdict['verdict'], number> = { ...noTotals.verdicts };
  for (const finding of record.isOpen ? record.findings : []) {
    verdicts[finding.verdict] += 1;
    if (finding.verdict === 'fail') findings[finding.severity] += 1;
  }
  const changes = measured ? [measured.rights.create, measured.rights.edit, measured.rights.delete] : [];
  const canChange = changes.includes('yes') ? 'yes' : changes.includes('negotiated') ? 'negotiated' : 'no';
  const { observations } = record;
  const amounts = amountsOf(measured?.exposure ?? null);
  const outcome = observations.some((observation) => observation.outcome === 'observed') ? 'observed' : (observations.at(-1)?.outcome ?? 'crashed');
  return {
    targets: 0,
    endpoints: record.isOpen ? 1 : 0,
    exposedEndpoints: record.gravest >= 0 ? 1 : 0,
    readableEndpoints: measured?.rights.read === 'yes' ? 1 : 0,
    writableEndpoints: canChange === 'yes' ? 1 : 0,
    offeringEndpoints: canChange === 'negotiated' ? 1 : 0,
    findings,
    verdicts,
    outcomes: { [outcome]: 1 },
    ...amounts,
    elsewhere: record.door === null ? amounts : noAmounts,
    traffic: observations.reduce((sum, { traffic }) => addTraffic(sum, traffic), noTotals.traffic),
  };
}

const figures = ['images', 'studies', 'patients'] as const;

function amountsOf(exposure: Exposure | null): Amounts {
  if (exposure === null) return noAmounts;
  const isUncounted = (figure: (typeof figures)[number]): boolean => exposure[figure] === null;
  return {
    images: exposure.images,
    studies: exposure.studies,
    patients: exposure.patients,
    uncounted: { images: isUncounted('images'), studies: isUncounted('studies'), patients: isUncounted('patients') },
  };
}

export function mergeTotals(a: ScanTotals, b: ScanTotals): ScanTotals {
  return {
    targets: a.targets + b.targets,
    endpoints: a.endpoints + b.endpoints,
    exposedEndpoints: a.exposedEndpoints + b.exposedEndpoints,
    readableEndpoints: a.readableEndpoints + b.readableEndpoints,
    writableEndpoints: a.writableEndpoints + b.writableEndpoints,
    offeringEndpoints: a.offeringEndpoints + b.offeringEndpoints,
    findings: addCounts(a.findings, b.findings, severities),
    verdicts: addCounts(a.verdicts, b.verdicts, verdictNames),
    outcomes: addOutcomes(a.outcomes, b.outcomes),
    ...addAmounts(a, b),
    elsewhere: addAmounts(a.elsewhere ?? a, b.elsewhere ?? b),
    traffic: addTraffic(a.traffic, b.traffic),
  };
}

const verdictNames = Object.keys(noTotals.verdicts) as Verdict['verdict'][];

function addOutcomes(a: ScanTotals['outcomes'], b: ScanTotals['outcomes']): ScanTotals['outcomes'] {
  const sums = { ...a };
  for (const [outcome, count] of Object.entries(b) as [keyof typeof sums, number][]) sums[outcome] = (sums[outcome] ?? 0) + count;
  return sums;
}

function addCounts<Key extends string>(a: Readonly<Partial<Record<Key, number>>>, b: Readonly<Partial<Record<Key, number>>>, keys: readonly Key[]) {
  const sums: Partial<Record<Key, number>> = {};
  for (const key of keys) sums[key] = (a[key] ?? 0) + (b[key] ?? 0);
  return sums as Record<Key, number>;
}

const addTraffic = (a: Traffic, b: Traffic): Traffic => ({
  connections: a.connections + b.connections,
  messagesSent: a.messagesSent + b.messagesSent,
  bytesSent: a.bytesSent + b.bytesSent,
  bytesReceived: a.bytesReceived + b.bytesReceived,
});

/** An archive that is open but does not say how many it holds leaves the sum a lower bound. `archives`: of the same scan. */
export function summaryOf({ uncounted, elsewhere, ...totals }: ScanTotals, archives?: ArchivesOnce): ReportSummary {
  const amounts = archives && elsewhere ? addAmounts(archives.amounts, elsewhere) : { ...totals, uncounted };
  const figure = (name: (typeof figures)[number]): Estimate | null => {
    const sum = amounts[name];
    return sum && amounts.uncounted[name] ? addEstimates([sum, atLeast(0)]) : sum;
  };
  const shared = archives && archives.shared.archives > 0 ? { shared: archives.shared } : {};
  return { ...totals, images: figure('images'), studies: figure('studies'), patients: figure('patients'), ...shared };
}
