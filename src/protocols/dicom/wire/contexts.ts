/** The presentation contexts that one association proposes. Opens no sockets. */

/** The presentation contexts that are proposed, in this order; each name stands for one abstract syntax. */
export const contextNames = [
  'verification',
  'patient-root-find',
  'study-root-find',
  'patient-root-move',
  'study-root-move',
  'patient-root-get',
  'study-root-get',
  'worklist-find',
  'storage-ct',
  'storage-mr',
  'storage-cr',
  'storage-dx',
  'storage-us',
  'storage-sc',
  'storage-commitment',
  'canary',
] as const;
/** `canary` is an abstract syntax that nobody knows: who accepts it accepts anything. */
export type ContextName = (typeof contextNames)[number];

/** PS3.8 table 9-18. `not-answered`: the acceptance does not mention the context. */
export type ContextResult =
  | 'accepted'
  | 'user-rejection'
  | 'provider-rejection'
  | 'abstract-syntax-not-supported'
  | 'transfer-syntaxes-not-supported'
  | 'not-answered'
  | 'other';

/** Abstract syntax UID of each context (PS3.4 annexes A, B, C, J, K; PS3.6 annex A). */
export const abstractSyntaxes: Readonly<Record<ContextName, string>> = {
  verification: '1.2.840.10008.1.1',
  'patient-root-find': '1.2.840.10008.5.1.4.1.2.1.1',
  'study-root-find': '1.2.840.10008.5.1.4.1.2.2.1',
  'patient-root-move': '1.2.840.10008.5.1.4.1.2.1.2',
  'study-root-move': '1.2.840.10008.5.1.4.1.2.2.2',
  'patient-root-get': '1.2.840.10008.5.1.4.1.2.1.3',
  'study-root-get': '1.2.840.10008.5.1.4.1.2.2.3',
  'worklist-find': '1.2.840.10008.5.1.4.31',
  'storage-ct': '1.2.840.10008.5.1.4.1.1.2',
  'storage-mr': '1.2.840.10008.5.1.4.1.1.4',
  'storage-cr': '1.2.840.10008.5.1.4.1.1.1',
  'storage-dx': '1.2.840.10008.5.1.4.1.1.1.1',
  'storage-us': '1.2.840.10008.5.1.4.1.1.6.1',
  'storage-sc': '1.2.840.10008.5.1.4.1.1.7',
  'storage-commitment': '1.2.840.10008.1.20.1',
  // Made for Dosimeter from a random UUID (PS3.5 section B.2); registered nowhere, so nobody can know it.
  canary: '2.25.243750353921654312506444307994010913741',
};
