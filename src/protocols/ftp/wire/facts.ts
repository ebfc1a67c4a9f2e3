/** One line of MLSD (RFC 3659 section 7.2): `fact=value;fact=value; name`. */
import { type ListedEntry, utc, wholeNumber } from './entry.js';

const mostFacts = 40;

/** `undefined`: not such a line. */
export function readFactsLine(line: string): ListedEntry | undefined {
  const blank = line.indexOf(' ');
  if (blank < 0) return undefined;
  const name = line.slice(blank + 1);
  const facts = factsOf(line.slice(0, blank));
  if (facts === undefined || name === '') return undefined;
  return {
    name,
    kind: kindOf(facts.get('type')),
    size: wholeNumber(facts.get('size') ?? facts.get('sizd')),
    modified: timeOf(facts.get('modify')),
    perm: facts.get('perm')?.toLowerCase() ?? null,
  };
}

/** A line may have no fact at all, and then begins with the blank. */
function factsOf(text: string): ReadonlyMap<string, string> | undefined {
  const facts = new Map<string, string>();
  if (text === '') return facts;
  if (!text.endsWith(';')) return undefined;
  for (const fact of text.slice(0, -1).split(';', mostFacts)) {
    const equals = fact.indexOf('=');
    if (equals < 1) return undefined;
    facts.set(fact.slice(0, equals).toLowerCase(), fact.slice(equals + 1, equals + 200));
  }
  return facts;
}

/** ProFTPD says `OS.unix=symlink`, Pure-FTPd and vsftpd's heirs `OS.unix=slink:target`. */
function kindOf(type: string | undefined): ListedEntry['kind'] {
  const word = (type ?? '').toLowerCase();
  if (word === 'file' || word === 'dir') return word === 'dir' ? 'folder' : 'file';
  if (word === 'cdir' || word === 'pdir') return word === 'cdir' ? 'this-folder' : 'parent';
  return word.startsWith('os.unix=slink') || word.startsWith('os.unix=symlink') ? 'link' : 'other';
}

/** `YYYYMMDDHHMMSS` and perhaps a fraction (RFC 3659 section 2.3), in UTC. */
function timeOf(text: string | undefined): number | null {
  if (text === undefined || !/^\d{14}(?:\.|$)/.test(text)) return null;
  const part = (from: number, to: number): number => Number(text.slice(from, to));
  return utc(part(0, 4), part(4, 6), part(6, 8), part(8, 10), part(10, 12), part(12, 14));
}
