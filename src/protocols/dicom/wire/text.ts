/** ASCII in and out of byte fields. Opens no sockets. */

export function asciiBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index) & 0x7f;
  return bytes;
}

/** Printable ASCII only, padding (spaces and NUL) cut at both ends, at most `limit` characters: what a hostile peer sends is shown to people. */
export function asciiText(bytes: Uint8Array, limit: number): string {
  let text = '';
  for (const byte of bytes.subarray(0, limit)) text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : byte === 0 ? ' ' : '?';
  return text.trim();
}
