/** What can be learnt from an FTP server: facts, no opinion, no text of a greeting, no name of a file or a folder. */
import type { Transport } from '../../model/connection.js';
import { evidenceKind } from '../../model/evidence.js';
import type { Product } from '../../model/product.js';
import type { Rights } from '../../model/rights.js';
import { exposureOfShares, rightsOfShares, type Share } from '../../model/share.js';
import { ftpGrounds } from './grounds.js';

/** Of the certificate that the server shows, what does not name anybody. */
export interface FtpCertificate {
  readonly selfSigned: boolean;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly key: { readonly type: 'rsa' | 'rsa-pss' | 'ec' | 'dsa' | 'ed25519' | 'ed448' | 'other'; readonly bits: number | null };
  readonly signatureAlgorithm: string;
  /** SHA-256 of the DER, lower-case hexadecimal. */
  readonly fingerprint: string;
}

export interface FtpTls {
  /**
   * `implicit`: the port speaks TLS from the first byte. `offered`: AUTH TLS was taken and a handshake finished. `broken`: it was taken, and
   * the handshake failed. `refused`: it was not taken. `not-tried`: what came before it already failed.
   */
  readonly offer: 'implicit' | 'offered' | 'broken' | 'refused' | 'no-answer' | 'not-tried';
  readonly version: string | null;
  readonly cipherSuite: string | null;
  /** `null`: none was readable. */
  readonly certificate: FtpCertificate | null;
}

/**
 * What the server says to a user name before TLS. `taken`: it asks for the password, in the clear. `tls-first`: it refuses until TLS runs.
 * `anonymous-only`: it takes no account at all. `refused`: it refuses without a reason that tells which.
 */
export type ClearLogin = 'taken' | 'tls-first' | 'anonymous-only' | 'refused' | 'no-answer' | 'not-tried';

/** `announced`: refused by its greeting, before anybody asked. */
export type AnonymousLogin = 'accepted' | 'refused' | 'announced-refused' | 'tls-first' | 'busy' | 'no-answer' | 'not-tried';

/** PROT P (RFC 4217 section 9). `works`: a listing came over TLS. `accepted`: it was agreed to, and no listing was asked for. */
export type DataProtection = 'works' | 'accepted' | 'refused' | 'failed' | 'not-tried';

export interface FtpEvidence {
  readonly transport: Transport;
  /** `busy`: it said that it takes no more callers, or none from here. */
  readonly greeting: 'ready' | 'busy';
  readonly product: Product | null;
  readonly tls: FtpTls;
  readonly clearLogin: ClearLogin;
  readonly anonymous: {
    /** Over the transport of the port: in the clear, or inside implicit TLS. */
    readonly direct: AnonymousLogin;
    /** After AUTH TLS. */
    readonly overTls: AnonymousLogin;
  };
  readonly dataProtection: DataProtection;
  /** How folders were listed, or why not. */
  readonly listing: 'mlsd' | 'unix' | 'ms-dos' | 'eplf' | 'empty' | 'unreadable' | 'refused' | 'no-data-connection' | 'not-tried';
  /** PASV named another address for data; it was not dialled. `null`: PASV was not needed. */
  readonly pasvElsewhere: boolean | null;
  /** The fact `perm` of RFC 3659 came with the listing. */
  readonly permFacts: boolean;
  /** The tree that an anonymous caller sees: one share, or none where nobody was let in. */
  readonly shares: readonly Share[];
  /** Commands sent, over all connections. */
  readonly commands: number;
}

const refusals: ReadonlySet<AnonymousLogin> = new Set<AnonymousLogin>(['refused', 'announced-refused']);

/** Nobody gets in without an account: that was said, in the clear or, where TLS is demanded, inside it. */
export const isKeptOut = ({ anonymous: { direct, overTls } }: FtpEvidence): boolean =>
  refusals.has(direct) || (direct === 'tls-first' && refusals.has(overTls));

const noRights: Rights = { read: 'no', create: 'no', edit: 'no', delete: 'no' };

export const ftp = evidenceKind<FtpEvidence>('ftp', 1, {
  service: ({ transport }) => (transport === 'tls' ? 'ftps' : 'ftp'),
  product: ({ product }) => product,
  rights: (evidence) => (isKeptOut(evidence) ? noRights : rightsOfShares(evidence.shares)),
  rightsFrom: (evidence) => ftpGrounds(evidence, isKeptOut(evidence)),
  exposure: ({ shares }) => exposureOfShares(shares),
});
