/**
 * An identifying value → its class. The value is looked at here and goes no further: nothing in this file returns,
 * stores or throws any part of it. Opens no sockets.
 */
import type { ValueClass } from '../../model/exposure.js';
import { type AttributeKind, type IdentifyingKeyword, identifyingAttributes } from './attributes.js';
import { isCalendarDay } from './national/likeness.js';
import { nationalIdentifierOf } from './national/national-identifier.js';
import { isStandIn } from './stand-ins.js';

/** Hexadecimal digests, UUIDs and dotted identifiers are made by programs. */
const machineMade = /^(?:[0-9a-f]{16,}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|[0-9]+(?:\.[0-9]+){3,}|[a-z]{1,6}[-_ ]?[0-9]{1,8})$/i;
/** One long token with digits inside, as a digest in base 64 is. */
const scrambled = /^(?=.{16})[a-z0-9+/_-]*[a-z+/][0-9][a-z0-9+/_-]*$/i;
/** Dates that stand for "not known" or were set by a de-identifier. */
const placeholderDates = new Set(['19000101', '00010101', '18000101', '19700101', '20000101', '11111111', '99991231']);
/** Characters of a value that are looked at. */
const longest = 256;

/** `text`: one value, or several separated by backslashes, as decoded; padding may be on it. */
export function classifyValue(keyword: IdentifyingKeyword, text: string): ValueClass {
  const value = text.slice(0, longest).replace(/\0/g, ' ').trim();
  if (value.replace(/[\^=\\\s]/g, '') === '') return 'empty';
  return judges[identifyingAttributes[keyword].kind](value);
}

const judges: Readonly<Record<AttributeKind, (text: string) => ValueClass>> = {
  name: (text) => (isStandIn(text, false) ? 'pseudonymous' : nameClass(text)),
  number: (text) =>
    gravest(
      text.split('\\').filter((part) => part.trim() !== ''),
      numberClass,
    ),
  place: (text) => (isStandIn(text, true) ? 'pseudonymous' : codeClass(text)),
  text: (text) => (isStandIn(text, true) ? 'pseudonymous' : codeClass(text)),
  date: dateClass,
  time: (text) => (/^(?:[01]\d|2[0-3])[0-5]\d/.test(text) && !/^[0:.]+$/.test(text) ? 'real-looking' : 'pseudonymous'),
  sex: (text) => (/^[MFO]$/i.test(text) ? 'real-looking' : 'pseudonymous'),
  /** Ages and measures; 0 and 999 say nothing. */
  measure: (text) => (/^(?:\d{3}[DWMY]|\d{1,5}(?:\.\d{0,8})?)$/i.test(text) && !/^(?:[0.]+|9{3})[DWMY]?$/i.test(text) ? 'real-looking' : 'pseudonymous'),
};

const gravest = (parts: readonly string[], classOf: (part: string) => ValueClass): ValueClass =>
  parts.some((part) => classOf(part.trim()) === 'real-looking') ? 'real-looking' : 'pseudonymous';

/** Names in any script are names; what was decoded wrongly is a letter too. */
function nameClass(text: string): ValueClass {
  const bare = text.normalize('NFKC').replace(/^[\^=\s]+|[\^=\s]+$/g, '');
  if (machineMade.test(bare) || scrambled.test(bare)) return 'pseudonymous';
  const letters = bare.replace(/[^\p{L}\p{M}\ufffd]/gu, '').length;
  const digits = bare.replace(/[^\p{Nd}]/gu, '').length;
  const needed = /[^\p{ASCII}\p{Script=Latin}]/u.test(bare) ? 1 : 2;
  return letters >= needed && letters > digits ? 'real-looking' : 'pseudonymous';
}

/** A state's number is a person's, however long; a stand-in or what a program made is not. */
function numberClass(text: string): ValueClass {
  if (nationalIdentifierOf(text, { born: null, issuer: '' }) !== null) return 'real-looking';
  return isStandIn(text, false) ? 'pseudonymous' : codeClass(text);
}

/** Whatever a hospital uses is real to it, unless a program made it. */
const codeClass = (text: string): ValueClass =>
  /^[0-9a-f]{16,}$|^[0-9a-f]{8}-[0-9a-f]{4}-|^2\.25\.|^[0\p{P}\p{S}\s]+$/iu.test(text.normalize('NFKC')) ? 'pseudonymous' : 'real-looking';

/** YYYYMMDD, before DICOM 3 YYYY.MM.DD (PS3.5 section 6.2, VR DA). */
function dateClass(text: string): ValueClass {
  const date = text.replace(/^([0-9]{4})\.([0-9]{2})\.([0-9]{2})$/, '$1$2$3');
  return isBirthDate(date) ? 'real-looking' : 'pseudonymous';
}

/** Whether it reads like a day on which a patient was born. */
export function isBirthDate(date: string): boolean {
  if (!/^(?:1[89]|20)[0-9]{6}$/.test(date) || placeholderDates.has(date)) return false;
  return isCalendarDay(Number(date.slice(0, 4)), Number(date.slice(4, 6)), Number(date.slice(6, 8)));
}
