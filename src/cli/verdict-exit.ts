/** Report → exit code. */
import { severities } from '../model/check.js';
import type { Report } from '../model/report.js';
import { exitCodes } from './exit-codes.js';
import type { FailOn } from './options.js';

/** An incomplete scan is neither clean nor a statement about what was not asked: it says so first. */
export function exitCodeFor(report: Report, failOn: FailOn): number {
  if (!report.scan.complete) return exitCodes.incomplete;
  if (failOn === 'none') return exitCodes.clean;
  const grave = severities.slice(severities.indexOf(failOn));
  return grave.some((severity) => report.summary.findings[severity] > 0) ? exitCodes.findings : exitCodes.clean;
}
