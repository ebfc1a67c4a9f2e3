/** Which identifying attributes a stranger is given: one record is asked for, classed in memory and forgotten. */
import { type IdentifyingKeyword, identifyingAttributes, type ProvenanceKeyword, provenanceAttributes } from '../value-class/attributes.js';
import { type ClassedRecord, classifyRecord } from '../value-class/classify-record.js';
import { decodeText } from '../value-class/decode-text.js';
import type { Association } from './association.js';
import type { DicomEvidence } from './evidence.js';
import { acceptedTransferSyntax, find } from './find.js';
import { key } from './keys.js';
import { type Attribute, readInItems } from './wire/data-set.js';
import { asciiText } from './wire/text.js';
import { implicitVrLittleEndian } from './wire/uids.js';

type AskedKeyword = IdentifyingKeyword | ProvenanceKeyword;
const asked: Readonly<Record<AskedKeyword, { readonly tag: number; readonly vr: string }>> = { ...identifyingAttributes, ...provenanceAttributes };
const askedKeywords = Object.keys(asked) as readonly AskedKeyword[];
const specificCharacterSet = 0x00080005;
/** Numbers of one patient that are looked at. */
const otherIdsLookedAt = 8;

/** `studyInstanceUid` names the one study; without it the first row is taken and the rest cancelled. */
export async function sampleIdentifiers(
  association: Association,
  studyInstanceUid: string | null,
): Promise<Pick<DicomEvidence, 'identifiers' | 'record' | 'sample'>> {
  const studyRoot = acceptedTransferSyntax(association, 'study-root-find');
  const transferSyntax = studyRoot ?? acceptedTransferSyntax(association, 'patient-root-find') ?? implicitVrLittleEndian;
  let classed: ClassedRecord | undefined;
  const result = await find(association, {
    context: studyRoot === undefined ? 'patient-root-find' : 'study-root-find',
    keys: studyRoot === undefined ? patientKeys : studyKeys(studyInstanceUid),
    reads: [specificCharacterSet, ...askedKeywords.map((keyword) => asked[keyword].tag)],
    budget: 1,
    onRow: (values) => {
      classed ??= classifyRecord(decoded(values, transferSyntax));
    },
  });
  return { identifiers: classed?.identifiers ?? {}, record: classed?.record ?? null, sample: result.rows > 0 ? 'taken' : 'no-answer' };
}

const returnKey = (keyword: AskedKeyword): Attribute => ({ ...asked[keyword], value: '' });

/**
 * Attributes of the equipment and of the series belong to other levels; archives that keep them at this one return them, and
 * the others leave out what they do not support (PS3.4 section C.4.1.1.3.2).
 */
const studyKeys = (studyInstanceUid: string | null): readonly Attribute[] => [
  key('QueryRetrieveLevel', 'STUDY'),
  key('StudyInstanceUID', studyInstanceUid ?? ''),
  ...askedKeywords.map(returnKey),
];

/** A query names attributes of its own level only (PS3.4 section C.6.1.1.2): those of a patient are in groups 0010 and 0012. */
const patientKeys: readonly Attribute[] = [
  key('QueryRetrieveLevel', 'PATIENT'),
  ...askedKeywords.filter((keyword) => [0x0010, 0x0012].includes(asked[keyword].tag >>> 16)).map(returnKey),
];

/** An attribute that the peer does not return at all is not listed: it is not exposed by this door. */
function decoded(values: ReadonlyMap<number, Uint8Array>, transferSyntax: string): ReadonlyMap<AskedKeyword, string> {
  const characterSet = asciiText(values.get(specificCharacterSet) ?? new Uint8Array(0), 128);
  const texts = new Map<AskedKeyword, string>();
  for (const keyword of askedKeywords) {
    const value = values.get(asked[keyword].tag);
    if (value === undefined) continue;
    const parts = asked[keyword].vr === 'SQ' ? numbersIn(value, transferSyntax) : [value];
    texts.set(keyword, parts.map((part) => decodeText(part, characterSet)).join('\\'));
  }
  return texts;
}

/** Patient ID in the items of Other Patient IDs Sequence; a sequence that cannot be read counts as empty. */
function numbersIn(sequence: Uint8Array, transferSyntax: string): readonly Uint8Array[] {
  try {
    return readInItems(sequence, transferSyntax, identifyingAttributes.PatientID.tag, otherIdsLookedAt);
  } catch {
    return [];
  }
}
