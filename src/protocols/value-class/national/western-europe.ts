/** Numbers of western and southern Europe. Each function says how surely a text is one; none returns any of it. */
import { digitsOf, onlyDigits, part, passesEan13, passesMod11And10, weighted } from './check-digits.js';
import { dated, type Likeness, type NationalShape } from './likeness.js';

const digitOrStandIn = '[0-9LMNPQRSTUV]';
const codiceFiscaleShape = new RegExp(`^[A-Z]{6}${digitOrStandIn}{2}[ABCDEHLMPRST]${digitOrStandIn}{2}[A-Z]${digitOrStandIn}{3}[A-Z]$`);
/** What a character weighs in the odd places, by its place in 0-9 or A-Z. */
const oddWeights = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** Surname, name, date of birth and place, with a check character of 26 (D.M. 23 dicembre 1976, n. 13813). */
function codiceFiscale(text: string): Likeness {
  if (!codiceFiscaleShape.test(text)) return 'no';
  const place = (character: string): number => (/\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65);
  const sum = [...text.slice(0, 15)].reduce((total, character, index) => total + (index % 2 === 0 ? (oddWeights[place(character)] ?? 0) : place(character)), 0);
  return sum % 26 === place(text.slice(15)) ? 'certain' : 'no';
}

/** Sex, year, month, département, commune, number, and a key of 97 (INSEE, numéro d'inscription au répertoire). 20 to 99 stand for an unknown month. */
function nir(text: string): Likeness {
  const compact = text.replace(/[ .]/g, '');
  if (!/^[1-478]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)(?:2[AB]|\d{2})\d{8}$/.test(compact)) return 'no';
  const number = Number(compact.slice(0, 13).replace('2A', '19').replace('2B', '18'));
  return 97 - (number % 97) === part(compact, 13, 15) ? 'likely' : 'no';
}

/** A letter, eight digits, a check digit (§ 290 SGB V, Anlage 1): one letter with nine digits in ten passes by chance. */
function kvnr(text: string): Likeness {
  if (!/^[A-Z]\d{9}$/.test(text)) return 'no';
  const digits = digitsOf(`${String(text.charCodeAt(0) - 64).padStart(2, '0')}${text.slice(1, 9)}`);
  const sum = digits.reduce((total, digit, index) => total + crossSum(digit * (index % 2 === 0 ? 1 : 2)), 0);
  return sum % 10 === part(text, 9, 10) ? 'weak' : 'no';
}

const crossSum = (value: number): number => (value > 9 ? value - 9 : value);

/** Eleven digits: of the first ten one comes twice or three times and no other does; ISO 7064 MOD 11,10 (§ 139b AO, IdNr). */
function steuerId(text: string): Likeness {
  if (!/^[1-9]\d ?\d{3} ?\d{3} ?\d{3}$/.test(text)) return 'no';
  const digits = onlyDigits(text);
  const counts = Array.from({ length: 10 }, (_, digit) => digits.slice(0, 10).split(String(digit)).length - 1);
  const repeated = counts.filter((count) => count > 1);
  return repeated.length === 1 && (repeated[0] ?? 0) <= 3 && passesMod11And10(digits) ? 'likely' : 'no';
}

const dniLetters = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** Eight digits and a letter of 23 (Real Decreto 1553/2005). */
function dni(text: string): Likeness {
  return /^\d{8}-?[A-Z]$/.test(text) && dniLetters[part(text, 0, 8) % 23] === text.slice(-1) ? 'likely' : 'no';
}

/** X, Y or Z stands for 0, 1 or 2 in front (Orden INT/2058/2008). */
function nie(text: string): Likeness {
  if (!/^[XYZ]-?\d{7}-?[A-Z]$/.test(text)) return 'no';
  return dniLetters[Number(`${'XYZ'.indexOf(text.slice(0, 1))}${onlyDigits(text)}`) % 23] === text.slice(-1) ? 'likely' : 'no';
}

/** Nine digits, modulus 11 (Decreto-Lei 14/2013): one running number in eleven passes. */
function nif(text: string): Likeness {
  if (!/^(?:PT ?)?[1-3]\d{8}$/.test(text)) return 'no';
  const digits = onlyDigits(text);
  const check = 11 - (weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  if ((check > 9 ? 0 : check) !== part(digits, 8, 9)) return 'no';
  return text.startsWith('PT') ? 'likely' : 'weak';
}

/** Nine digits, the "elfproef" with -1 for the last (Besluit burgerservicenummer). */
function bsn(text: string): Likeness {
  const isWrittenOut = /^\d{4}\.\d{2}\.\d{3}$/.test(text);
  const digits = onlyDigits(text);
  if ((!isWrittenOut && !/^\d{9}$/.test(text)) || Number(digits) === 0) return 'no';
  if (weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 !== 0) return 'no';
  return isWrittenOut ? 'likely' : 'weak';
}

/** YYMMDD, three digits, 97 minus the rest; a 2 in front for those born since 2000 (KB 3 april 1984). BIS numbers add 20 or 40 to the month. */
function rijksregister(text: string, born: string | null): Likeness {
  if (!/^\d{11}$|^\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}$/.test(text)) return 'no';
  const digits = onlyDigits(text);
  const passes = (prefix: string): boolean => 97 - (Number(prefix + digits.slice(0, 9)) % 97) === part(digits, 9, 11);
  const years = [...(passes('') ? [1900] : []), ...(passes('2') ? [2000] : [])].map((century) => century + part(digits, 0, 2));
  const month = part(digits, 2, 4);
  return dated(years, month > 52 ? 0 : month % 20, part(digits, 4, 6), born, text.length > 11 ? 'certain' : 'likely');
}

/** 756, nine digits, the check digit of an EAN-13 (AHVV, Art. 133). */
function ahv(text: string): Likeness {
  if (!/^756\d{10}$|^756\.\d{4}\.\d{4}\.\d{2}$/.test(text) || !passesEan13(onlyDigits(text))) return 'no';
  return 'certain';
}

const passesNhs = (digits: string): boolean => weighted(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;

/** Ten digits, modulus 11 (NHS Data Dictionary): one running number in eleven passes, unless it is written 3-3-4. */
function nhs(text: string): Likeness {
  if (!/^\d{10}$|^\d{3}[- ]\d{3}[- ]\d{4}$/.test(text)) return 'no';
  const digits = onlyDigits(text);
  if (Number(digits) === 0 || !passesNhs(digits)) return 'no';
  return text.length > 10 ? 'likely' : 'weak';
}

/** DDMMYY, four digits, the same check as an NHS number (Public Health Scotland, CHI number). */
function chi(text: string, born: string | null): Likeness {
  if (!/^\d{6} ?\d{4}$/.test(text)) return 'no';
  const digits = onlyDigits(text);
  if (!passesNhs(digits)) return 'no';
  const year = part(digits, 4, 6);
  return dated([1900 + year, 2000 + year], part(digits, 2, 4), part(digits, 0, 2), born, 'likely');
}

/** Seven digits, a check letter of 23, perhaps a second letter that weighs 9 (Department of Social Protection). */
function pps(text: string): Likeness {
  if (!/^\d{7}[A-W][ABHWTX]?$/.test(text)) return 'no';
  const second = text.slice(8);
  const extra = second === '' || second === 'W' || second === 'T' || second === 'X' ? 0 : second.charCodeAt(0) - 64;
  const rest = (weighted(text, [8, 7, 6, 5, 4, 3, 2]) + 9 * extra) % 23;
  return 'WABCDEFGHIJKLMNOPQRSTUV'[rest] === text.slice(7, 8) ? 'likely' : 'no';
}

/** Three digits, a check digit, DDMMYY (§ 31 ASVG). Months 13 to 15 stand for days whose numbers ran out, and are left out here. */
function svnr(text: string, born: string | null): Likeness {
  if (!/^[1-9]\d{3} ?\d{6}$/.test(text)) return 'no';
  const digits = onlyDigits(text);
  if (weighted(digits, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 !== part(digits, 3, 4)) return 'no';
  const year = part(digits, 8, 10);
  return dated([1900 + year, 2000 + year], part(digits, 6, 8), part(digits, 4, 6), born, 'likely');
}

export const westernShapes: readonly NationalShape[] = [
  { kind: 'codice-fiscale', issuer: /CODICE FISCALE|2\.16\.840\.1\.113883\.2\.9\.4\.3\.2/, likeness: codiceFiscale },
  { kind: 'french-nir', issuer: /\b(?:NIR|INS)\b|1\.2\.250\.1\.213\.1\.4/, likeness: nir },
  { kind: 'german-kvnr', issuer: /KVNR|\bGKV\b|\bEGK\b|1\.2\.276\.0\.76\.4\.8/, likeness: kvnr },
  { kind: 'german-tax-id', issuer: /STEUER|IDNR/, likeness: steuerId },
  { kind: 'spanish-dni', issuer: /\b(?:DNI|NIF)\b/, likeness: dni },
  { kind: 'spanish-nie', issuer: /\bNIE\b/, likeness: nie },
  { kind: 'portuguese-nif', issuer: /\bNIF\b/, likeness: nif },
  { kind: 'dutch-bsn', issuer: /\bBSN\b|NLMINBIZA|2\.16\.840\.1\.113883\.2\.4\.6\.3/, likeness: bsn },
  { kind: 'belgian-national-number', issuer: /RIJKSREG|REGISTRE NATIONAL|\b(?:INSZ|NISS)\b/, likeness: rijksregister },
  { kind: 'swiss-ahv-number', issuer: /\b(?:AHV|AVS)\b|2\.16\.756\.5\.32/, likeness: ahv },
  { kind: 'nhs-number', issuer: /\bNHS\b|2\.16\.840\.1\.113883\.2\.1\.4\.1/, likeness: nhs },
  { kind: 'scottish-chi-number', issuer: /\bCHI\b|2\.16\.840\.1\.113883\.2\.1\.3\.2\.4\.16\.53/, likeness: chi },
  { kind: 'irish-pps-number', issuer: /\bPPS/, likeness: pps },
  { kind: 'austrian-svnr', issuer: /\bSVNR\b|1\.2\.40\.0\.10\.1\.4\.3\.1/, likeness: svnr },
];
