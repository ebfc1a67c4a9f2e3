/** Walks a share within a budget of listed entries and says what lies there. Opens no sockets; keeps no name. */
import { type ContentKind, contentKind, hasDicomPrefix } from '../model/content-kind.js';
import type { ContentSurvey } from '../model/content-survey.js';
import { atLeast, type Estimate, exactly } from '../model/exposure.js';
import type { Tree } from '../model/tree.js';

export interface SurveyBudget {
  /** Entries that may be listed. */
  readonly entries: number;
  /** Files of which the first 132 bytes may be read. */
  readonly firstBytes: number;
  /** The same seed and the same share give the same choices. */
  readonly seed: number;
}

/** A stand-in until the estimate lands: breadth first, exact where the budget suffices. */
export async function surveyTree<Handle>(tree: Tree<Handle>, budget: SurveyBudget): Promise<ContentSurvey> {
  const counts: Partial<Record<ContentKind, number>> = {};
  const folders: Handle[] = [tree.root];
  const dicomLike: Handle[] = [];
  let entries = 0;
  let listings = 0;
  let files = 0;
  let refused = false;
  for (let folder = folders.shift(); folder !== undefined && entries < budget.entries; folder = folders.shift()) {
    listings += 1;
    const listing = await tree.list(folder, budget.entries - entries);
    if (listing === null) refused = true;
    for (const entry of listing?.entries ?? []) {
      entries += 1;
      const kind = entry.kind === 'folder' ? 'folder' : contentKind(entry.name);
      counts[kind] = (counts[kind] ?? 0) + 1;
      if (entry.kind === 'folder') folders.push(entry.handle);
      else files += 1;
      if (kind === 'dicom' && entry.kind === 'file') dicomLike.push(entry.handle);
    }
  }
  let asked = 0;
  let dicom = 0;
  for (const file of tree.firstBytes ? dicomLike.slice(0, budget.firstBytes) : []) {
    const bytes = await tree.firstBytes?.(file);
    asked += 1;
    if (bytes && hasDicomPrefix(bytes)) dicom += 1;
  }
  const whole = folders.length === 0 && !refused;
  const of = (value: number): Estimate => (whole ? exactly(value) : atLeast(value));
  return {
    files: of(files),
    folders: of(counts.folder ?? 0),
    byKind: Object.fromEntries(Object.entries(counts).map(([kind, count]) => [kind, of(count)])),
    images: of(counts.dicom ?? 0),
    bytes: null,
    years: [],
    sampled: { asked, dicom },
    preambles: {},
    suspicious: [],
    suspiciousCount: 0,
    cost: { listings, entries, firstBytes: asked },
    ended: whole ? 'whole' : refused ? 'refused' : 'budget',
  };
}
