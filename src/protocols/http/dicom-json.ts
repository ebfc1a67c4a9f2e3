/** Answers in DICOM JSON (PS3.18 annex F) → rows and single values, read without trust. Opens no sockets and keeps nothing. */
import { isRecord, jsonOf } from './access.js';
import type { HttpAnswer } from './conversation.js';

export type Row = Readonly<Record<string, unknown>>;

export const isDicomJson = (answer: HttpAnswer): boolean => /^application\/dicom\+json/i.test(answer.headers['content-type'] ?? '');

/** A list of objects whose keys are tags; the empty list too. 204 is the older way to say "no match" (PS3.18 section 10.6.3). */
export function rowsOf(answer: HttpAnswer): readonly Row[] | undefined {
  if (answer.status === 204) return [];
  const value = jsonOf(answer);
  if (answer.status !== 200 || !Array.isArray(value)) return undefined;
  return value.every((row) => isRecord(row) && Object.keys(row).every((key) => /^[0-9A-Fa-f]{8}$/.test(key))) ? (value as Row[]) : undefined;
}

/** The first value of an attribute (PS3.18 section F.2.2), as text. */
export function firstValue(row: Row, tag: string): string | undefined {
  const attribute = row[tag];
  const value = isRecord(attribute) && Array.isArray(attribute['Value']) ? (attribute['Value'][0] as unknown) : undefined;
  if (isRecord(value)) return ['Alphabetic', 'Ideographic', 'Phonetic'].map((key) => value[key]).find((part) => typeof part === 'string') as string | undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
