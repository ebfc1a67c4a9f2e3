/** Adds up a scan, one endpoint at a time. Pure: each step gives new totals. */
import type { Severity, Verdict } from '../model/check.js';
import type { Traffic } from '../model/connection.js';
import { addEstimates, atLeast, type Estimate, type Exposure } from '../model/exposure.js';
import type { ReportSummary } from '../model/report.js';
import type { ScanTotals } from '../model/totals.js';
import type { Recorded } from './record-endpoint.js';

/** `hosts`: how many addresses these are that were not asked before. */
export function addRecords(totals: ScanTotals, recorded: readonly Recorded[], hosts: number): ScanTotals {
  return recorded.reduce(addRecord, { ...totals, targets: totals.targets + hosts });
}

function addRecord(totals: ScanTotals, { record, measured }: Recorded): ScanTotals {
  const findings: Record<Severity, number> = { ...totals.findings };
  const verdicts: Record<Verdict['verdict'], number> = { ...totals.verdicts };
  for (const finding of record.isOpen ? record.findings : []) {
    verdicts[finding.verdict] += 1;
    if (finding.verdict === 'fail') findings[finding.severity] += 1;
  }
  const { observations } = record;
  const outcome = observations.some((observation) => observation.outcome === 'observed') ? 'observed' : (observations.at(-1)?.outcome ?? 'crashed');
  return {
    targets: totals.targets,
    endpoints: totals.endpoints + (record.isOpen ? 1 : 0),
    exposedEndpoints: totals.exposedEndpoints + (record.gravest >= 0 ? 1 : 0),
    readableEndpoints: totals.readableEndpoints + (measured?.rights.read === 'yes' ? 1 : 0),
    findings,
    verdicts,
    outcomes: { ...totals.outcomes, [outcome]: (totals.outcomes[outcome] ?? 0) + 1 },
    ...addExposure(totals, measured?.exposure ?? null),
    traffic: observations.reduce((sum, { traffic }) => addTraffic(sum, traffic), totals.traffic),
  };
}

const figures = ['images', 'studies', 'patients'] as const;

/** An archive that is open but does not say how many it holds leaves the sum a lower bound. */
function addExposure(totals: ScanTotals, exposure: Exposure | null): Pick<ScanTotals, 'images' | 'studies' | 'patients' | 'uncounted'> {
  const { images, studies, patients, uncounted } = totals;
  if (!exposure) return { images, studies, patients, uncounted };
  const sums = Object.fromEntries(figures.map((figure) => [figure, addEstimates([totals[figure], exposure[figure]])]));
  const missing = Object.fromEntries(figures.map((figure) => [figure, uncounted[figure] || exposure[figure] === null]));
  return { ...(sums as Pick<ScanTotals, 'images' | 'studies' | 'patients'>), uncounted: missing as ScanTotals['uncounted'] };
}

export const addTraffic = (a: Traffic, b: Traffic): Traffic => ({
  connections: a.connections + b.connections,
  messagesSent: a.messagesSent + b.messagesSent,
  bytesSent: a.bytesSent + b.bytesSent,
  bytesReceived: a.bytesReceived + b.bytesReceived,
});

export function summaryOf({ uncounted, ...totals }: ScanTotals): ReportSummary {
  const figure = (name: (typeof figures)[number]): Estimate | null => {
    const sum = totals[name];
    return sum && uncounted[name] ? addEstimates([sum, atLeast(0)]) : sum;
  };
  return { ...totals, images: figure('images'), studies: figure('studies'), patients: figure('patients') };
}
