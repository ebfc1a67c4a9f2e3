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

/** At most so many files wait, so that memory is bounded too. A folder that is listed again replaces what it gave before. */
class Line {
  tooLarge = 0;
  leftOut = 0;
  readonly #folders = new Map<LocalPlace, { readonly waiting: readonly Waiting[]; readonly tooLarge: number; readonly leftOut: number }>();
  readonly #limits: YaraLimits;
  #length = 0;

  constructor(limits: YaraLimits) {
    this.#limits = limits;
  }

  put(folder: LocalPlace, files: readonly Waiting[]): void {
    const before = this.#folders.get(folder);
    this.#length -= before?.waiting.length ?? 0;
    this.tooLarge -= before?.tooLarge ?? 0;
    this.leftOut -= before?.leftOut ?? 0;
    const fitting = files.filter(({ size }) => size <= this.#limits.fileBytes);
    const waiting = fitting.slice(0, Math.max(0, this.#limits.files - this.#length)).map(({ place, size }) => ({ place, size }));
    const [tooLarge, leftOut] = [files.length - fitting.length, fitting.length - waiting.length];
    this.#length += waiting.length;
    this.tooLarge += tooLarge;
    this.leftOut += leftOut;
    this.#folders.set(folder, { waiting, tooLarge, leftOut });
  }

  *files(): Iterable<Waiting> {
    for (const { waiting } of this.#folders.values()) yield* waiting;
  }
}

export interface YaraListener {
  onMatch(place: LocalPlace, rule: string): void;
  onScanned?(): void;
}

export class YaraQueue {
  readonly #images: Line;
  readonly #others: Line;
  readonly #limits: YaraLimits;

  constructor(limits: YaraLimits = yaraLimits) {
    this.#limits = limits;
    this.#images = new Line(limits);
    this.#others = new Line(limits);
  }

  add(folder: LocalPlace, files: readonly (Waiting & { readonly name: string })[]): void {
    const [images, others]: [Waiting[], Waiting[]] = [[], []];
    for (const file of files) if (file.size > 0) (contentKind(file.name) === 'dicom' ? images : others).push(file);
    this.#images.put(folder, images);
    this.#others.put(folder, others);
  }

  async scan(rules: YaraRules, signal: AbortSignal, listener: YaraListener): Promise<YaraScan> {
    const { fileBytes, files, bytes, ms } = this.#limits;
    const until = performance.now() + ms;
    const [images, others] = [this.#images, this.#others];
    const counts = { matched: 0, scanned: 0, tooLarge: images.tooLarge + others.tooLarge, leftOut: images.leftOut + others.leftOut };
    const matches = new Map<string, number>();
    const buffer = new Uint8Array(fileBytes);
    let read = 0;
    for (const { place, size } of this.#inOrder()) {
      const isOver = signal.aborted || counts.scanned >= files || read + size > bytes || performance.now() > until;
      const contents = isOver ? null : await contentsOf(place, buffer);
      if (contents === null) {
        counts.leftOut += 1;
        continue;
      }
      read += contents.length;
      counts.scanned += 1;
      const found = matching(rules, contents);
      if (found.length > 0) counts.matched += 1;
      for (const rule of found) {
        if (matches.has(rule) || matches.size < mostRules) matches.set(rule, (matches.get(rule) ?? 0) + 1);
        listener.onMatch(place, rule);
      }
      listener.onScanned?.();
    }
    return { rules: Object.fromEntries([...matches].sort(([a], [b]) => (a < b ? -1 : 1))), ...counts };
  }

  *#inOrder(): Iterable<Waiting> {
    yield* this.#others.files();
    yield* this.#images.files();
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
