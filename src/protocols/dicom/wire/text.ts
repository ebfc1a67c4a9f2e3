/** ASCII in and out of byte fields. Opens no sockets. */

export function asciiBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index) & 0x7f;
  return bytes;
}

/** Printable ASCII only, padding (spaces and NUL) cut at both ends, at most `limit` characters: what a hostile peer sends is shown to people. */
export function asciiText(bytes: Uint8Array, limit: number): string {
  const codes: number[] = [];
  for (let index = 0; index < bytes.length && index < limit; index += 1) codes.push(shown(bytes[index] ?? 0));
  return String.fromCharCode(...codes).trim();
}

const [space, questionMark] = [0x20, 0x3f];

function shown(byte: number): number {
  if (byte >= space && byte < 0x7f) return byte;
  return byte === 0 ? space : questionMark;
}
