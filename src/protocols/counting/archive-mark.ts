/**
 * A mark of an archive's studies by which its other doors are known. The key stays with the scan, so a mark says nothing to whoever does not hold both;
 * study instance UIDs go no further than this.
 */
import { createHmac } from 'node:crypto';
import type { ArchiveMark } from '../../model/archive-door.js';
import type { Selected } from './selected-studies.js';

/** Studies that one mark rests on: a study that came in between two looks seldom is one of them. */
const mostStudies = 16;

/** `key`: a secret of this scan. `null` where nothing was selected, or there is no key. */
export function archiveMark(key: string | undefined, selected: Selected | null): ArchiveMark | null {
  if (key === undefined || selected === null || selected.uids.length === 0) return null;
  const hash = (text: string): string => createHmac('sha256', key).update(text).digest('hex').slice(0, 32);
  const studies = [...new Set(selected.uids)].map((uid) => hash(`${selected.selection}\n${uid}`));
  return { selection: selected.selection, studies: studies.length, hash: hash(studies.sort().slice(0, mostStudies).join('\n')) };
}
