/**
 * DICOMweb (PS3.18): does QIDO-RS answer, for how many studies, and would STOW-RS let the caller in. Nothing is retrieved
 * and nothing sent. Of the records that a count brings, only dates and numbers of instances are read.
 */
import { atLeast, type Estimate, exactly, type TimelineYear } from '../../model/exposure.js';
import type { Right } from '../../model/rights.js';
import { identifyingAttributes, provenanceAttributes } from '../value-class/attributes.js';
import { type ClassedRecord, classifyRecord } from '../value-class/classify-record.js';
import { accessOf, countIn, crossOriginOf, doorOf, isRecord, jsonOf, rightOfEmptyRequest } from './access.js';
import type { HttpAnswer, HttpConversation } from './conversation.js';
import type { WebDoor } from './evidence.js';

export interface DicomWebOptions {
  readonly origin: string;
  readonly nonce: string;
  /** Whether one record may be classed. */
  readonly sample: boolean;
  /** Records that counting may cost. */
  readonly responseBudget: number;
  /** An archive's own interface has counted already: no records are asked for to count. */
  readonly isCounted: boolean;
  /** Called once the service is known to answer, before it is asked for more. */
  readonly whenOpen: () => void;
}

type Row = Readonly<Record<string, unknown>>;
const pageSize = 100;
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
  const counted = options.isCounted || isEmpty ? nothingCounted(isEmpty && !options.isCounted) : await count(conversation, root, options);
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

const isDicomJson = (answer: HttpAnswer): boolean => /^application\/dicom\+json/i.test(answer.headers['content-type'] ?? '');

/** 204 is the older way to say "no match" (PS3.18 section 10.6.3). */
const isQueryAnswer = (answer: HttpAnswer): boolean => answer.status === 204 || (answer.status === 200 && rowsOf(answer) !== undefined);

/** A list of objects whose keys are tags; the empty list too. */
function rowsOf(answer: HttpAnswer): readonly Row[] | undefined {
  if (answer.status === 204) return [];
  const value = jsonOf(answer);
  if (answer.status !== 200 || !Array.isArray(value)) return undefined;
  return value.every((row) => isRecord(row) && Object.keys(row).every((key) => /^[0-9A-Fa-f]{8}$/.test(key))) ? (value as Row[]) : undefined;
}

/** The first value of an attribute (PS3.18 section F.2.2), as text. */
function firstValue(row: Row, tag: string): string | undefined {
  const attribute = row[tag];
  const value = isRecord(attribute) && Array.isArray(attribute['Value']) ? (attribute['Value'][0] as unknown) : undefined;
  if (isRecord(value)) return ['Alphabetic', 'Ideographic', 'Phonetic'].map((key) => value[key]).find((part) => typeof part === 'string') as string | undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

interface Counted {
  readonly images: Estimate | null;
  readonly studies: Estimate | null;
  readonly timeline: readonly TimelineYear[];
}

const nothingCounted = (isEmpty: boolean): Counted => ({ images: isEmpty ? exactly(0) : null, studies: isEmpty ? exactly(0) : null, timeline: [] });

/** Study by study, a page at a time, up to the budget. Whether a short page is the last shows the next one: servers have limits of their own. */
async function count(conversation: HttpConversation, root: string, options: DicomWebOptions): Promise<Counted> {
  const tally = new Tally();
  for (let offset = 0; offset < options.responseBudget && conversation.budget > 6; ) {
    const limit = Math.min(pageSize, options.responseBudget - offset);
    const answer = await query(conversation, root, `limit=${limit}&offset=${offset}&includefield=00201208`);
    const rows = rowsOf(answer);
    if (rows === undefined) break;
    offset += rows.length;
    tally.hear(totalIn(answer, offset));
    if (rows.length === 0) return tally.result(true);
    if (tally.add(rows) === 0) break; // it gives the same page again and again: offset means nothing to it
  }
  return tally.result(false);
}

/** What the server says of all matches: X-Total-Count, as Kheops has it, or the warning of PS3.18 section 8.3.4.4 of how many are left. */
function totalIn({ headers }: HttpAnswer, seen: number): number | null {
  const left = /\bThere are (\d{1,12}) additional results/i.exec((headers['warning'] ?? '').slice(0, 1_000))?.[1];
  return countIn(headers['x-total-count']) ?? (left === undefined ? null : seen + Number(left));
}

/** Studies by year. Identifiers of studies are kept while counting, to notice pages that repeat, and go no further. */
class Tally {
  readonly #seen = new Set<string>();
  readonly #years = new Map<number | null, { studies: number; images: number | null }>();
  #images: number | null = 0;
  #total = 0;

  /** The server's own figure; one that is less than what was seen is of the page alone. */
  hear(total: number | null): void {
    this.#total = Math.max(this.#total, total ?? 0);
  }

  /** How many of the rows were new. */
  add(rows: readonly Row[]): number {
    let fresh = 0;
    for (const row of rows) {
      const uid = firstValue(row, '0020000D') ?? `${this.#seen.size}`;
      if (this.#seen.has(uid)) continue;
      this.#seen.add(uid);
      fresh += 1;
      this.#count(firstValue(row, '00080020'), countIn(firstValue(row, '00201208')));
    }
    return fresh;
  }

  #count(date: string | undefined, images: number | null): void {
    const year = /^(?:19|20)\d{6}$/.test(date ?? '') ? Number(date?.slice(0, 4)) : null;
    const before = this.#years.get(year) ?? { studies: 0, images: 0 };
    this.#years.set(year, { studies: before.studies + 1, images: before.images === null || images === null ? null : before.images + images });
    this.#images = this.#images === null || images === null ? null : this.#images + images;
  }

  result(isWhole: boolean): Counted {
    const isAll = isWhole && this.#total <= this.#seen.size;
    const estimate = isAll || this.#total === this.#seen.size ? exactly : atLeast;
    const years = [...this.#years].sort(([a], [b]) => (a ?? 9_999) - (b ?? 9_999));
    return {
      images: this.#images === null ? null : estimate(this.#images),
      studies: this.#total > this.#seen.size ? exactly(this.#total) : estimate(this.#seen.size),
      timeline: years.map(([year, { studies, images }]) => ({ year, studies, images })),
    };
  }
}

/** STOW-RS without a body: what it complains of shows whether the caller was let in (PS3.18 section 10.5). */
async function storeRight(conversation: HttpConversation, root: string): Promise<Right> {
  return rightOfEmptyRequest(await conversation.request({ method: 'POST', path: `${root}/studies` }));
}

/**
 * Which methods a study has: nobody's is named, and OPTIONS does nothing to it (RFC 9110 section 9.3.7). JAX-RS servers as dcm4chee-arc tell.
 * A refusal is of OPTIONS, which many proxies turn away by itself, and says nothing of DELETE.
 */
async function deleteRight(conversation: HttpConversation, root: string): Promise<Right> {
  const answer = await conversation.request({ method: 'OPTIONS', path: `${root}/studies/2.25.0` });
  const allow = answer.headers['allow'];
  if (allow === undefined || (answer.status >= 300 && answer.status !== 405)) return 'unknown';
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
