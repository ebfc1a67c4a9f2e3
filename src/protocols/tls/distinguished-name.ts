/** X.500 names → RFC 4514 strings. Looks up no name in any directory. */
import type { AttributeTypeAndValue, Name } from '@peculiar/asn1-x509';

/** RFC 4514 section 3, and the two that certificates of devices often carry besides. */
const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

/** The last relative name first, as RFC 4514 section 2.1 has it; at most `maximumLength` characters. */
export function distinguishedName(name: Name, maximumLength: number): string {
  const parts = [...name].reverse().map((part) => [...part].map(attribute).join('+'));
  return parts.join(',').slice(0, maximumLength);
}

function attribute({ type, value }: AttributeTypeAndValue): string {
  return `${shortNames[type] ?? type}=${escapeValue(value.toString())}`;
}

/** RFC 4514 section 2.4. */
function escapeValue(value: string): string {
  const escaped = withoutControls(value).replace(/["+,;<>\\]/g, '\\$&');
  return escaped.replace(/^[ #]/, '\\$&').replace(/(?<!\\) $/, '\\ ');
}

/** A certificate can carry terminal commands and characters that turn the writing direction: each becomes `?`. */
export function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '?');
}
