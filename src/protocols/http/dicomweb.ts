/**
 * DICOMweb (PS3.18): does QIDO-RS answer, for how many studies, and would STOW-RS let the caller in. Nothing is retrieved
 * and nothing sent. Of the records that a count brings, only dates and numbers of instances are read.
 */
import { exactly } from '../../model/exposure.js';
import type { Right } from '../../model/rights.js';
import { identifyingAttributes, provenanceAttributes } from '../value-class/attributes.js';
import { type ClassedRecord, classifyRecord } from '../value-class/classify-record.js';
import { accessOf, crossOriginOf, doorOf, isRecord, rightOfEmptyRequest } from './access.js';
import { type HttpAnswer, type HttpConversation, type HttpRequest, isEndOfConversation } from './conversation.js';
import { countByPages } from './count-pages.js';
import { firstValue, isDicomJson, type Row, rowsOf } from './dicom-json.js';
import type { WebDoor } from './evidence.js';

export interface DicomWebOptions {
  readonly origin: string;
  readonly nonce: string;
  /** Whether one record may be classed. */
  readonly sample: boolean;
  /** Records that counting may cost. */
  readonly responseBudget: number;
  /** Decides which studies are drawn where not all can be counted. */
  readonly seed: number;
  readonly archiveKey?: string | undefined;
  /** An archive's own interface has counted already: no records are asked for to count. */
  readonly isCounted: boolean;
  /** Called once the service is known to answer, before it is asked for more. */
  readonly whenOpen: () => void;
}

const pageBytes = 1_048_576;

/** `root`: the service root, for example `/dicom-web`. `null` where there is no DICOMweb. */
export async function askDicomWeb(conversation: HttpConversation, root: string, options: DicomWebOptions): Promise<WebDoor | null> {
  // A patient ID that nobody has: the answer to it is empty, and shows whether queries are granted.
  const refused = await query(conversation, root, `PatientID=DOSIMETER-${options.nonce}&limit=1`, options.origin);
  const path = `${root}/studies`;
  const isGranted = isQueryAnswer(refused);
  const access = accessOf(refused, isGranted);
  if (access === 'absent') return null;
  if (!isGranted) return access === 'open' ? null : doorOf('dicomweb', path, access, refused.status, { crossOrigin: crossOriginOf(refused, options.origin) });
  // What speaks DICOM's own media type, or says 204, knows `includefield=all` (PS3.18 section 8.3.4.3); others are not tried with it.
  const asksAll = options.sample && (isDicomJson(refused) || refused.status === 204);
  const one = await query(conversation, root, asksAll ? 'limit=1&includefield=all' : 'limit=1', options.origin);
  const rows = rowsOf(one);
  const first = rows?.[0];
  // An empty list alone may be any server's answer to anything; a study, or DICOM's own media type, is DICOMweb's.
  if (first === undefined && !isDicomJson(one) && !isDicomJson(refused)) return null;
  options.whenOpen();
  const isEmpty = rows?.length === 0;
  const counted = await count(conversation, root, options, isEmpty);
  const classed = options.sample && first ? classedRecord(first) : { identifiers: {}, record: null };
  return doorOf('dicomweb', path, 'open', one.status, {
    rights: { read: 'yes', create: await storeRight(conversation, root), edit: 'unknown', delete: await deleteRight(conversation, root) },
    ...counted,
    wado: first?.['00081190'] === undefined ? 'not-seen' : 'offered',
    ...classed,
    crossOrigin: crossOriginOf(refused, options.origin),
  });
}

function query(conversation: HttpConversation, root: string, query: string, origin?: string): Promise<HttpAnswer> {
  const headers = { accept: 'application/dicom+json', ...(origin !== undefined && { origin }) };
  return conversation.request({ method: 'GET', path: `${root}/studies?${query}`, headers, bodyBytes: pageBytes });
}

const isQueryAnswer = (answer: HttpAnswer): boolean => answer.status === 204 || (answer.status === 200 && rowsOf(answer) !== undefined);

/** `null`s where the archive itself says; an empty answer to everything is an exact count too. */
async function count(conversation: HttpConversation, root: string, options: DicomWebOptions, isEmpty: boolean) {
  const { isCounted, responseBudget, seed, archiveKey } = options;
  if (isCounted) return {};
  if (isEmpty) return { images: exactly(0), studies: exactly(0) };
  return countByPages(conversation, root, { budget: responseBudget, seed, archiveKey });
}

/** STOW-RS without a body: what it complains of shows whether the caller was let in (PS3.18 section 10.5). */
async function storeRight(conversation: HttpConversation, root: string): Promise<Right> {
  const answer = await answerIfAny(conversation, { method: 'POST', path: `${root}/studies` });
  return answer === undefined ? 'unknown' : rightOfEmptyRequest(answer);
}

/** `undefined`: a server that has had enough after a long count leaves a right unknown; that it answered queries stays so. */
async function answerIfAny(conversation: HttpConversation, request: HttpRequest): Promise<HttpAnswer | undefined> {
  try {
    return await conversation.request(request);
  } catch (error) {
    if (isEndOfConversation(error)) return undefined;
    throw error;
  }
}

/**
 * Which methods a study has: nobody's is named, and OPTIONS does nothing to it (RFC 9110 section 9.3.7). JAX-RS servers as dcm4chee-arc tell.
 * A refusal is of OPTIONS, which many proxies turn away by itself, and says nothing of DELETE.
 */
async function deleteRight(conversation: HttpConversation, root: string): Promise<Right> {
  const answer = await answerIfAny(conversation, { method: 'OPTIONS', path: `${root}/studies/2.25.0` });
  const allow = answer?.headers['allow'];
  if (answer === undefined || allow === undefined || (answer.status >= 300 && answer.status !== 405)) return 'unknown';
  return allow.split(',').some((method) => method.trim().toUpperCase() === 'DELETE') ? 'negotiated' : 'no';
}

const askedTags = Object.entries({ ...identifyingAttributes, ...provenanceAttributes }).map(
  ([keyword, { tag }]) =>
    [keyword as keyof typeof identifyingAttributes | keyof typeof provenanceAttributes, tag.toString(16).toUpperCase().padStart(8, '0')] as const,
);
/** Values of one attribute, and items of a sequence, that are looked at. */
const valuesLookedAt = 8;

/** Classed here, and gone when this returns. An attribute without a value is empty; one that is not there is not exposed. */
function classedRecord(row: Row): ClassedRecord {
  const present = askedTags.filter(([, tag]) => row[tag] !== undefined);
  return classifyRecord(new Map(present.map(([keyword, tag]) => [keyword, textsOf(row, tag).join('\\')])));
}

/** As DICOM JSON has them (PS3.18 section F.2): component groups of a name, Patient ID in the items of a sequence, everything else as text. */
function textsOf(row: Row, tag: string): readonly string[] {
  const attribute = row[tag];
  const values: readonly unknown[] = isRecord(attribute) && Array.isArray(attribute['Value']) ? attribute['Value'] : [];
  return values.slice(0, valuesLookedAt).map((value) => {
    if (!isRecord(value)) return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 512) : '';
    const groups = [value['Alphabetic'], value['Ideographic'], value['Phonetic']].map((group) => (typeof group === 'string' ? group : ''));
    const name = groups.join('=').slice(0, 512);
    return name === '==' ? (firstValue(value, '00100020') ?? '') : name;
  });
}
