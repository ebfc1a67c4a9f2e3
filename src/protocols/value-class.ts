/**
 * An identifying value → its class. The value is looked at here and goes no further: nothing in this file returns,
 * stores or throws any part of it. Opens no sockets.
 */
import type { ValueClass } from '../model/exposure.js';

/** Direct and indirect identifiers of PS3.15 table E.1-1 that a query can return at patient or study level. */
export const identifyingKeywords = [
  'PatientName',
  'PatientID',
  'PatientBirthDate',
  'PatientSex',
  'OtherPatientIDs',
  'PatientAddress',
  'PatientTelephoneNumbers',
  'AccessionNumber',
  'ReferringPhysicianName',
  'InstitutionName',
] as const;
export type IdentifyingKeyword = (typeof identifyingKeywords)[number];

/** Bytes above 7F count as letters of some script: "Å" before "test" makes it another word. */
const letter = '[A-Za-z\\u0080-\\u00ff]';
/** Whole words only: Tester, Demonte and Anonby are people. Digits and signs end a word: Anon_123 and TEST01 are nobody. */
const wholeWord = (words: string): RegExp => new RegExp(`(?<!${letter})(?:${words})(?!${letter})`, 'i');

/** De-identification, phantoms, quality assurance, demonstration data: stands in place of any value. */
const nobody = `anon(?:ym${letter}*)?|de[-_ ]?ident[a-z]*|deid|pseudo(?:nym${letter}*)?|removed|redacted|unknown|phantom|test|demo|dummy|q[ac]|no[^a-z]?name|x{3,}|(?:test|demo|dummy|sample|phantom|anon)(?:patient|subject|person|name)`;
const placeholderText = wholeWord(nobody);
/** In names and numbers also these, which the name of a clinic may hold. */
const placeholder = wholeWord(`${nobody}|patient|subject|sample|quality`);
/** Hexadecimal digests, UUIDs and dotted identifiers are made by programs. */
const machineMade = /^(?:[0-9a-f]{16,}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|[0-9]+(?:\.[0-9]+){3,}|[a-z]{1,6}[-_ ]?[0-9]{1,8})$/i;
/** One long token with digits inside, as a digest in base 64 is. */
const scrambled = /^(?=.{16})[a-z0-9+/_-]*[a-z+/][0-9][a-z0-9+/_-]*$/i;
/** Dates that stand for "not known" or were set by a de-identifier. */
const placeholderDates = new Set(['19000101', '00010101', '18000101', '19700101', '20000101', '11111111', '99991231']);

/** Value as it stands in the data set, padding included; any character repertoire. */
export function classifyValue(keyword: IdentifyingKeyword, bytes: Uint8Array): ValueClass {
  const text = latin(bytes);
  if (text.replace(/[\^=\\]/g, '').trim() === '') return 'empty';
  if (keyword === 'PatientBirthDate') return dateClass(text);
  if (keyword === 'PatientSex') return /^[MFO]$/i.test(text) ? 'real-looking' : 'pseudonymous';
  const isPlaceholder = isFreeText(keyword) ? placeholderText : placeholder;
  if (isPlaceholder.test(withoutDoubleBytes(text))) return 'pseudonymous';
  return isName(keyword) ? nameClass(text) : codeClass(text);
}

const isName = (keyword: IdentifyingKeyword): boolean => keyword === 'PatientName' || keyword === 'ReferringPhysicianName';
const isFreeText = (keyword: IdentifyingKeyword): boolean => keyword === 'PatientAddress' || keyword === 'InstitutionName';

/** Bytes above 7F count as letters: names in Japanese, Cyrillic, Korean or with accents are names. */
function nameClass(text: string): ValueClass {
  // An escape character starts a code extension (ISO 2022): the value is in a script other than Latin.
  if (text.includes('\u001b')) return 'real-looking';
  const bare = text.replace(/^[\^= ]+|[\^= ]+$/g, '');
  if (machineMade.test(bare) || scrambled.test(bare)) return 'pseudonymous';
  const letters = bare.replace(/[^A-Za-z\u0080-\u00ff]/g, '').length;
  const digits = bare.replace(/[^0-9]/g, '').length;
  return letters >= 2 && letters > digits ? 'real-looking' : 'pseudonymous';
}

/** Numbers, addresses and institutions: whatever a hospital uses is real to it, unless a program made it. */
function codeClass(text: string): ValueClass {
  return /^[0-9a-f]{16,}$|^[0-9a-f]{8}-|^2\.25\.|^[0\W_]+$/i.test(text) && !/[\u0080-\u00ff\u001b]/.test(text) ? 'pseudonymous' : 'real-looking';
}

/** YYYYMMDD, before DICOM 3 YYYY.MM.DD (PS3.5 section 6.2, VR DA). */
function dateClass(text: string): ValueClass {
  const date = text.replace(/^([0-9]{4})\.([0-9]{2})\.([0-9]{2})$/, '$1$2$3');
  const isCalendarDate = /^(?:1[89]|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$/.test(date);
  return isCalendarDate && !placeholderDates.has(date) ? 'real-looking' : 'pseudonymous';
}

/** Kanji of ISO 2022 IR 87 and 159 are pairs of 7-bit bytes, which would read as words and digits by chance. */
const withoutDoubleBytes = (text: string): string => text.replace(/\u001b\$[@B(][^\u001b]*/g, ' ');

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 256))
    .replace(/[\0 ]+$/g, '')
    .trim();
}
