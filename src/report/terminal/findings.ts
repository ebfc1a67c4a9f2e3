/** Failed checks by severity: where, why, what to change and how to prove it. The gravest come with the lines to set. */
import type { ProductRemedy, Severity } from '../../model/check.js';
import { severities } from '../../model/check.js';
import { endpointName } from '../../model/endpoint.js';
import type { Report } from '../../model/report.js';
import { type FailureGroup, failureGroups, gravestFirst, type PlacedFinding } from '../facts/failures.js';
import { ownRemedies, proofCommand } from '../facts/remedies.js';
import { counted, firstFew, sentence } from '../words.js';
import { dim, entry, heading, type Lines, type Page, severityStyle } from './page.js';
import { wrap } from './wrap.js';

/** Reasons a finding is shown with, and endpoints a reason is shown at, before "and N more". */
const mostReasons = 6;
const mostEndpoints = 4;

export function findingLines(report: Report, page: Page): Lines {
  const groups = failureGroups(report);
  const withSettings = settingsFrom(groups);
  const saidUnder = new Map<string, string>();
  const sections = gravestFirst.flatMap((severity) => {
    const own = groups.filter((group) => group.severity === severity);
    return own.length === 0
      ? []
      : [
          ...heading(page, severity.toUpperCase()),
          ...own.flatMap((group, index) => [...(index === 0 ? [] : ['']), ...groupLines(group, withSettings(severity) ? saidUnder : undefined, page)]),
        ];
  });
  return sections.length === 0
    ? []
    : [...sections, '', ...dim(page, wrap('Why it matters, and the settings of other products: dosimeter checks CHECK', page.width))];
}

/** Settings stand with `critical` and `high`; where nothing is that grave, with the gravest there is. */
function settingsFrom(groups: readonly FailureGroup[]): (severity: Severity) => boolean {
  const gravestIndex = severities.indexOf(groups[0]?.severity ?? 'low');
  const least = Math.min(severities.indexOf('high'), gravestIndex);
  return (severity) => severities.indexOf(severity) >= least;
}

/** `saidUnder`: settings that were printed already → the check they stand under; absent where no settings are printed. */
function groupLines(group: FailureGroup, saidUnder: Map<string, string> | undefined, page: Page): Lines {
  const { about, check, places, severity } = group;
  const extent = places.length === 1 ? '' : ` · ${counted(places.length, 'place')}`;
  return [
    ...wrap(about.title, page.width, { first: '■ ', rest: '  ' }).map((line) => page.colour('bold', page.colour(severityStyle(severity), line))),
    ...dim(page, wrap(`${check}${extent}`, page.width, { first: '  ' })),
    ...reasonLines(places, page),
    ...entry(page, 'Close it:', about.remedy.text),
    ...(saidUnder ? ownRemedies(places).flatMap((own) => settingOnce(own, check, saidUnder, page)) : []),
    ...proofLines(places, page),
  ];
}

/** One entry a reason; a reason that many endpoints share is said once. */
function reasonLines(places: readonly PlacedFinding[], page: Page): Lines {
  const byReason = new Map<string, string[]>();
  for (const { endpoint, finding } of places) {
    const name = `${endpointName(endpoint)}${finding.subject === '' ? '' : ` (${finding.subject})`}`;
    byReason.set(finding.reason, [...(byReason.get(finding.reason) ?? []), name]);
  }
  const shown = [...byReason].slice(0, mostReasons);
  const more = byReason.size - shown.length;
  return [
    ...shown.flatMap(([reason, names]) => entry(page, `${firstFew(names, mostEndpoints)}:`, sentence(reason))),
    ...(more > 0 ? wrap(`… and ${counted(more, 'more reason')}; see the JSON or HTML report.`, page.width, { first: '  ' }) : []),
  ];
}

/** Several checks can share a remedy: its lines are printed once. */
function settingOnce(remedy: ProductRemedy, check: string, saidUnder: Map<string, string>, page: Page): Lines {
  const key = [remedy.product, remedy.where, ...remedy.lines].join('\n');
  const earlier = saidUnder.get(key);
  if (earlier !== undefined) return wrap(`${remedy.name} · the lines that stand under ${earlier}`, page.width, { first: '    ' });
  saidUnder.set(key, check);
  return settingLines(remedy, page);
}

/** The lines themselves are never wrapped: a setting with a line break in it is another setting. */
function settingLines(remedy: ProductRemedy, page: Page): Lines {
  return [
    ...wrap(`${remedy.name} · ${remedy.where}:`, page.width, { first: '    ' }),
    ...remedy.lines.map((line) => `      ${page.colour('cyan', line)}`),
    ...(remedy.note === undefined ? [] : dim(page, wrap(`Mind: ${remedy.note}`, page.width, { first: '    ' }))),
    ...dim(page, wrap(`Take it back: ${remedy.rollback}`, page.width, { first: '    ' })),
  ];
}

/** Never wrapped either: it is there to be copied. */
function proofLines(places: FailureGroup['places'], page: Page): Lines {
  const prove = proofCommand(places[0]);
  const term = places.length > 1 ? 'Prove it, here and likewise at the others:' : 'Prove it:';
  return prove === '' ? [] : [...entry(page, term, ''), `    ${page.colour('cyan', prove)}`];
}
