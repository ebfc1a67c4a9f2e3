/**
 * Studies of a period by QIDO-RS (PS3.18 section 10.6), page after page: what the planner of a count asks. Of each record that comes, only
 * the study's identifier, date, time and number of images are read. Decides nothing about what to ask next.
 */
import type { Answer, Ask, StudyRow } from '../counting/inquiry.js';
import { dayOfDate, type Period, periodKeys, secondOfTime } from '../counting/period.js';
import { countIn } from './access.js';
import { type HttpAnswer, type HttpConversation, isEndOfConversation } from './conversation.js';
import { firstValue, type Row, rowsOf } from './dicom-json.js';

const pageBytes = 1_048_576;
const usualPage = 100;

/** What it needs of a conversation. */
export type Asked = Pick<HttpConversation, 'request' | 'budget'>;

/** One list of studies, as far as it has been read. */
interface Reading {
  readonly rows: StudyRow[];
  readonly seen: Set<string>;
  ended: Answer['ended'] | undefined;
}

const newReading = (): Reading => ({ rows: [], seen: new Set(), ended: undefined });

export class StudyPages {
  readonly #conversation: Asked;
  readonly #path: string;
  readonly #until: number;
  readonly #all: Reading = newReading();
  #pageSize = usualPage;
  /** Rows of the longest page that came: the server can give as many. */
  #longest = 0;
  /** Not every server knows the parameter. */
  #includes = '&includefield=00201208';
  #requests = 0;
  #records = 0;
  #bytes = 0;
  /** Of all studies, as the server itself said; `null` where it did not. */
  total: number | null = null;

  /** `root`: the service root, for example `/dicom-web`. `withinMs`: milliseconds, after which no further page is asked for. */
  constructor(conversation: Asked, root: string, withinMs: number) {
    this.#conversation = conversation;
    this.#until = performance.now() + withinMs;
    this.#path = `${root}/studies`;
  }

  get isTimeUp(): boolean {
    return performance.now() > this.#until;
  }

  get cost(): { readonly requests: number; readonly responses: number; readonly bytes: number } {
    return { requests: this.#requests, responses: this.#records, bytes: this.#bytes };
  }

  /** The list of everything is read on where it was left: all of it comes again, and costs once. `limit`: records that are new. */
  readonly ask: Ask = async (period, limit) => {
    const reading: Reading = period === null ? this.#all : newReading();
    const before = { requests: this.#requests, records: this.#records };
    const keys = period === null ? '' : `${matching(period)}&`;
    const most = reading.rows.length + limit;
    while (reading.ended === undefined && reading.rows.length < most && !this.isTimeUp) await this.#readOn(reading, keys, most);
    const responses = this.#records - before.records + this.#requests - before.requests;
    return { rows: [...reading.rows], ended: reading.ended ?? 'limit', responses };
  };

  /** Whether a study stands at this place of the list; `null` where the server does not tell, or gives the first one wherever it is asked. */
  async hasStudyAt(offset: number): Promise<boolean | null> {
    const rows = await this.#rows(`limit=1&offset=${offset}`);
    if (rows === undefined || rows.length > 1) return null;
    const [row] = rows.map(studyRow);
    return row !== undefined && row.uid !== null && this.#all.seen.has(row.uid) ? null : row !== undefined;
  }

  async #readOn(reading: Reading, keys: string, most: number): Promise<void> {
    const offset = reading.rows.length;
    const wanted = Math.min(this.#pageSize, most - offset);
    const answer = await this.#request(`${keys}limit=${wanted}&offset=${offset}${this.#includes}`);
    const rows = answer && rowsOf(answer);
    if (answer === undefined) reading.ended = 'lost';
    else if (rows === undefined) reading.ended = this.#asksForLess(answer, wanted) ? undefined : offset > 0 ? 'cut' : 'refused';
    else {
      if (keys === '') this.#hear(totalIn(answer, offset + rows.length));
      this.#take(rows, reading, wanted);
    }
  }

  #take(rows: readonly Row[], reading: Reading, wanted: number): void {
    this.#records += rows.length;
    this.#longest = Math.max(this.#longest, rows.length);
    const before = reading.rows.length;
    for (const row of rows.map(studyRow)) {
      const name = row.uid ?? `${reading.rows.length}`;
      if (reading.seen.has(name)) continue;
      reading.seen.add(name);
      reading.rows.push(row);
    }
    if (rows.length === 0) reading.ended = 'whole';
    // The same page again and again: offset means nothing to it, and more than this page is not to be had with these keys.
    else if (reading.rows.length === before) reading.ended = rows.length < wanted ? 'whole' : 'cut';
    // Servers have limits of their own: a short page is the last one only where a longer one was seen.
    else if (rows.length < wanted && rows.length < this.#longest) reading.ended = 'whole';
  }

  /** A page that was too long to be taken is asked for again in part; one that was refused, without the parameter that not every server knows. */
  #asksForLess(answer: HttpAnswer, wanted: number): boolean {
    if (answer.status === 200 && answer.truncated && wanted > 1) {
      this.#pageSize = Math.max(1, Math.floor(wanted / 4));
      return true;
    }
    const isFirst = this.#includes !== '' && this.#longest === 0 && answer.status >= 400 && answer.status < 500;
    if (isFirst) this.#includes = '';
    return isFirst;
  }

  async #rows(query: string): Promise<readonly Row[] | undefined> {
    const answer = await this.#request(query);
    const rows = answer && rowsOf(answer);
    this.#records += rows?.length ?? 0;
    return rows;
  }

  /** `undefined`: the conversation is over, or its budget is. */
  async #request(query: string): Promise<HttpAnswer | undefined> {
    const headers = { accept: 'application/dicom+json' };
    try {
      this.#requests += 1;
      const answer = await this.#conversation.request({ method: 'GET', path: `${this.#path}?${query}`, headers, bodyBytes: pageBytes });
      this.#bytes += answer.body.length;
      return answer;
    } catch (error) {
      if (!isEndOfConversation(error)) throw error;
      return undefined;
    }
  }

  /** One that is less than what was seen is of the page alone. */
  #hear(total: number | null): void {
    if (total !== null) this.total = Math.max(this.total ?? 0, total);
  }
}

/** Ranges of dates and times, as C-FIND has them (PS3.18 section 8.3.4.1). */
function matching(period: Period): string {
  const { date, time } = periodKeys(period);
  return time === null ? `StudyDate=${date}` : `StudyDate=${date}&StudyTime=${time}`;
}

/** What the server says of all matches: X-Total-Count, as Kheops has it, or the warning of PS3.18 section 8.3.4.4 of how many are left. */
function totalIn({ headers }: HttpAnswer, seen: number): number | null {
  const left = /\bThere are (\d{1,12}) additional results/i.exec((headers['warning'] ?? '').slice(0, 1_000))?.[1];
  return countIn(headers['x-total-count']) ?? (left === undefined ? null : seen + Number(left));
}

function studyRow(row: Row): StudyRow {
  const uid = firstValue(row, '0020000D')?.slice(0, 65) ?? '';
  return {
    day: dayOfDate(firstValue(row, '00080020')?.slice(0, 16) ?? ''),
    second: secondOfTime(firstValue(row, '00080030')?.slice(0, 16) ?? ''),
    instances: countIn(firstValue(row, '00201208')),
    patientStudies: countIn(firstValue(row, '00201200')),
    uid: /^[0-9.]{1,64}$/.test(uid) ? uid : null,
  };
}
