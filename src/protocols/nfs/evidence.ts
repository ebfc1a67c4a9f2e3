/** What can be learnt from an NFS server: facts, no opinion, no path, no name of a file, a client or a person. */
import { evidenceKind } from '../../model/evidence.js';
import type { Product } from '../../model/product.js';
import { groundsOf, type Rights, unknownRights } from '../../model/rights.js';
import { allFrom, exposureOfShares, groundsOfShares, rightsOfShares, type Share } from '../../model/share.js';
import { nfsGrounds } from './grounds.js';
import type { AccessBit } from './wire/access-bits.js';

export type NfsVersion = '3' | '4.0' | '4.1' | '4.2';
/** `unclear`: an answer that fits nothing. */
export type Offer = 'offered' | 'not-offered' | 'unclear' | 'no-answer' | 'not-tried';

/** How a caller proves who it is, and whether what follows is protected: `krb5p` encrypts (RFC 2203 section 5.3.1). */
export const flavourNames = ['none', 'sys', 'krb5', 'krb5i', 'krb5p', 'other'] as const;
export type Flavour = (typeof flavourNames)[number];

/** For whom an export is meant, as its list of clients says: counts only, names and addresses are dropped. */
export interface ExportClients {
  /** No client at all is named, or one that fits every address. */
  readonly everyone: boolean;
  readonly networks: number;
  readonly hosts: number;
  /** Names with a wildcard. */
  readonly domains: number;
  readonly netgroups: number;
}

/** The bits of ACCESS that an identity was granted on the export's own folder; nothing is done with them. */
export type Grant = readonly AccessBit[] | 'refused' | 'no-answer' | 'not-tried';

/**
 * Who is squashed, as far as it can be read off what is granted. `none`: who claims to be root is granted what others are refused.
 * `root`: root is refused what root is always granted. `everyone`: the owner is, too. `unclear`: the answers would be the same either way.
 */
export type Squash = 'none' | 'root' | 'everyone' | 'unclear' | 'not-tried';

export interface NfsShare extends Share {
  /** Over which it was asked: MOUNT and NFSv3, or NFSv4. */
  readonly over: 'nfs3' | 'nfs4';
  /** The other version serves the same folder too. */
  readonly alsoOver4: boolean;
  /** `not-told`: NFSv4 has no such list. */
  readonly clients: ExportClients | 'not-told';
  readonly flavours: readonly Flavour[] | 'not-told';
  /** From which source port it was let in, or refused. `unprivileged` and refused: a port below 1024, which any administrator has, may be let in. */
  readonly sourcePort: 'unprivileged' | 'privileged';
  /** `owner`: somebody who claims the folder's user and group. */
  readonly granted: { readonly nobody: Grant; readonly owner: Grant; readonly root: Grant };
  /** What is granted on a few files and folders within. */
  readonly inside: { readonly asked: number; readonly rights: Rights };
  readonly squash: Squash;
}

export interface NfsEvidence {
  /** `portmapper` (rpcbind) and `mountd`: this port tells where NFS is and what it exports; NFS is judged at its own port. */
  readonly role: 'nfs' | 'portmapper' | 'mountd';
  readonly versions: Readonly<Record<NfsVersion, Offer>>;
  /** RPC-with-TLS (RFC 9289): whether the server would start TLS. */
  readonly tls: Offer;
  readonly portmapper: {
    readonly answer: 'answered' | 'refused' | 'closed' | 'no-answer' | 'not-tried';
    /** Programs it has told of, each counted once. */
    readonly programs: number;
    readonly nfsPort: number | null;
    readonly mountPort: number | null;
  };
  /** MOUNT's list of exports. */
  readonly exportList: 'answered' | 'refused' | 'no-answer' | 'not-tried';
  /** The folder tree that NFSv4 begins with. */
  readonly pseudoTree: 'answered' | 'refused' | 'no-answer' | 'not-tried';
  /** Whether a source port below 1024 was needed, and whether this computer could take one. */
  readonly privilegedPort: 'not-needed' | 'taken' | 'not-to-be-had';
  readonly shares: readonly NfsShare[];
  readonly product: Product | null;
}

const noExport = { door: '', rights: unknownRights, from: allFrom('no export was named to this caller, and none could be looked at') };

export const nfs = evidenceKind<NfsEvidence>('nfs', 1, {
  service: ({ role }) => (role === 'portmapper' ? 'rpcbind' : role),
  product: ({ product }) => product,
  rights: ({ shares }) => (shares.length === 0 ? null : rightsOfShares(shares)),
  rightsFrom: ({ role, shares }) => (shares.length > 0 ? groundsOfShares(shares, nfsGrounds) : role === 'nfs' ? groundsOf([noExport]) : null),
  exposure: ({ shares }) => exposureOfShares(shares),
});
