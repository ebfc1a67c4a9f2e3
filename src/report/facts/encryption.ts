/** Whether what an endpoint says travels encrypted, as far as it was seen. Judges no version and no certificate. */
import type { ReportEndpoint, ReportObservation } from '../../model/report.js';

/** `both`: the same port answers with and without TLS. */
export type Encryption = 'yes' | 'no' | 'both' | 'unknown';

/** Evidence of these kinds is gathered on a plain connection and says nothing about what an application would speak there. */
const beneathTheApplication = ['tls', 'port'];

export function encryptionOf(endpoint: ReportEndpoint): Encryption {
  const seen = endpoint.observations.filter((observation) => observation.outcome === 'observed');
  const encrypted = seen.some(spokeTls);
  const plain = seen.some((observation) => observation.transport === 'plain' && !beneathTheApplication.includes(observation.kind));
  if (encrypted) return plain ? 'both' : 'yes';
  return plain ? 'no' : 'unknown';
}

const spokeTls = ({ transport, kind }: ReportObservation): boolean => transport === 'tls' || kind === 'tls';
