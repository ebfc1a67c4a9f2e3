/** All that touch `connect` may learn: the port took a TCP connection. */
import { evidenceKind } from '../../model/evidence.js';

export interface PortEvidence {
  readonly open: true;
}

export const port = evidenceKind<PortEvidence>('port', 1, { service: () => 'open port' });
