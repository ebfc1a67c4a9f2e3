/** Check digit schemes that several countries share. Text of digits in, a number or a yes out. */

export const digitsOf = (text: string): readonly number[] => [...text].map(Number);
/** Digits from `start` to before `end`, as a number. */
export const part = (text: string, start: number, end: number): number => Number(text.slice(start, end));
export const onlyDigits = (text: string): string => text.replace(/[^0-9]/g, '');

/** Sum of digit times weight, over as many as there are weights. */
export function weighted(text: string, weights: readonly number[]): number {
  const digits = digitsOf(text);
  return weights.reduce((sum, weight, index) => sum + weight * (digits[index] ?? 0), 0);
}

/** ISO/IEC 7812-1 annex B; the last digit is the check digit. */
export function passesLuhn(text: string): boolean {
  const sum = [...digitsOf(text)].reverse().reduce((total, digit, index) => total + (index % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)), 0);
  return sum % 10 === 0;
}

/** ISO/IEC 7064, MOD 11,10; the last digit is the check digit. */
export function passesMod11And10(text: string): boolean {
  let product = 10;
  for (const digit of digitsOf(text.slice(0, -1))) {
    const sum = (product + digit) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (product + Number(text.slice(-1))) % 10 === 1;
}

/** ISO/IEC 7064, MOD 11-2: the remainder of a text of digits, to which a check character of value 1 - remainder belongs. */
export const mod11And2 = (text: string): number => digitsOf(text).reduce((rest, digit) => ((rest + digit) * 2) % 11, 0);

/** GS1 General Specifications, section 7.9: thirteen digits, the last is the check digit. */
export const passesEan13 = (text: string): boolean => weighted(text, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0;

const permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/** J. Verhoeff, Error Detecting Decimal Codes (1969): the dihedral group of ten elements; the last digit is the check digit. */
export function passesVerhoeff(text: string): boolean {
  let state = 0;
  for (const [place, digit] of [...digitsOf(text)].reverse().entries()) {
    let moved = digit;
    for (let times = place % 8; times > 0; times -= 1) moved = permutation[moved] ?? 0;
    state = dihedral(state, moved);
  }
  return state === 0;
}

/** 0 to 4 turn a pentagon, 5 to 9 turn it over. */
function dihedral(first: number, second: number): number {
  const turn = first < 5 ? first + second : first - second;
  return (((turn % 5) + 5) % 5) + (first < 5 === second < 5 ? 0 : 5);
}
