/** dcm4chee-arc: its list of application entities names the DICOMweb roots, and it counts by itself. */
import { type Estimate, exactly } from '../../model/exposure.js';
import { accessOf, countIn, isRecord, jsonOf } from './access.js';
import type { HttpConversation } from './conversation.js';
import type { Access } from './evidence.js';

export interface Dcm4cheeSeen {
  readonly access: Access;
  readonly status: number;
  /** Service roots of entities that answer queries. */
  readonly roots: readonly string[];
}

const base = '/dcm4chee-arc';
const mostRoots = 3;

/** `null`: this is no dcm4chee-arc. */
export async function askDcm4chee(conversation: HttpConversation): Promise<Dcm4cheeSeen | null> {
  const answer = await conversation.request({ method: 'GET', path: `${base}/aets`, headers: { accept: 'application/json' } });
  const list = jsonOf(answer);
  const titles = Array.isArray(list) ? list.flatMap((entry) => (isRecord(entry) ? titleIn(entry['dicomAETitle']) : [])) : [];
  const access = accessOf(answer, titles.length > 0);
  if (access === 'absent' || access === 'unclear') return null;
  return { access, status: answer.status, roots: titles.slice(0, mostRoots).map((title) => `${base}/aets/${title}/rs`) };
}

/** A title becomes part of a path: nothing but what titles are made of. */
const titleIn = (value: unknown): readonly string[] => (typeof value === 'string' && /^[A-Za-z0-9_-]{1,16}$/.test(value) ? [value] : []);

/** `GET …/studies/count` and its like; `null` where the archive does not count. */
export async function countedBy(conversation: HttpConversation, root: string, what: 'studies' | 'instances' | 'patients'): Promise<Estimate | null> {
  const answer = jsonOf(await conversation.request({ method: 'GET', path: `${root}/${what}/count`, headers: { accept: 'application/json' } }));
  const count = isRecord(answer) ? countIn(answer['count']) : null;
  return count === null ? null : exactly(count);
}
