/** The end of the terminal report: what was not learnt, what is closed, and what the scan was and cost. */
import type { Report } from '../../model/report.js';
import { isOfFolders, nobodyNeeded } from '../facts/folders.js';
import { mostMessages, outcomesInWords } from '../facts/headline.js';
import { closed, unlearnt } from '../facts/learnt.js';
import { elapsed, moment } from '../moments.js';
import { bytes, count, counted, duration, firstFew, sentence, touchMeanings } from '../words.js';
import { entry, heading, type Lines, type Page } from './page.js';
import { wrap } from './wrap.js';

const mostReasons = 8;

export function unlearntLines(report: Report, page: Page): Lines {
  const groups = unlearnt(report);
  if (groups.length === 0) return [];
  const shown = groups.slice(0, mostReasons);
  const more = groups.length - shown.length;
  return [
    ...heading(page, 'COULD NOT BE LEARNT'),
    ...wrap('Not asked, or not answered. That is not the same as safe.', page.width),
    ...shown.flatMap((group) =>
      entry(page, `${count(group.verdicts)} ×`, `${sentence(group.reason)} At ${firstFew(group.endpoints, 3)}: ${firstFew(group.checks, 4)}.`),
    ),
    ...(more > 0 ? wrap(`… and ${counted(more, 'more reason')}; see the JSON or HTML report.`, page.width, { first: '  ' }) : []),
  ];
}

export function closedLines(report: Report, page: Page): Lines {
  const checks = closed(report);
  if (checks.length === 0) return [];
  const list = checks.map(({ check, endpoints }) => `${check} ×${count(endpoints)}`).join(', ');
  return [...heading(page, 'CHECKED AND CLOSED'), ...wrap(`Looked for, and seen to be absent, at so many endpoints: ${list}.`, page.width)];
}

export function scanLines(report: Report, page: Page): Lines {
  const { scan } = report;
  const took = elapsed(scan.startedAt, scan.finishedAt);
  const time = `${moment(scan.startedAt)}, ${took === null ? 'end not recorded' : `took ${duration(took)}`}${scan.complete ? '' : ', ended early'}`;
  return [
    ...heading(page, 'SCAN'),
    ...entry(page, 'Authorised by:', scan.authorisedBy ?? `nobody was named (${nobodyNeeded(report)})`),
    ...(isOfFolders(report) ? [] : asked(report, page)),
    ...entry(page, 'Time:', time),
    ...entry(page, 'Scan:', scan.id),
  ];
}

/** What of this there is only where a network was asked. */
function asked(report: Report, page: Page): Lines {
  const { scan, summary } = report;
  const { connections, messagesSent, bytesSent, bytesReceived } = summary.traffic;
  const outcomes = outcomesInWords(report).join(', ');
  return [
    ...entry(page, 'Touch:', `${scan.touch}, ${touchMeanings[scan.touch]}`),
    ...entry(page, 'Asked:', `${counted(summary.targets, 'address', 'addresses')}${outcomes === '' ? '' : `; of the ports, ${outcomes}`}`),
    ...entry(
      page,
      'Cost:',
      `${counted(connections, 'connection')}, ${counted(messagesSent, 'message')} (at most ${count(mostMessages(report))} to one endpoint), ${bytes(bytesSent)} sent, ${bytes(bytesReceived)} received; no image was requested`,
    ),
  ];
}
