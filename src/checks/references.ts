/**
 * The clauses that checks cite. Each was read where its comment says; what could not be read is not cited. DICOM demands no
 * authentication (PS3.15 section 1.1), so its profiles stand as targets, never as requirements.
 */
import type { Reference } from '../model/check.js';

const ecfr = 'https://www.ecfr.gov/current/title-45/section-164.312';
const dicomPart = (part: string, file: string): string => `https://dicom.nema.org/medical/dicom/current/output/chtml/${part}/${file}.html`;

// Read: govinfo.gov, CFR-2019-title45-vol2-sec164-312: "to allow access only to those persons or software programs that have been granted access rights".
export const hipaaAccessControl: Reference = {
  id: '45 CFR 164.312(a)(1)',
  title: 'HIPAA technical safeguards: access control',
  url: `${ecfr}#p-164.312(a)(1)`,
};

// Read in the same section: hardware, software or procedures "that record and examine activity".
export const hipaaAuditControls: Reference = { id: '45 CFR 164.312(b)', title: 'HIPAA technical safeguards: audit controls', url: `${ecfr}#p-164.312(b)` };

// Read in the same section: "verify that a person or entity seeking access ... is the one claimed".
export const hipaaPersonAuthentication: Reference = {
  id: '45 CFR 164.312(d)',
  title: 'HIPAA technical safeguards: person or entity authentication',
  url: `${ecfr}#p-164.312(d)`,
};

// Read in the same section: guard against access to what "is being transmitted over an electronic communications network".
// Encryption under (e)(2)(ii) is "addressable": to be done, or the reason written down why not.
export const hipaaTransmissionSecurity: Reference = {
  id: '45 CFR 164.312(e)(1)',
  title: 'HIPAA technical safeguards: transmission security',
  url: `${ecfr}#p-164.312(e)(1)`,
};

// Read: the article's text at gdprhub.eu; (a) pseudonymisation and encryption, (b) ongoing confidentiality and integrity.
export const gdprArticle32: Reference = {
  id: 'GDPR Article 32(1)(a), (b)',
  title: 'Regulation (EU) 2016/679: security of processing',
  url: 'https://eur-lex.europa.eu/eli/reg/2016/679/oj',
};

// Read: dicom.nema.org, PS3.15 2024e and 2025e: TLS 1.2 shall, 1.3 may be supported. B.1 to B.3 and B.9 to B.11 are retired.
export const dicomTlsProfileB12: Reference = {
  id: 'PS3.15 B.12',
  title: 'BCP 195 RFC 8996, 9325 TLS Secure Transport Connection Profile',
  url: dicomPart('part15', 'sect_B.12'),
};

// Read: dicom.nema.org, PS3.15 2024e and 2025e: B.12 with the algorithms narrowed further.
export const dicomTlsProfileB13: Reference = {
  id: 'PS3.15 B.13',
  title: 'Modified BCP 195 RFC 8996, 9325 TLS Secure Transport Connection Profile',
  url: dicomPart('part15', 'sect_B.13'),
};

// Read: dicom.nema.org, PS3.7 2025b and 2025e, D.3.3.7 with .1 and .2: sub-item 58H may be ignored, 59H answers it.
export const dicomUserIdentity: Reference = { id: 'PS3.7 D.3.3.7', title: 'User Identity Negotiation', url: dicomPart('part07', 'sect_D.3.3.7') };

// Read: PS3.15 2018e and 2025e, annex E: profiles "to address the removal and replacement of Attributes".
export const dicomConfidentialityProfile: Reference = {
  id: 'PS3.15 Annex E',
  title: 'Attribute Confidentiality Profiles',
  url: dicomPart('part15', 'chapter_E'),
};

// Read: dicom.nema.org, PS3.10 2024d, chapter 7: free for application profiles and implementations; all 00H where it is not used.
export const dicomFilePreamble: Reference = { id: 'PS3.10 7.1', title: 'DICOM File Meta Information: File Preamble', url: dicomPart('part10', 'chapter_7') };

// Read: csrc.nist.gov news of 2020-12-21 and the first pages of volume A (final, December 2020). Its table of controls was not read.
export const nistSp180024: Reference = {
  id: 'NIST SP 1800-24',
  title: 'Securing Picture Archiving and Communication System (PACS): Cybersecurity for the Healthcare Sector',
  url: 'https://csrc.nist.gov/pubs/sp/1800/24/final',
};

/**
 * `title` as cwe.mitre.org has it. Read there: 284 (a pillar that is not to be used for findings), 306, 319, 359 and 1188;
 * read in copies of the list: 290, 434 and 862.
 */
export const cwe = (number: number, title: string): Reference => ({ id: `CWE-${number}`, title, url: `https://cwe.mitre.org/data/definitions/${number}.html` });
