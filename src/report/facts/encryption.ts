/** Whether what an endpoint says travels encrypted, as far as it was seen. Judges no version and no certificate. */
import type { ReportEndpoint, ReportObservation } from '../../model/report.js';

/** `both`: the same port answers with and without TLS. */
export type Encryption = 'yes' | 'no' | 'both' | 'unknown';

/** Evidence of these kinds is gathered on a plain connection, or on none, and says nothing about what an application would speak there. */
const beneathTheApplication = ['tls', 'port', 'files'];

/** File services encrypt inside a connection that begins in the clear: that they demand it shows only in what these checks judged. */
const demandsJudgedBy: readonly string[] = ['cleartext-ftp', 'smb-encryption-not-required', 'nfs-cleartext'];

export function encryptionOf(endpoint: ReportEndpoint): Encryption {
  if (endpoint.findings.some(({ check, verdict }) => demandsJudgedBy.includes(check) && verdict === 'pass')) return 'yes';
  const seen = endpoint.observations.filter((observation) => observation.outcome === 'observed');
  const encrypted = seen.some(spokeTls);
  const plain = seen.some((observation) => observation.transport === 'plain' && !beneathTheApplication.includes(observation.kind));
  if (encrypted) return plain ? 'both' : 'yes';
  return plain ? 'no' : 'unknown';
}

const spokeTls = ({ transport, kind }: ReportObservation): boolean => transport === 'tls' || kind === 'tls';
