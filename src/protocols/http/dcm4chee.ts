/** dcm4chee-arc: its list of application entities names the DICOMweb roots, and it counts by itself. */
import { type Estimate, exactly, type TimelineYear } from '../../model/exposure.js';
import { accessOf, countIn, isRecord, jsonOf } from './access.js';
import type { HttpConversation } from './conversation.js';
import { type Access, ownCounters, type WebDoor } from './evidence.js';

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

export type Counted = Pick<WebDoor, 'studies' | 'images' | 'patients' | 'timeline' | 'counting'>;

/** `GET …/studies/count` and its like, then the studies of each year; figures are `null` where the archive does not count. */
export async function askCounters(conversation: HttpConversation, root: string): Promise<Counted> {
  const counters = new Counters(conversation, root);
  const studies = await counters.count('studies');
  const images = await counters.count('instances');
  const patients = await counters.count('patients');
  const timeline = studies === null || studies === 0 ? [] : await counters.years(studies);
  const figure = (count: number | null): Estimate | null => (count === null ? null : exactly(count));
  return {
    studies: figure(studies),
    images: figure(images),
    patients: figure(patients),
    timeline,
    counting: studies === null && images === null ? null : ownCounters(counters.answers, counters.bytes),
  };
}

/** No year before this one is asked for by itself. */
const firstYear = 1980;
/** Requests that are left for what comes after. */
const keptRequests = 12;

class Counters {
  readonly #conversation: HttpConversation;
  readonly #root: string;
  answers = 0;
  bytes = 0;

  constructor(conversation: HttpConversation, root: string) {
    this.#conversation = conversation;
    this.#root = root;
  }

  async count(what: 'studies' | 'instances' | 'patients', query = ''): Promise<number | null> {
    const headers = { accept: 'application/json' };
    const answer = await this.#conversation.request({ method: 'GET', path: `${this.#root}/${what}/count${query}`, headers });
    this.answers += 1;
    this.bytes += answer.body.length;
    const value = jsonOf(answer);
    return isRecord(value) ? countIn(value['count']) : null;
  }

  /**
   * Studies of each year, back from the next one until all are found; what is left when nothing older is there has no date. Empty where the
   * archive does not count by date: then what is dated ahead would be everything.
   */
  async years(total: number): Promise<readonly TimelineYear[]> {
    const next = new Date().getUTCFullYear() + 1;
    const ahead = await this.#dated(`${next}0101-`);
    if (ahead === null || ahead === total) return [];
    const years: TimelineYear[] = [];
    const undated = (studies: number): readonly TimelineYear[] => [...years.reverse(), ...(studies > 0 ? [{ year: null, studies, images: null }] : [])];
    let left = total - ahead;
    for (let year = next - 1; year >= firstYear && left > 0 && this.#conversation.budget > keptRequests; year -= 1) {
      const studies = await this.#dated(`${year}0101-${year}1231`);
      if (studies === null || studies > left) return [];
      if (studies > 0) years.push({ year, studies, images: null });
      else if ((await this.#dated(`-${year - 1}1231`)) === 0) return undated(left);
      left -= studies;
    }
    return undated(0);
  }

  #dated(range: string): Promise<number | null> {
    return this.count('studies', `?StudyDate=${range}`);
  }
}
