/** The top of the terminal report: the sentence that makes people act, and the count of findings. */
import type { Report } from '../../model/report.js';
import { leakLine } from '../facts/changes.js';
import { sharedDoors } from '../facts/doors.js';
import { gravestFirst } from '../facts/failures.js';
import { type Headline, headline, outcomesInWords } from '../facts/headline.js';
import { moment } from '../moments.js';
import { count, counted, sentence } from '../words.js';
import { dim, type Lines, type Page, type Style, severityStyle } from './page.js';
import { wrap } from './wrap.js';

const toneStyles = { open: 'red', warning: 'yellow', quiet: 'green', silent: 'yellow' } as const satisfies Record<Headline['tone'], Style>;

export function opening(report: Report, page: Page): Lines {
  const { tone, claim, detail } = headline(report);
  const claimLine = `${claim}${tone === 'open' && detail !== '' ? ':' : '.'}`;
  return [
    ...dim(page, wrap(`Dosimeter ${report.scan.version} · ${moment(report.scan.startedAt)} · scan ${report.scan.id}`, page.width)),
    '',
    ...wrap(claimLine, page.width).map((line) => page.colour('bold', page.colour(toneStyles[tone], line))),
    ...wrap(detail, page.width).map((line) => (tone === 'open' ? page.colour('bold', line) : line)),
    ...wrap(sentence(sharedDoors(report) ?? ''), page.width),
    ...leak(report, page),
    ...unfinished(report, page),
    '',
    ...tally(report, page),
  ];
}

function leak(report: Report, page: Page): Lines {
  return wrap(sentence(leakLine(report) ?? ''), page.width).map((line) => page.colour('bold', line));
}

function unfinished({ scan }: Report, page: Page): Lines {
  const text = 'This scan ended before every target was asked: it shows only what was seen until then.';
  return scan.complete ? [] : ['', ...wrap(text, page.width).map((line) => page.colour('yellow', line))];
}

/** `2 critical · 3 high · 2 medium · 1 low`, none left out: a zero is news too. */
function tally(report: Report, page: Page): Lines {
  const { findings, verdicts } = report.summary;
  if (report.endpoints.length === 0) return dim(page, wrap(askedPorts(report), page.width));
  const parts = gravestFirst.map((severity) => {
    const text = `${count(findings[severity])} ${severity}`;
    return findings[severity] > 0 ? page.colour(severityStyle(severity), text) : page.colour('dim', text);
  });
  return [
    parts.join(' · '),
    ...dim(page, wrap(`${counted(verdicts.unknown, 'verdict')} could not be learnt, ${count(verdicts.pass)} checked and closed`, page.width)),
  ];
}

function askedPorts(report: Report): string {
  const outcomes = outcomesInWords(report);
  return outcomes.length === 0 ? 'No port was asked.' : `Of the ports that were asked, ${outcomes.join(', ')}.`;
}
