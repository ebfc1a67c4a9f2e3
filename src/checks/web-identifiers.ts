/** Which identifying attributes does anyone get over the web? Sees the class of each value, never a value. */
import { fail, notApplicable, pass, unknown, type Verdict } from '../model/check.js';
import type { ValueClass } from '../model/exposure.js';
import type { HttpEvidence, WebDoor } from '../protocols/http/evidence.js';
import { realLooking } from './identifier-words.js';
import { isEmpty, siteFacts } from './web-doors.js';

const answersQueries = ({ kind }: WebDoor): boolean => kind === 'dicomweb' || kind === 'archive-api';

/** Names of files may say who lies there, too; they are counted and not read. */
export function judgeWebIdentifiers(evidence: HttpEvidence): Verdict {
  const doors = evidence.doors.filter(answersQueries);
  const open = doors.filter(({ access }) => access === 'open');
  const identifiers: Readonly<Record<string, ValueClass>> = Object.assign({}, ...open.map((door) => door.identifiers));
  const because = { ...siteFacts(evidence), ...identifiers };
  if (Object.keys(identifiers).length > 0) return judgeRecord(identifiers, because);
  if (open.some(isEmpty)) return notApplicable('it answers anyone, but lists no study at the moment', because);
  if (open.length > 0) return unknown('it answers anyone; which attributes it gives away was not looked at', because);
  if (doors.some(({ access }) => access === 'login' || access === 'forbidden')) return pass('it asks for credentials before it gives a record away', because);
  if (doors.some(({ access }) => access === 'unclear')) return unknown('it answered with an error', because);
  return evidence.budgetSpent
    ? unknown('the requests that one host may get were used up before a record was asked for', because)
    : notApplicable('nothing that gives records away was seen', because);
}

function judgeRecord(identifiers: Readonly<Record<string, ValueClass>>, because: Verdict['because']): Verdict {
  const { named, isDirect } = realLooking(identifiers);
  if (named === '') return pass('the one record that was looked at held placeholders, codes or nothing where patients are named', because);
  return fail(`anyone gets ${named}, which read like a person's own in the one record that was looked at`, because, isDirect ? undefined : 'medium');
}
