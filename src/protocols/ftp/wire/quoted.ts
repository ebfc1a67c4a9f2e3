/** The path in a reply 257 (RFC 959 appendix II): between quotation marks, which are doubled inside it. Judges nothing about it. */

/** `undefined`: none. */
export function readQuoted(text: string): string | undefined {
  const open = text.indexOf('"');
  if (open < 0) return undefined;
  let path = '';
  for (let at = open + 1; at < text.length; at += 1) {
    if (text.charAt(at) !== '"') path += text.charAt(at);
    else if (text.charAt(at + 1) === '"') {
      path += '"';
      at += 1;
    } else return path === '' ? undefined : path;
  }
  return undefined;
}
