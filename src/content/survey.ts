/** Walks a share within a budget of listed entries and says what lies there. Opens no sockets; keeps no name. */
import { ConnectionFailure } from '../model/connection.js';
import { type ContentKind, contentKinds } from '../model/content-kind.js';
import type { ContentSurvey, SuspiciousFile } from '../model/content-survey.js';
import { addEstimates, atLeast, type Estimate, exactly } from '../model/exposure.js';
import type { FolderListing, Tree } from '../model/tree.js';
import { WireError } from '../model/wire.js';
import { seededChance } from './chance.js';
import {
  type AmountName,
  amountNames,
  type Candidate,
  type FolderPlace,
  type FolderReading,
  fingerprintOf,
  folderForm,
  folderNameOf,
  readFolder,
  type Suspect,
} from './folder-contents.js';
import { intervalOf, leastOf } from './interval.js';
import { type CloserLook, chooseLooks, correctedBy, Looking, type Looks, Reservoir } from './look-closer.js';
import { measureTree, type TreeSize } from './tree-size.js';
import type { FolderContents } from './tree-walk.js';

export interface SurveyBudget {
  /** Entries that may be listed. */
  readonly entries: number;
  /** Files of which the first 132 bytes may be read. */
  readonly firstBytes: number;
  /** The same seed and the same share give the same choices. */
  readonly seed: number;
}

const mostSuspicious = 50;

/** Told of each file that a rule speaks of, for whoever may say to a person where it is. */
export type Notice<Handle> = (file: Handle, rule: string) => void;

interface PlacedFolder<Handle> extends FolderPlace {
  readonly handle: Handle;
}

/** What is gathered beside the amounts while folders are listed. */
class Gathering<Handle> {
  readonly years = new Map<number, number>();
  readonly suspicious: SuspiciousFile[] = [];
  readonly candidates: Record<'named' | 'placed' | 'maybe' | 'suspect', Reservoir<Candidate<Handle>>>;
  suspiciousCount = 0;
  /** Folders that were given up before their end, and what came until then. */
  readonly #givenUp = new Map<FolderPlace, Pick<FolderReading<Handle>, 'years' | 'candidates' | 'suspicious'>>();
  readonly #notice: Notice<Handle>;

  constructor(room: number, seed: number, notice: Notice<Handle>) {
    const chance = seededChance(seed + 1);
    const reservoir = () => new Reservoir<Candidate<Handle>>(room, chance);
    this.candidates = { named: reservoir(), placed: reservoir(), maybe: reservoir(), suspect: reservoir() };
    this.#notice = notice;
  }

  /** A folder that was given up before is listed a second time: what came then is left out now, and what lies behind it is not. */
  read({ entries, isWhole }: FolderListing<Handle>, place: FolderPlace): FolderReading<Handle> {
    const reading = readFolder(entries, place);
    const before = this.#givenUp.get(place);
    if (!isWhole) this.#givenUp.set(place, reading);
    for (const [year, files] of reading.years) this.years.set(year, (this.years.get(year) ?? 0) + Math.max(0, files - (before?.years.get(year) ?? 0)));
    for (const candidate of reading.candidates.slice(before?.candidates.length ?? 0)) {
      this.candidates[candidate.sign].offer(candidate);
      if (candidate.isInBadCompany) this.candidates.suspect.offer(candidate);
    }
    // what comes later may make a file suspicious that was not
    const told = new Set(before?.suspicious.map(({ at }) => at));
    this.note(reading.suspicious.filter(({ at }) => !told.has(at)));
    return reading;
  }

  note(suspects: readonly Suspect<Handle>[]): void {
    this.suspiciousCount += suspects.length;
    for (const { handle, file } of suspects) {
      if (this.suspicious.length < mostSuspicious) this.suspicious.push(file);
      this.#notice(handle, file.rule);
    }
  }
}

/** Exact where the budget suffices, an estimate with its interval where not, a lower bound where neither can be said. */
export async function surveyTree<Handle>(
  tree: Tree<Handle>,
  { entries, firstBytes, seed }: SurveyBudget,
  notice: Notice<Handle> = () => undefined,
): Promise<ContentSurvey> {
  const gathering = new Gathering<Handle>(firstBytes, seed, notice);
  const root: PlacedFolder<Handle> = { handle: tree.root, depth: 0, name: '', isMedium: false };
  const size = await measureTree(root, (folder, atMost) => listFolder(tree, gathering, folder, atMost), { entries, seed });
  const looking = new Looking<Handle>();
  const isCutOff = size.ended === 'cut-off' || !(await lookCloser(tree, chooseLooks(gathering.candidates, firstBytes), looking));
  const look = looking.result;
  gathering.note(look.suspicious);
  for (const program of look.programs) notice(program, 'executable-preamble');
  const amount = amountsOf(size);
  return {
    files: amount('files'),
    folders: amount('folders'),
    byKind: kindsOf(amount),
    images: imagesOf(amount, look.bySign, tree.firstBytes !== undefined),
    bytes: bytesOf(size, amount),
    years: [...gathering.years].map(([year, files]) => ({ year, files })).sort((a, b) => a.year - b.year),
    sampled: look.all,
    preambles: look.preambles,
    suspicious: gathering.suspicious,
    suspiciousCount: gathering.suspiciousCount,
    cost: { listings: size.listings, entries: size.entries, firstBytes: look.cost },
    ended: isCutOff ? 'cut-off' : size.ended,
  };
}

async function listFolder<Handle>(
  tree: Tree<Handle>,
  gathering: Gathering<Handle>,
  folder: PlacedFolder<Handle>,
  atMost: number,
): Promise<FolderContents<PlacedFolder<Handle>> | null> {
  const listing = await tree.list(folder.handle, atMost);
  if (listing === null) return null;
  const { amounts, isMedium } = gathering.read(listing, folder);
  return {
    isWhole: listing.isWhole,
    amounts,
    folders: listing.entries
      .filter(({ kind }) => kind === 'folder')
      .map(({ name, size, handle }) => ({
        folder: { handle, depth: folder.depth + 1, name: folderNameOf(name), isMedium },
        form: folderForm(name),
        size,
      })),
    fingerprint: fingerprintOf(listing.entries),
  };
}

/** False: the conversation ended before the last one. */
async function lookCloser<Handle>(tree: Tree<Handle>, { sample, suspects }: Looks<Handle>, looking: Looking<Handle>): Promise<boolean> {
  if (!tree.firstBytes) return true;
  try {
    for (const candidate of [...sample, ...suspects]) {
      looking.count();
      const bytes = await tree.firstBytes(candidate.handle);
      if (bytes) looking.see(candidate, bytes.subarray(0, 132), !suspects.includes(candidate));
    }
    return true;
  } catch (error) {
    if (error instanceof ConnectionFailure || error instanceof WireError) return false;
    throw error;
  }
}

function amountsOf({ seen, sample, ended }: TreeSize): (name: AmountName) => Estimate {
  return (name) => {
    const at = amountNames.indexOf(name);
    const least = seen[at] ?? 0;
    if (ended === 'whole') return exactly(least);
    if (sample === null) return atLeast(least);
    const estimates = sample.estimates.map((amounts) => amounts[at] ?? 0);
    return sample.isPart ? leastOf(estimates, least) : intervalOf(estimates, least);
  };
}

function kindsOf(amount: (name: AmountName) => Estimate): Readonly<Partial<Record<ContentKind, Estimate>>> {
  return Object.fromEntries(contentKinds.map((kind) => [kind, amount(kind)] as const).filter(([, { value }]) => value > 0));
}

function imagesOf(amount: (name: AmountName) => Estimate, look: CloserLook<unknown>['bySign'], canLook: boolean): Estimate {
  const parts = [
    correctedBy(look.named, amount('named'), true),
    correctedBy(look.placed, amount('placed'), true),
    canLook ? correctedBy(look.maybe, amount('maybe'), false) : exactly(0),
  ];
  return addEstimates(parts) ?? exactly(0);
}

/** `null` where no size was said; where some were not, a lower bound. */
function bytesOf({ seen }: TreeSize, amount: (name: AmountName) => Estimate): Estimate | null {
  const of = (name: AmountName): number => seen[amountNames.indexOf(name)] ?? 0;
  if (of('sized') === 0 && of('files') > 0) return null;
  const bytes = amount('bytes');
  return of('sized') < of('files') ? atLeast(bytes.low) : bytes;
}
