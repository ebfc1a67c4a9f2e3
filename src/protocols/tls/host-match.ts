/** Whether a certificate names the host that was dialled. Trusts nothing: who signed the certificate is not asked. */
import { X509Certificate } from 'node:crypto';
import { isAddress } from '../../model/endpoint.js';
import type { TlsEvidence } from './evidence.js';

/**
 * Alternative names only: RFC 9525 section 2 leaves the common name out. Under an address that the certificate does not
 * hold nothing can be told, because clients may call the device by a name; the same goes for `localhost`, a tunnel's end.
 */
export function matchHost(der: Uint8Array, host: string): TlsEvidence['hostMatch'] {
  try {
    const certificate = new X509Certificate(der);
    const named = isAddress(host) ? certificate.checkIP(host) : certificate.checkHost(host.replace(/\.$/, ''), { subject: 'never', partialWildcards: false });
    if (named !== undefined) return 'matches';
    return isAddress(host) || host.toLowerCase() === 'localhost' ? 'unknown' : 'differs';
  } catch {
    return 'unknown';
  }
}
