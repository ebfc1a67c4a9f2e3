/** One SMB server on any port of 127.0.0.1, probed and judged: a port that is nobody's is asked for DICOM first, at which smbd falls silent. */
import { observe } from '../../src/audit/observe.js';
import { checks } from '../../src/checks/index.js';
import type { Verdict } from '../../src/model/check.js';
import type { ProbeSettings, ProbeTarget } from '../../src/model/probe.js';
import type { ReportEndpoint } from '../../src/model/report.js';
import { createDial, StopSwitch } from '../../src/net/dial.js';
import { defaultLimits } from '../../src/net/limits.js';
import { evidenceKinds } from '../../src/protocols/index.js';
import type { SmbEvidence } from '../../src/protocols/smb/evidence.js';
import { smbProbe } from '../../src/protocols/smb/probe.js';
import { observedDocument } from '../fixtures/observed-document.js';
import { smbSettings } from '../fixtures/smb-peer.js';
import { gravestVerdicts } from '../fixtures/verdicts.js';

export interface ScannedSmb {
  readonly evidence: SmbEvidence;
  readonly endpoint: ReportEndpoint;
  readonly verdicts: Readonly<Record<string, Verdict['verdict']>>;
  /** Everything that a scan keeps, as text: searched for canaries. */
  readonly kept: string;
}

export async function scanSmb(port: number, more: Partial<ProbeSettings> = {}): Promise<ScannedSmb> {
  const settings = { ...smbSettings, ...more };
  const target: ProbeTarget = { endpoint: { host: '127.0.0.1', address: '127.0.0.1', port }, transport: 'plain', settings };
  const observation = await observe(smbProbe, target, {
    dial: ({ endpoint }, traffic) => createDial(endpoint, { permit: () => undefined, limits: defaultLimits, stop: new StopSwitch() }, traffic),
    now: () => Date.now(),
  });
  if (observation.outcome !== 'observed') throw new Error(`no SMB was seen: ${observation.outcome}, ${observation.detail}`);
  const head = { id: 'live', startedAt: 0, finishedAt: 0, authorisedBy: null, touch: settings.touch, version: 'live', complete: true };
  const report = observedDocument({ scan: head, observations: [observation], kinds: evidenceKinds, checks });
  const endpoint = report.endpoints[0];
  if (!endpoint) throw new Error('the port was not open');
  return {
    evidence: observation.evidence as SmbEvidence,
    endpoint,
    verdicts: gravestVerdicts(endpoint.findings),
    kept: JSON.stringify([observation, report]),
  };
}
