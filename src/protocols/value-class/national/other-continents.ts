/** Numbers of Asia, the Americas, Africa and Oceania. Each function says how surely a text is one; none returns any of it. */
import { mod11And2, onlyDigits, part, passesLuhn, passesVerhoeff, weighted } from './check-digits.js';
import { dated, type Likeness, type NationalShape } from './likeness.js';

/** Eleven digits, the last two are checks (5490 sayılı Kanun, T.C. kimlik numarası). */
function tcKimlik(text: string): Likeness {
  if (!/^[1-9]\d{10}$/.test(text)) return 'no';
  const tenth = (weighted(text, [7, -1, 7, -1, 7, -1, 7, -1, 7]) + 80) % 10;
  const eleventh = weighted(text, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]) % 10;
  return tenth === part(text, 9, 10) && eleventh === part(text, 10, 11) ? 'likely' : 'no';
}

/** Twelve digits, Verhoeff (UIDAI): one running number in ten passes, unless it is written 4-4-4. */
function aadhaar(text: string): Likeness {
  if (!/^[2-9]\d{11}$|^[2-9]\d{3}[- ]\d{4}[- ]\d{4}$/.test(text) || !passesVerhoeff(onlyDigits(text))) return 'no';
  return text.length > 12 ? 'likely' : 'weak';
}

/** Region, YYYYMMDD, three digits, a check character (GB 11643-1999, ISO 7064 MOD 11-2). */
function chineseId(text: string, born: string | null): Likeness {
  if (!/^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{15}[0-9X]$/.test(text)) return 'no';
  if ('10X98765432'[mod11And2(text.slice(0, 17))] !== text.slice(17)) return 'no';
  const fits = dated([part(text, 6, 10)], part(text, 10, 12), part(text, 12, 14), null, 'certain');
  return fits === 'no' || born === null ? fits : 'certain';
}

/** YYMMDD, sex and century, six digits (주민등록법); since October 2020 the last is no check digit any more. */
function rrn(text: string, born: string | null): Likeness {
  if (!/^\d{6}-?\d{7}$/.test(text)) return 'no';
  const digits = onlyDigits(text);
  const check = (11 - (weighted(digits, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10;
  const passes = check === part(digits, 12, 13);
  if (!passes && text.length === 13) return 'no';
  const century = [1800, 1900, 1900, 2000, 2000, 1900, 1900, 2000, 2000, 1800][part(digits, 6, 7)] ?? 1900;
  return dated([century + part(digits, 0, 2)], part(digits, 2, 4), part(digits, 4, 6), born, passes ? 'likely' : 'weak');
}

/** A letter for the place, sex, seven digits, a check digit (戶籍法; 1 and 2 for nationals, 8 and 9 for residents). */
function taiwaneseId(text: string): Likeness {
  if (!/^[A-Z][1289]\d{8}$/.test(text)) return 'no';
  const place = 'ABCDEFGHJKLMNPQRSTUVXYWZIO'.indexOf(text.slice(0, 1)) + 10;
  return weighted(`${place}${text.slice(1)}`, [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]) % 10 === 0 ? 'likely' : 'no';
}

/** Published as examples, and nobody's. */
const exampleSsns = new Set(['078051120', '219099999', '123456789', '457555462']);

/** Area, group, serial; no check digit, but areas that were never given out (SSA, randomization of 2011). Only as it is written. */
function ssn(text: string): Likeness {
  if (!/^(?!000|666|9)\d{3}([- ]?)(?!00)\d{2}\1(?!0000)\d{4}$/.test(text) || exampleSsns.has(onlyDigits(text))) return 'no';
  return text.length === 11 ? 'likely' : 'weak';
}

/** Nine digits, Luhn; 0 and 8 do not begin one (Service Canada). */
function sin(text: string): Likeness {
  if (!/^[1-79]\d{8}$|^[1-79]\d{2}[- ]\d{3}[- ]\d{3}$/.test(text) || !passesLuhn(onlyDigits(text))) return 'no';
  return text.length > 9 ? 'likely' : 'weak';
}

/** Nine digits and two check digits (Receita Federal). */
function cpf(text: string): Likeness {
  if (!/^\d{11}$|^\d{3}\.\d{3}\.\d{3}-\d{2}$/.test(text) || /^(\d)\1+$/.test(onlyDigits(text))) return 'no';
  const digits = onlyDigits(text);
  const check = (weights: readonly number[]): number => ((weighted(digits, weights) * 10) % 11) % 10;
  const passes = check([10, 9, 8, 7, 6, 5, 4, 3, 2]) === part(digits, 9, 10) && check([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) === part(digits, 10, 11);
  return passes ? (text.length > 11 ? 'certain' : 'likely') : 'no';
}

const curpAlphabet = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';

/** Letters of the name, YYMMDD, sex, state, consonants, a check digit (RENAPO). */
function curp(text: string, born: string | null): Likeness {
  if (!/^[A-ZÑ][AEIOUX][A-ZÑ]{2}\d{6}[HMX][A-Z]{2}[B-DF-HJ-NÑP-TV-Z]{3}[0-9A-Z]\d$/.test(text)) return 'no';
  const sum = [...text.slice(0, 17)].reduce((total, character, index) => total + curpAlphabet.indexOf(character) * (18 - index), 0);
  if ((10 - (sum % 10)) % 10 !== part(text, 17, 18)) return 'no';
  const century = /\d/.test(text.slice(16, 17)) ? 1900 : 2000;
  const fits = dated([century + part(text, 4, 6)], part(text, 6, 8), part(text, 8, 10), null, 'certain');
  return fits === 'no' || born === null ? fits : 'certain';
}

/** Eight digits, a check digit, the issue, perhaps the place in the family (Services Australia): one in twenty passes by chance. */
function medicare(text: string): Likeness {
  if (!/^[2-6]\d{9}(?:[/ -]?\d)?$|^[2-6]\d{3} \d{5} \d(?:[/ -]?\d)?$/.test(text)) return 'no';
  const digits = onlyDigits(text);
  if (weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 !== part(digits, 8, 9) || part(digits, 9, 10) === 0) return 'no';
  return /^\d{4} /.test(text) ? 'likely' : 'weak';
}

/** 800360, nine digits, Luhn (AS 5017, Individual Healthcare Identifier). */
function ihi(text: string): Likeness {
  return /^8003 ?60\d{2} ?\d{4} ?\d{4}$/.test(text) && passesLuhn(onlyDigits(text)) ? 'certain' : 'no';
}

/** YYMMDD, sex, citizenship, a digit, Luhn (Department of Home Affairs). */
function southAfricanId(text: string, born: string | null): Likeness {
  if (!/^\d{6} ?\d{4} ?[0-2]\d{2}$/.test(text) || !passesLuhn(onlyDigits(text))) return 'no';
  const digits = onlyDigits(text);
  const year = part(digits, 0, 2);
  return dated([1900 + year, 2000 + year], part(digits, 2, 4), part(digits, 4, 6), born, 'likely');
}

export const otherShapes: readonly NationalShape[] = [
  { kind: 'turkish-identity-number', issuer: /\bT\.?C\.?\b|KIMLIK|MERNIS/, likeness: tcKimlik },
  { kind: 'indian-aadhaar', issuer: /AADHAA?R|UIDAI/, likeness: aadhaar },
  { kind: 'chinese-resident-id', issuer: /身份证/, likeness: chineseId },
  { kind: 'korean-rrn', issuer: /\bRRN\b|주민/, likeness: rrn },
  { kind: 'taiwanese-id', issuer: /身分證/, likeness: taiwaneseId },
  { kind: 'us-social-security-number', issuer: /\bSSN?\b|2\.16\.840\.1\.113883\.4\.1\b/, likeness: ssn },
  { kind: 'canadian-sin', issuer: /\b(?:SIN|NAS)\b/, likeness: sin },
  { kind: 'brazilian-cpf', issuer: /\bCPF\b/, likeness: cpf },
  { kind: 'mexican-curp', issuer: /\bCURP\b/, likeness: curp },
  { kind: 'australian-medicare-number', issuer: /MEDICARE/, likeness: medicare },
  { kind: 'australian-ihi', issuer: /\bIHI\b/, likeness: ihi },
  { kind: 'south-african-id', issuer: /\bRSA\b|HOME AFFAIRS/, likeness: southAfricanId },
];
