/** Clauses that only the TLS checks cite. What other checks cite too is in `references.ts`. */
import type { Reference } from '../model/check.js';

const rfc = (number: number, clause: string, title: string): Reference => ({
  id: clause === '' ? `RFC ${number}` : `RFC ${number} section ${clause}`,
  title,
  url: `https://www.rfc-editor.org/rfc/rfc${number}.html${clause === '' ? '' : `#section-${clause}`}`,
});

export const rfc8996 = rfc(8996, '', 'Deprecating TLS 1.0 and TLS 1.1');
export const rfc9325Versions = rfc(9325, '3.1.1', 'Recommendations for Secure Use of TLS: SSL/TLS protocol versions');
export const rfc9325Suites = rfc(9325, '4.1', 'Recommendations for Secure Use of TLS: general guidelines for cipher suites');
export const rfc9325Keys = rfc(9325, '4.5', 'Recommendations for Secure Use of TLS: public key length');
export const rfc5280Validity = rfc(5280, '6.1.3', 'X.509 certificates: basic certificate processing, where the validity period includes the current time');
export const rfc9525Names = rfc(9525, '6', 'Service identity in TLS: verifying service identity');
