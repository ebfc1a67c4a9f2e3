/** Shows what a user wrote inside an error line. Keeps no more of it than 60 characters. */

const longest = 60;

/** Quoted, cut, and without characters that move a terminal's cursor or hide other text. */
export function quote(text: string): string {
  const visible = text.replace(/[\p{C}\u2028\u2029]/gu, '?');
  return `"${visible.length > longest ? `${visible.slice(0, longest)}...` : visible}"`;
}
