/** One port of 127.0.0.1 scanned as a user would, for the live tests: evidence, verdicts, and everything that would be kept. */

import { checks } from '../../src/checks/index.js';
import { runJobs } from '../../src/cli/run-jobs.js';
import type { Verdict } from '../../src/model/check.js';
import type { Observation } from '../../src/model/observation.js';
import type { ProbeSettings } from '../../src/model/probe.js';
import type { ReportEndpoint } from '../../src/model/report.js';
import { evidenceKinds } from '../../src/protocols/index.js';
import { observedDocument } from '../fixtures/observed-document.js';
import { gravestVerdicts } from '../fixtures/verdicts.js';

export interface Scanned {
  readonly endpoint: ReportEndpoint;
  /** The last of this kind. */
  evidence<Evidence>(kind: string): Evidence | undefined;
  readonly verdicts: Readonly<Record<string, Verdict['verdict']>>;
  /** Everything that a scan keeps, as text: searched for canaries. */
  readonly kept: string;
}

export async function scanPort(port: number, more: Partial<ProbeSettings> = {}, address = '127.0.0.1'): Promise<Scanned> {
  const settings: ProbeSettings = {
    touch: 'anonymous',
    callingAeTitle: null,
    calledAeTitle: null,
    implementationVersionName: 'DOSIMETER_LIVE',
    nonce: 'LVE222',
    responseBudget: 5_000,
    entryBudget: 5_000,
    seed: 1,
    sample: true,
    ...more,
  };
  const observations: Observation[] = [];
  await runJobs({
    jobs: [{ host: address, address, ports: [port], touch: settings.touch }],
    settings,
    permit: () => undefined,
    concurrency: 1,
    rate: null,
    networkRate: null,
    answerMs: null,
    signal: new AbortController().signal,
    async record(_job, endpoints) {
      for (const { record } of endpoints) observations.push(...record.observations);
    },
  });
  const head = { id: 'live', startedAt: 0, finishedAt: 0, authorisedBy: null, touch: settings.touch, version: 'live', complete: true };
  const report = observedDocument({ scan: head, observations, kinds: evidenceKinds, checks });
  const endpoint = report.endpoints[0];
  if (!endpoint) throw new Error('the port was not open');
  return {
    endpoint,
    evidence: <Evidence>(kind: string) =>
      endpoint.observations.findLast((observation) => observation.kind === kind && observation.outcome === 'observed')?.evidence as Evidence | undefined,
    verdicts: gravestVerdicts(endpoint.findings),
    kept: JSON.stringify([observations, report]),
  };
}
