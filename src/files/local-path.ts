/** Places below a root as the file system names them: bytes, which need not be UTF-8. Opens nothing. */
import { sep } from 'node:path';

/** Linked upwards, so that a million of them cost little. */
export interface LocalPlace {
  readonly parent: LocalPlace | null;
  /** Each byte one character (latin1), whatever the name's encoding; of the root the whole path. */
  readonly name: string;
  /** As the listing saw it: whoever opens it compares. `null`: it could not be seen. */
  readonly identity: Identity | null;
  /** Another account gets this far: every folder above lets it through. */
  readonly isReached: boolean;
}

export interface Identity {
  readonly dev: number;
  readonly ino: number;
}

export const isSame = (a: Identity, b: Identity): boolean => a.dev === b.dev && a.ino === b.ino;

export function pathOf(place: LocalPlace): Buffer {
  const parts: string[] = [];
  for (let at: LocalPlace | null = place; at !== null; at = at.parent) parts.unshift(at.name);
  return Buffer.from(parts.join('/').replace(/^\/\//, '/'), 'latin1');
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 where it is, else each byte one character. */
export function readableName(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}

/** The first two of some roots of which one lies in the other, or is the same; `undefined`: none. `between`: what the system writes between folders. */
export function overlap(roots: readonly LocalPlace[], between: string = sep): { readonly inner: number; readonly outer: number } | undefined {
  const paths = roots.map(({ name }) => (name.endsWith(between) ? name : `${name}${between}`));
  const isWithin = (inner: number, outer: number): boolean => {
    const [a, b] = [roots[inner]?.identity, roots[outer]?.identity];
    return inner !== outer && ((paths[inner] ?? '').startsWith(paths[outer] ?? between) || (!!a && !!b && isSame(a, b)));
  };
  for (const inner of roots.keys()) for (const outer of roots.keys()) if (isWithin(inner, outer)) return { inner, outer };
  return undefined;
}
