/** Clauses and weaknesses that only web checks cite. */
import type { Reference } from '../model/check.js';

// Read: rfc-editor.org, RFC 9309 section 3: the protocol "is not a substitute for valid content security measures".
export const robotsExclusion: Reference = { id: 'RFC 9309', title: 'Robots Exclusion Protocol', url: 'https://www.rfc-editor.org/rfc/rfc9309.html#section-3' };

// Read: rfc-editor.org, RFC 9110 section 17.16.3: credentials of the Basic scheme need a secured channel.
export const httpSemantics: Reference = {
  id: 'RFC 9110 17.16',
  title: 'HTTP Semantics: authentication',
  url: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-17.16',
};

// Read: dicom.nema.org, PS3.18: security of the services is left to the transport and to the deployment.
export const dicomWebServices: Reference = {
  id: 'PS3.18',
  title: 'Web Services',
  url: 'https://dicom.nema.org/medical/dicom/current/output/chtml/part18/PS3.18.html',
};
