/**
 * Files of which the contents are shown to YARA, within limits: so large each, so many, so many bytes, so long. What is not called like an image comes
 * first: that is where malicious files are. The only place where more of a file is read than its first 132 bytes, and only where the user asked for it.
 */
import { contentKind } from '../model/content-kind.js';
import type { YaraScan } from '../model/local-folder.js';
import type { LocalPlace } from './local-path.js';
import { isNotOpened, openFile } from './open-file.js';
import type { YaraRules } from './yara-rules.js';

export interface YaraLimits {
  readonly fileBytes: number;
  readonly files: number;
  readonly bytes: number;
  readonly ms: number;
}

/** A scan cannot be interrupted within a file: that its size is bounded bounds its time. */
export const yaraLimits: YaraLimits = { fileBytes: 16 * 1024 * 1024, files: 200_000, bytes: 16 * 1024 * 1024 * 1024, ms: 30 * 60_000 };
const mostRules = 100;

interface Waiting {
  readonly place: LocalPlace;
  readonly size: number;
}

export class YaraQueue {
  readonly #images = new Map<LocalPlace, readonly Waiting[]>();
  readonly #others = new Map<LocalPlace, readonly Waiting[]>();
  readonly #limits: YaraLimits;

  constructor(limits: YaraLimits = yaraLimits) {
    this.#limits = limits;
  }

  /** A folder that is listed again replaces what it gave before. */
  add(folder: LocalPlace, files: readonly (Waiting & { readonly name: string })[]): void {
    const isImage = ({ name }: { readonly name: string }): boolean => contentKind(name) === 'dicom';
    const waiting = (some: typeof files): readonly Waiting[] => some.filter(({ size }) => size > 0).map(({ place, size }) => ({ place, size }));
    this.#images.set(folder, waiting(files.filter(isImage)));
    this.#others.set(folder, waiting(files.filter((file) => !isImage(file))));
  }

  async scan(rules: YaraRules, signal: AbortSignal, onMatch: (place: LocalPlace, rule: string) => void): Promise<YaraScan> {
    const { fileBytes, files, bytes, ms } = this.#limits;
    const until = performance.now() + ms;
    const counts = { matched: 0, scanned: 0, tooLarge: 0, leftOut: 0 };
    const matches = new Map<string, number>();
    const buffer = new Uint8Array(fileBytes);
    let read = 0;
    for (const { place, size } of this.#inOrder()) {
      if (size > fileBytes) counts.tooLarge += 1;
      else if (signal.aborted || counts.scanned >= files || read + size > bytes || performance.now() > until) counts.leftOut += 1;
      else {
        const contents = await contentsOf(place, buffer);
        if (contents === null) counts.leftOut += 1;
        else {
          read += contents.length;
          counts.scanned += 1;
          const found = matching(rules, contents);
          if (found.length > 0) counts.matched += 1;
          for (const rule of found) {
            if (matches.has(rule) || matches.size < mostRules) matches.set(rule, (matches.get(rule) ?? 0) + 1);
            onMatch(place, rule);
          }
        }
      }
    }
    return { rules: Object.fromEntries([...matches].sort(([a], [b]) => (a < b ? -1 : 1))), ...counts };
  }

  *#inOrder(): Iterable<Waiting> {
    for (const queue of [this.#others, this.#images]) for (const files of queue.values()) yield* files;
  }
}

/** Once each, in case a rule stands in two namespaces. */
const matching = (rules: YaraRules, contents: Uint8Array): readonly string[] => [...new Set(rules.matching(contents))];

/** `null`: it could not be read, or has grown beyond the limit. */
async function contentsOf(place: LocalPlace, buffer: Uint8Array): Promise<Uint8Array | null> {
  const handle = await openFile(place);
  if (isNotOpened(handle)) return null;
  try {
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
      if (bytesRead === 0) return buffer.subarray(0, length);
      length += bytesRead;
    }
    return (await handle.stat()).size > buffer.length ? null : buffer;
  } catch {
    return null;
  } finally {
    await handle.close();
  }
}
