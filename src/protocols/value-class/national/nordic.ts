/** Numbers of the Nordic countries. Each function says how surely a text is one; none returns any of it. */
import { onlyDigits, part, passesLuhn, weighted } from './check-digits.js';
import { dated, type Likeness, type NationalShape } from './likeness.js';

/** DDMMYY-SSSS. Since 2007 numbers without a valid check digit are given out too (CPR-kontoret, "Personnumre uden kontrolciffer"). */
function cpr(text: string, born: string | null): Likeness {
  if (!/^\d{6}[- ]?\d{4}$/.test(text)) return 'no';
  const digits = onlyDigits(text);
  const passes = weighted(digits, [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;
  if (!passes && text.length === 10) return 'no';
  return dated([cprYear(part(digits, 4, 6), part(digits, 6, 7))], part(digits, 2, 4), part(digits, 0, 2), born, passes ? 'likely' : 'weak');
}

function cprYear(year: number, seventh: number): number {
  if (seventh <= 3) return 1900 + year;
  if (seventh === 4 || seventh === 9) return (year <= 36 ? 2000 : 1900) + year;
  return (year <= 57 ? 2000 : 1800) + year;
}

/** YYMMDD-NNNC or YYYYMMDDNNNC, Luhn; coordination numbers add 60 to the day (Skatteverket, SKV 704). */
function personnummer(text: string, born: string | null): Likeness {
  const parts = /^(18|19|20)?(\d{2})(\d{2})(\d{2})[-+]?\d{4}$/.exec(text);
  if (!parts) return 'no';
  const ten = onlyDigits(text).slice(-10);
  if (!passesLuhn(ten)) return 'no';
  const [, century, year, month, day] = parts.map(Number);
  const years = parts[1] === undefined ? [1900, 2000] : [(century ?? 0) * 100];
  const isCoordination = (day ?? 0) > 60;
  return dated(
    years.map((start) => start + (year ?? 0)),
    month ?? 0,
    isCoordination ? (day ?? 0) - 60 : (day ?? 0),
    born,
    'likely',
  );
}

/** DDMMYY, three individual digits, two check digits; D-numbers add 40 to the day, synthetic ones 80 to the month (Skatteetaten). */
function fodselsnummer(text: string, born: string | null): Likeness {
  if (!/^\d{6}[ -]?\d{5}$/.test(text)) return 'no';
  const digits = onlyDigits(text);
  if (weighted(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 !== 0 || weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 !== 0) return 'no';
  const [day, month, year, individual] = [part(digits, 0, 2), part(digits, 2, 4), part(digits, 4, 6), part(digits, 6, 9)];
  return dated(fodselsnummerYears(year, individual), month > 40 ? month - 40 : month, day > 40 ? day - 40 : day, born, 'likely');
}

function fodselsnummerYears(year: number, individual: number): readonly number[] {
  if (individual < 500) return [1900 + year];
  const years = year < 40 ? [2000 + year] : [];
  if (individual < 750 && year >= 54) years.push(1800 + year);
  if (individual >= 900 && year >= 40) years.push(1900 + year);
  return years;
}

const hetuChecks = '0123456789ABCDEFHJKLMNPRSTUVWXY';

/** DDMMYY, a sign for the century, three digits, a check character of 31 (Digi- ja väestötietovirasto; new signs since 2023). */
function hetu(text: string, born: string | null): Likeness {
  const parts = /^(\d{2})(\d{2})(\d{2})([-+A-FU-Y])(\d{3})([0-9A-Y])$/.exec(text);
  if (!parts) return 'no';
  const [, day = '', month = '', year = '', sign = '', number = '', check] = parts;
  if (Number(number) < 2 || hetuChecks[Number(day + month + year + number) % 31] !== check) return 'no';
  const century = sign === '+' ? 1800 : /[A-F]/.test(sign) ? 2000 : 1900;
  const fits = dated([century + Number(year)], Number(month), Number(day), null, 'certain');
  return fits === 'no' || born === null ? fits : 'certain';
}

/** DDMMYY, two digits, a check digit, the century's last digit (Þjóðskrá); companies add 40 to the day and are no patients. */
function kennitala(text: string, born: string | null): Likeness {
  if (!/^\d{6}[- ]?\d{3}[089]$/.test(text)) return 'no';
  const digits = onlyDigits(text);
  if (weighted(digits, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 !== 0) return 'no';
  const century = digits.endsWith('0') ? 2000 : digits.endsWith('9') ? 1900 : 1800;
  return dated([century + part(digits, 4, 6)], part(digits, 2, 4), part(digits, 0, 2), born, 'likely');
}

export const nordicShapes: readonly NationalShape[] = [
  { kind: 'danish-cpr', issuer: /\bCPR\b|1\.2\.208\.176\.1\.2/, likeness: cpr },
  { kind: 'swedish-personnummer', issuer: /PERSONNUMMER|SKATTEVERKET|1\.2\.752\.129\.2\.1\.3/, likeness: personnummer },
  { kind: 'norwegian-fodselsnummer', issuer: /F.DSELSN|2\.16\.578\.1\.12\.4\.1\.4/, likeness: fodselsnummer },
  { kind: 'finnish-hetu', issuer: /HETU|1\.2\.246\.21/, likeness: hetu },
  { kind: 'icelandic-kennitala', issuer: /KENNITALA/, likeness: kennitala },
];
