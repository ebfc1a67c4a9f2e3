/** Clauses and weaknesses that only web checks cite. */
import type { Reference } from '../model/check.js';

// Read: rfc-editor.org, RFC 9309 section 3: the protocol "is not a substitute for valid content security measures".
export const robotsExclusion: Reference = { id: 'RFC 9309', title: 'Robots Exclusion Protocol', url: 'https://www.rfc-editor.org/rfc/rfc9309.html#section-3' };

// Read: rfc-editor.org, RFC 7617 section 1: "not considered to be a secure method of user authentication unless used in conjunction with" TLS.
export const basicAuthentication: Reference = {
  id: 'RFC 7617',
  title: "The 'Basic' HTTP Authentication Scheme",
  url: 'https://www.rfc-editor.org/rfc/rfc7617.html#section-1',
};
