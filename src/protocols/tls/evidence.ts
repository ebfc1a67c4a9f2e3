/** What a TLS port shows before any application speaks. Facts only: which version is too old is a check's opinion. */
import { evidenceKind } from '../../model/evidence.js';
import { type TlsVersion, tlsVersions } from './wire/versions.js';

export { type TlsVersion, tlsVersions };

/** `offered`: the peer answered a hello of exactly this version with a ServerHello of it. */
export type Offer = 'offered' | 'refused' | 'no-answer' | 'not-tried';

export interface TlsCertificate {
  /** Distinguished names as RFC 4514 strings, at most 256 characters. */
  readonly subject: string;
  readonly issuer: string;
  readonly selfSigned: boolean;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly key: { readonly type: 'rsa' | 'rsa-pss' | 'ec' | 'dsa' | 'ed25519' | 'ed448' | 'other'; readonly bits: number | null };
  /** For example `sha256WithRSAEncryption`; the dotted object identifier where the name is not known to us. */
  readonly signatureAlgorithm: string;
  /** Subject alternative names: DNS names and IP addresses. */
  readonly names: readonly string[];
  /** SHA-256 of the DER, lower-case hexadecimal. */
  readonly fingerprint: string;
}

export interface TlsEvidence {
  readonly versions: Readonly<Record<TlsVersion, Offer>>;
  /** Answer to a hello that offers nothing but NULL, EXPORT, anonymous, RC4, DES and 3DES suites; `suite` is the one it chose. */
  readonly weakSuites: { readonly offer: Offer; readonly suite: string | null };
  /** What a current client ends up with; `null` when no handshake could be finished. */
  readonly agreed: { readonly version: string; readonly cipherSuite: string } | null;
  /** Leaf certificate; `null` when none was readable. */
  readonly certificate: TlsCertificate | null;
  readonly chainLength: number;
  /**
   * `required`: the handshake fails without one. `requested`: asked for, not insisted on. `not-required`: the handshake
   * succeeds without one, and TLS 1.3 encrypts whether it was asked for.
   */
  readonly clientCertificate: 'required' | 'requested' | 'not-requested' | 'not-required' | 'unknown';
  /**
   * Whether the certificate's alternative names hold the host that was named (RFC 9525 section 6). An address or
   * `localhost` that is not among them is `unknown`: it does not tell by which name the device is called in practice.
   */
  readonly hostMatch: 'matches' | 'differs' | 'unknown';
}

export const tls = evidenceKind<TlsEvidence>('tls', 1, { service: () => 'tls' });
