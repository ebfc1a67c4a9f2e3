/** Where a data connection is to go, out of the replies 229 (RFC 2428) and 227 (RFC 959 section 4.1.2). Decides nothing about going there. */

export interface PassiveAddress {
  /** Four numbers with dots. */
  readonly address: string;
  readonly port: number;
}

/** `(|||port|)`, with any printable character in place of `|`. */
export function readExtendedPort(text: string): number | undefined {
  const open = text.indexOf('(');
  const delimiter = text.charAt(open + 1);
  if (open < 0 || delimiter < '!' || delimiter > '~' || !text.startsWith(delimiter.repeat(3), open + 1)) return undefined;
  const end = text.indexOf(delimiter, open + 4);
  return end < 0 ? undefined : portOf(numberOf(text.slice(open + 4, end), 65_535));
}

/** Six numbers with commas; parentheses are usual and not certain. */
export function readPassive(text: string): PassiveAddress | undefined {
  const six = /(?<!\d)(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3})(?!\d)/.exec(text.slice(0, 200));
  const numbers = six?.slice(1).map((digits) => numberOf(digits, 255)) ?? [];
  const [a, b, c, d, high, low] = numbers;
  if (a === undefined || b === undefined || c === undefined || d === undefined || high === undefined || low === undefined) return undefined;
  const port = portOf(high * 256 + low);
  return port === undefined ? undefined : { address: `${a}.${b}.${c}.${d}`, port };
}

function numberOf(digits: string, most: number): number | undefined {
  if (!/^\d{1,5}$/.test(digits)) return undefined;
  const number = Number(digits);
  return number <= most ? number : undefined;
}

const portOf = (number: number | undefined): number | undefined => (number === undefined || number === 0 ? undefined : number);
