/** Which identifying attributes a stranger is given: one record is asked for, classed in memory and forgotten. */
import type { ValueClass } from '../../model/exposure.js';
import { classifyValue, identifyingKeywords } from '../value-class.js';
import type { Association } from './association.js';
import type { DicomEvidence } from './evidence.js';
import { acceptedTransferSyntax, find } from './find.js';
import { key, tags } from './keys.js';
import type { Attribute } from './wire/data-set.js';

/** `studyInstanceUid` names the one study; without it the first row is taken and the rest cancelled. */
export async function sampleIdentifiers(association: Association, studyInstanceUid: string | null): Promise<Pick<DicomEvidence, 'identifiers' | 'sample'>> {
  const identifiers: Record<string, ValueClass> = {};
  const hasStudyRoot = acceptedTransferSyntax(association, 'study-root-find') !== undefined;
  const result = await find(association, {
    context: hasStudyRoot ? 'study-root-find' : 'patient-root-find',
    keys: hasStudyRoot ? studyKeys(studyInstanceUid) : patientKeys,
    reads: identifyingKeywords.map((word) => tags[word]),
    budget: 1,
    onRow: (values) => classifyRow(values, identifiers),
  });
  return { identifiers, sample: result.rows > 0 ? 'taken' : 'no-answer' };
}

const studyKeys = (studyInstanceUid: string | null): readonly Attribute[] => [
  key('QueryRetrieveLevel', 'STUDY'),
  key('StudyInstanceUID', studyInstanceUid ?? ''),
  ...identifyingKeywords.map((word) => key(word)),
];

/** A query names attributes of its own level only (PS3.4 section C.6.1.1.2): those of a patient are in group 0010. */
const patientKeys: readonly Attribute[] = [
  key('QueryRetrieveLevel', 'PATIENT'),
  ...identifyingKeywords.filter((word) => tags[word] >>> 16 === 0x0010).map((word) => key(word)),
];

/** An attribute that the peer does not return at all is not listed: it is not exposed by this door. */
function classifyRow(values: ReadonlyMap<number, Uint8Array>, into: Record<string, ValueClass>): void {
  for (const keyword of identifyingKeywords) {
    const value = values.get(tags[keyword]);
    if (value) into[keyword] = classifyValue(keyword, value);
  }
}
