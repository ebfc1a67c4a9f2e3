/** One folder of this computer, looked at as a share is: what lies there, who else may read or change it. Reads; nothing is written or changed. */
import fs from 'node:fs/promises';
import { shareLabel } from '../content/share-label.js';
import { surveyTree } from '../content/survey.js';
import type { LocalFolder } from '../model/local-folder.js';
import { fileSystemOf } from './file-system.js';
import { type LocalPlace, pathOf, readableName } from './local-path.js';
import { LocalTree } from './local-tree.js';
import { isNotOpened, openFolder } from './open-file.js';
import { countFolder, letsThrough } from './permissions.js';
import type { YaraRules } from './yara-rules.js';
import { YaraQueue } from './yara-scan.js';

export interface FolderAudit {
  /** Entries that may be listed. */
  readonly entries: number;
  readonly seed: number;
  /** Files of which the first 132 bytes may be read. */
  readonly firstBytes: number;
  readonly crossMounts: boolean;
  readonly yara: YaraRules | null;
  readonly signal: AbortSignal;
  onListed?(entries: number): void;
  /** After each file that was shown to YARA. */
  onScanned?(): void;
  /** The path of a file that a rule speaks of. It is for the person at the terminal: it is stored nowhere. */
  onSuspicious?(path: Buffer, rule: string): void;
}

export interface FolderRoot {
  readonly place: LocalPlace;
  readonly mode: number;
  /** Every folder above lets other accounts through. */
  readonly isReachedFromAbove: boolean;
  readonly label: string;
}

/** Why a path is no folder to look at, in words for the user. */
export class FolderError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FolderError';
  }
}

/** A symbolic link that the user names is followed, and none below it. Throws `FolderError`. */
export async function folderRoot(path: string): Promise<FolderRoot> {
  try {
    const real = await fs.realpath(path, { encoding: 'buffer' });
    const before = await fs.stat(real);
    if (!before.isDirectory()) throw new FolderError(`${path} is not a folder: name the folder that it lies in`);
    // what is mounted only when somebody goes into it (automount) is another folder from then on
    const stats = await fs.stat(Buffer.concat([real, Buffer.from('/.')])).catch(() => before);
    const isReachedFromAbove = process.platform === 'win32' || (await letThroughAbove(real));
    const name = real.toString('latin1');
    const place = { parent: null, name, identity: { dev: stats.dev, ino: stats.ino }, isReached: isReachedFromAbove && letsThrough(stats.mode) };
    const handle = await openFolder(place);
    if (isNotOpened(handle)) throw new FolderError(`cannot read the folder ${path}: run dosimeter as an account that may`);
    await handle.close();
    return { place, mode: stats.mode, isReachedFromAbove, label: labelOf(real) };
  } catch (error) {
    if (error instanceof FolderError) throw error;
    throw new FolderError(`cannot look at ${path} (${String((error as { code?: unknown }).code ?? 'error')}): check the name`);
  }
}

const slash = 0x2f;
const backslash = 0x5c;

function labelOf(real: Buffer): string {
  const start = Math.max(real.lastIndexOf(slash), process.platform === 'win32' ? real.lastIndexOf(backslash) : -1) + 1;
  return shareLabel(readableName(real.subarray(start))) || '/';
}

async function letThroughAbove(real: Buffer): Promise<boolean> {
  for (let end = real.lastIndexOf(slash); end >= 0; end = end === 0 ? -1 : real.lastIndexOf(slash, end - 1)) {
    const { mode } = await fs.stat(end === 0 ? '/' : real.subarray(0, end));
    if (!letsThrough(mode)) return false;
  }
  return true;
}

export async function auditFolder(root: FolderRoot, audit: FolderAudit): Promise<LocalFolder> {
  const queue = audit.yara ? new YaraQueue() : null;
  const { crossMounts, signal, onListed, onScanned, onSuspicious } = audit;
  const options = { crossMounts, signal, ...(onListed && { onListed }) };
  const tree = new LocalTree(root.place, options, queue ? (folder, files) => queue.add(folder, files) : undefined);
  countFolder(tree.others, root.mode, root.isReachedFromAbove);
  const notice = (place: LocalPlace, rule: string): void => onSuspicious?.(pathOf(place), rule);
  const content = await surveyTree(tree, audit, notice);
  return {
    label: root.label,
    fileSystem: await fileSystemOf(pathOf(root.place)),
    othersMay: process.platform === 'win32' ? null : { ...tree.others },
    notSeen: tree.notSeen,
    special: tree.special,
    content,
    yara: audit.yara && queue ? await queue.scan(audit.yara, signal, { onMatch: notice, ...(onScanned && { onScanned }) }) : null,
  };
}
