/**
 * An identifying value → its class. The value is looked at here and goes no further: nothing in this file returns,
 * stores or throws any part of it. Opens no sockets.
 */
import type { ValueClass } from '../../model/exposure.js';
import type { Keyword } from './keys.js';

/** Words that stand in place of a person: de-identification, phantoms, quality assurance, demonstration data. */
const placeholder = /anon|deident|de-ident|pseudo|removed|unknown|phantom|test|demo|dummy|sample|quality|\bqa\b|\bqc\b|no\W?name|redacted|subject|patient|xxx/i;
/** Hexadecimal digests, UUIDs and dotted identifiers are made by programs. */
const machineMade = /^(?:[0-9a-f]{16,}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|[0-9]+(?:\.[0-9]+){3,}|[a-z]{1,6}[-_ ]?[0-9]{1,8})$/i;
/** Dates that stand for "not known" or were set by a de-identifier. */
const placeholderDates = new Set(['19000101', '00010101', '18000101', '19700101', '20000101', '11111111', '99991231']);

/** Value as it stands in the data set, padding included; any character repertoire. */
export function classifyValue(keyword: Keyword, bytes: Uint8Array): ValueClass {
  const text = latin(bytes);
  if (text.replace(/[\^=\\]/g, '').trim() === '') return 'empty';
  if (keyword === 'PatientBirthDate') return isCalendarDate(text) && !placeholderDates.has(text) ? 'real-looking' : 'pseudonymous';
  if (keyword === 'PatientSex') return /^[MFO]$/i.test(text) ? 'real-looking' : 'pseudonymous';
  if (placeholder.test(text)) return 'pseudonymous';
  return isName(keyword) ? nameClass(text) : codeClass(text);
}

const isName = (keyword: Keyword): boolean => keyword === 'PatientName' || keyword === 'ReferringPhysicianName';

/** Bytes above 7F count as letters of some script: names in Japanese, Cyrillic, Korean or with accents are names. */
function nameClass(text: string): ValueClass {
  if (machineMade.test(text)) return 'pseudonymous';
  // A lone escape character starts a code extension (ISO 2022): the value is in a script other than Latin.
  const letters = text.replace(/[^A-Za-z\u0080-\u00ff\u001b]/g, '').length;
  const digits = text.replace(/[^0-9]/g, '').length;
  return letters >= 2 && letters > digits ? 'real-looking' : 'pseudonymous';
}

/** Numbers, addresses and institutions: whatever a hospital uses is real to it, unless a program made it. */
function codeClass(text: string): ValueClass {
  return /^[0-9a-f]{16,}$|^[0-9a-f]{8}-|^2\.25\.|^0+$/i.test(text) ? 'pseudonymous' : 'real-looking';
}

function isCalendarDate(text: string): boolean {
  return /^(?:1[89]|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$/.test(text);
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 256)).replace(/[\0 ]+$/g, '').trim();
}
