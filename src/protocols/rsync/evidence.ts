/** What can be learnt from an rsync daemon: facts, no opinion, no comment of a module, no name beyond its label, no name of a file. */
import type { Transport } from '../../model/connection.js';
import { evidenceKind } from '../../model/evidence.js';
import type { Product } from '../../model/product.js';
import { exposureOfShares, groundsOfShares, rightsOfShares, type Share } from '../../model/share.js';
import { rsyncGrounds } from './grounds.js';

export interface RsyncEvidence {
  readonly transport: Transport;
  /** Version of the protocol in the greeting: 31 since rsync 3.1.0, 32 since 3.4.0. */
  readonly protocol: number;
  /** Digests for passwords in the greeting (since protocol 32), of those that rsync knows. */
  readonly digests: readonly string[];
  /** `listed`: the list came, empty or not. Modules that the daemon hides are not in it. */
  readonly listing: 'listed' | 'refused' | 'no-answer' | 'not-tried';
  /** How many the list holds. */
  readonly moduleCount: number;
  /** The first 200 of them. */
  readonly modules: readonly Share[];
}

/** The greeting tells the protocol and not the version of rsync; appliances (Synology, QNAP, TrueNAS) run the same daemon. */
const product = ({ protocol }: RsyncEvidence): Product => ({ id: 'rsync', name: 'rsync', version: null, basis: `its greeting (protocol ${protocol})` });

export const rsync = evidenceKind<RsyncEvidence>('rsync', 1, {
  service: ({ transport }) => (transport === 'tls' ? 'rsync over tls' : 'rsync'),
  product,
  rights: ({ modules }) => rightsOfShares(modules),
  rightsFrom: ({ modules }) => groundsOfShares(modules, rsyncGrounds),
  exposure: ({ modules }) => exposureOfShares(modules),
});
