/** Numbers of central, eastern and south-eastern Europe. Each function says how surely a text is one; none returns any of it. */
import { onlyDigits, part, passesLuhn, weighted } from './check-digits.js';
import { dated, type Likeness, type NationalShape } from './likeness.js';

/** YYMMDD, four digits, a check digit; months tell the century (Ustawa o ewidencji ludności, art. 15). Later centuries than the 21st are nobody's yet. */
function pesel(text: string, born: string | null): Likeness {
  if (!/^\d{11}$/.test(text) || weighted(text, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 !== 0) return 'no';
  const month = part(text, 2, 4);
  const century = month > 80 ? 1800 : month > 20 ? 2000 : 1900;
  return dated([century + part(text, 0, 2)], month > 80 ? month - 80 : month > 20 ? month - 20 : month, part(text, 4, 6), born, 'likely');
}

/** YYMMDD/NNNC, divisible by 11; women add 50 to the month, and 20 where a day's numbers ran out (zákon 133/2000 Sb.). Nine digits before 1954. */
function rodneCislo(text: string, born: string | null): Likeness {
  if (!/^\d{6}[/ ]?\d{3,4}$/.test(text)) return 'no';
  const digits = onlyDigits(text);
  const isOld = digits.length === 9;
  if (!isOld && !(part(digits, 0, 10) % 11 === 0 || (digits.endsWith('0') && part(digits, 0, 9) % 11 === 10))) return 'no';
  if (isOld && digits.endsWith('000')) return 'no';
  const [year, afterWomen] = [part(digits, 0, 2), part(digits, 2, 4) % 50];
  if (isOld && year >= 54) return 'no';
  const fullYear = year < 54 && !isOld ? 2000 + year : 1900 + year;
  const month = afterWomen > 20 && fullYear >= 2004 ? afterWomen - 20 : afterWomen;
  return dated([fullYear], month, part(digits, 4, 6), born, !isOld && text.length === 11 ? 'likely' : 'weak');
}

/** YYMMDD, three digits, a check digit; months tell the century (ЕГН, Наредба РД-02-20-9). */
function egn(text: string, born: string | null): Likeness {
  if (!/^\d{10}$/.test(text) || (weighted(text, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 !== part(text, 9, 10)) return 'no';
  const month = part(text, 2, 4);
  const century = month > 40 ? 2000 : month > 20 ? 1800 : 1900;
  return dated([century + part(text, 0, 2)], month > 40 ? month - 40 : month > 20 ? month - 20 : month, part(text, 4, 6), born, 'likely');
}

/** Sex and century, YYMMDD, county, three digits, a check digit (Legea 105/1996). */
function cnp(text: string, born: string | null): Likeness {
  if (!/^[1-9]\d{6}(?:0[1-9]|[1-4]\d|5[12]|70|8[0-3])\d{4}$/.test(text)) return 'no';
  const rest = weighted(text, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
  if ((rest === 10 ? 1 : rest) !== part(text, 12, 13)) return 'no';
  const first = part(text, 0, 1);
  const centuries = first <= 2 ? [1900] : first <= 4 ? [1800] : first <= 6 ? [2000] : [1900, 2000];
  return dated(
    centuries.map((century) => century + part(text, 1, 3)),
    part(text, 3, 5),
    part(text, 5, 7),
    born,
    'likely',
  );
}

/** Sex and century, YYMMDD, three digits, a check digit in two rounds (EVS 585:2007; asmens kodas is built alike). */
function isikukood(text: string, born: string | null): Likeness {
  if (!/^[1-6]\d{10}$/.test(text)) return 'no';
  const first = weighted(text, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
  const second = weighted(text, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11;
  if ((first < 10 ? first : second % 10) !== part(text, 10, 11)) return 'no';
  const century = 1800 + 100 * Math.floor((part(text, 0, 1) - 1) / 2);
  return dated([century + part(text, 1, 3)], part(text, 3, 5), part(text, 5, 7), born, 'likely');
}

/** DDMMYY-CNNNK as given out until 2017 (Fizisko personu reģistra likums); later ones hold no date and no check digit. */
function personasKods(text: string, born: string | null): Likeness {
  if (!/^\d{6}-?[0-2]\d{4}$/.test(text)) return 'no';
  const digits = onlyDigits(text);
  if (((1 + weighted(digits, [10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11) % 10 !== part(digits, 10, 11)) return 'no';
  const century = 1800 + 100 * part(digits, 6, 7);
  return dated([century + part(digits, 4, 6)], part(digits, 2, 4), part(digits, 0, 2), born, 'likely');
}

/** DDMMYYY, region, three digits, a check digit (Zakon o jedinstvenom matičnom broju građana). */
function jmbg(text: string, born: string | null): Likeness {
  if (!/^\d{13}$/.test(text)) return 'no';
  const check = ((11 - (weighted(text, [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11) % 10;
  if (check !== part(text, 12, 13)) return 'no';
  const year = part(text, 4, 7);
  return dated([year >= 800 ? 1000 + year : 2000 + year], part(text, 2, 4), part(text, 0, 2), born, 'likely');
}

/** DDMMYY, four digits, Luhn (ΗΔΙΚΑ). */
function amka(text: string, born: string | null): Likeness {
  if (!/^\d{11}$/.test(text) || !passesLuhn(text)) return 'no';
  const year = part(text, 4, 6);
  return dated([1900 + year, 2000 + year], part(text, 2, 4), part(text, 0, 2), born, 'likely');
}

export const easternShapes: readonly NationalShape[] = [
  { kind: 'polish-pesel', issuer: /PESEL/, likeness: pesel },
  { kind: 'czech-or-slovak-rodne-cislo', issuer: /RODN|\bRC\b/, likeness: rodneCislo },
  { kind: 'bulgarian-egn', issuer: /\bEGN\b|ЕГН/, likeness: egn },
  { kind: 'romanian-cnp', issuer: /\bCNP\b/, likeness: cnp },
  { kind: 'estonian-or-lithuanian-isikukood', issuer: /ISIKUKOOD|ASMENS/, likeness: isikukood },
  { kind: 'latvian-personas-kods', issuer: /PERSONAS/, likeness: personasKods },
  { kind: 'former-yugoslav-jmbg', issuer: /JMBG|ЈМБГ|EM[SŠ]O/, likeness: jmbg },
  { kind: 'greek-amka', issuer: /AMKA|ΑΜΚΑ/, likeness: amka },
];
