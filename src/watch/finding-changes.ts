/** Verdicts of two scans on one endpoint → what was opened and what was closed. What was not learnt is neither. */
import type { ChangedFinding, FindingChanges } from '../model/change.js';
import type { SnapshotFinding } from './snapshot.js';

type Findings = readonly SnapshotFinding[];

export const noFindingChanges: FindingChanges = { opened: [], firstSeen: [], closed: [], unclear: [] };

/** `then` empty: nothing was judged. */
export function findingChanges(then: Findings, now: Findings): FindingChanges {
  if (then.length === 0 && now.length === 0) return noFindingChanges;
  const [was, is] = [byKey(then), byKey(now)];
  const [opened, firstSeen] = halves(failedOnly(now, was), ({ check, subject }) => isDenied(was.get(keyOf(check, subject)), check, then));
  const [closed, unclear] = halves(failedOnly(then, is), ({ check, subject }) => isDenied(is.get(keyOf(check, subject)), check, now));
  const mayBeTheSame = ({ check }: ChangedFinding): boolean =>
    opened.some((finding) => finding.check === check) && closed.some((finding) => finding.check === check) && isRenumbered(check, then, now);
  const [moved, trulyOpened] = halves(opened, mayBeTheSame);
  const [left, trulyClosed] = halves(closed, mayBeTheSame);
  return { opened: trulyOpened, firstSeen: [...firstSeen, ...moved], closed: trulyClosed, unclear: [...unclear, ...left] };
}

/** Shares are known by their numbers alone: where some came or went, what fails under another number may be what failed then. */
function isRenumbered(check: string, then: Findings, now: Findings): boolean {
  const numbers = (findings: Findings): readonly string[] =>
    findings.filter((finding) => finding.check === check && /^\d+$/.test(finding.subject)).map(({ subject }) => subject);
  return numbers(then).toSorted().join() !== numbers(now).toSorted().join();
}

const keyOf = (check: string, subject: string): string => `${check} ${subject}`;
const byKey = (findings: Findings): ReadonlyMap<string, SnapshotFinding['verdict']> =>
  new Map(findings.map(({ check, subject, verdict }) => [keyOf(check, subject), verdict]));

/** Those that fail here and not there. */
function failedOnly(here: Findings, there: ReadonlyMap<string, SnapshotFinding['verdict']>): readonly ChangedFinding[] {
  return here
    .filter(({ check, subject, verdict }) => verdict === 'fail' && there.get(keyOf(check, subject)) !== 'fail')
    .map(({ check, subject }) => ({ check, subject }));
}

/**
 * The other scan judged this and saw no failure. A subject of which it has no verdict (a share that came or went) counts as judged
 * where it judged all the others.
 */
function isDenied(verdict: SnapshotFinding['verdict'] | undefined, check: string, all: Findings): boolean {
  if (verdict !== undefined) return verdict === 'pass' || verdict === 'not-applicable';
  const own = all.filter((finding) => finding.check === check);
  return own.length > 0 && own.every((finding) => finding.verdict !== 'unknown');
}

function halves<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): readonly [readonly Item[], readonly Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}
