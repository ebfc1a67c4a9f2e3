/** Which identifying attributes does anyone get over the web? Sees the class of each value, never a value. */
import { notApplicable, pass, unknown, type Verdict } from '../model/check.js';
import type { ValueClass } from '../model/exposure.js';
import type { RecordFacts, RecordSign } from '../model/record-facts.js';
import type { HttpEvidence, WebDoor } from '../protocols/http/evidence.js';
import { judgeRecord, recordFacts } from './one-record.js';
import { isEmpty, siteFacts } from './web-doors.js';

const answersQueries = ({ kind }: WebDoor): boolean => kind === 'dicomweb' || kind === 'archive-api';

/** The one record that was looked at, through whichever door; `null` where none was. */
export function recordOfSite({ doors }: HttpEvidence) {
  const open = doors.filter((door) => answersQueries(door) && door.access === 'open');
  const identifiers: Readonly<Record<string, ValueClass>> = Object.assign({}, ...open.map((door) => door.identifiers));
  if (Object.keys(identifiers).length === 0) return null;
  const figures = { studies: open.find(({ studies }) => studies)?.studies ?? null, patients: open.find(({ patients }) => patients)?.patients ?? null };
  return { identifiers, record: joined(open.flatMap((door) => door.record ?? [])), ...figures };
}

/** Names of files may say who lies there, too; they are counted and not read. */
export function judgeWebIdentifiers(evidence: HttpEvidence): Verdict {
  const doors = evidence.doors.filter(answersQueries);
  const open = doors.filter(({ access }) => access === 'open');
  const one = recordOfSite(evidence);
  const because = { ...siteFacts(evidence), ...recordFacts(one ?? { identifiers: {}, record: null }) };
  if (one) return judgeRecord({ ...one, who: 'anyone' }, because);
  if (open.some(isEmpty)) return notApplicable('it answers anyone, but lists no study at the moment', because);
  if (open.length > 0) return unknown('it answers anyone; which attributes it gives away was not looked at', because);
  if (doors.some(({ access }) => access === 'login' || access === 'forbidden')) return pass('it asks for credentials before it gives a record away', because);
  if (doors.some(({ access }) => access === 'unclear')) return unknown('it answered with an error', because);
  return evidence.budgetSpent
    ? unknown('the requests that one host may get were used up before a record was asked for', because)
    : notApplicable('nothing that gives records away was seen', because);
}

/** Doors of one endpoint lead to one archive. */
function joined(records: readonly RecordFacts[]): RecordFacts | null {
  if (records.length === 0) return null;
  const signs = new Set<RecordSign>(records.flatMap((record) => record.signs));
  return { nationalIdentifiers: Object.assign({}, ...records.map((record) => record.nationalIdentifiers)), signs: [...signs].sort() };
}
