/** The one sentence that makes people act, and no more than was seen. Both person-readable reports open with it. */
import type { Estimate } from '../../model/exposure.js';
import type { Report, ReportEndpoint } from '../../model/report.js';
import { basisWord, count, counted, isUncounted, listed, outcomeWords } from '../words.js';
import { folderHeadline, isOfFolders } from './folders.js';

export interface Headline {
  /** `open`: images can be read. `warning`: something to close. `quiet`: no check failed. `silent`: nothing answered. */
  readonly tone: 'open' | 'warning' | 'quiet' | 'silent';
  /** Without a full stop. */
  readonly claim: string;
  /** How much it is, or what the claim leaves unsaid; a whole sentence. Empty where there is nothing to add. */
  readonly detail: string;
}

export function headline(report: Report): Headline {
  const { endpoints } = report;
  const { readableEndpoints, endpoints: answered } = report.summary;
  if (endpoints.length === 0) return nothingAnswered(report);
  if (isOfFolders(report)) return folderHeadline(report);
  if (readableEndpoints > 0)
    return { tone: 'open', claim: `${shareOf(readableEndpoints, answered)} open to anyone`, detail: `${openAmount(report)}.${onPurpose(report)}` };
  return report.summary.exposedEndpoints > 0 ? somethingToClose(report) : nothingFailed(report);
}

/** A query, or another read, was granted to a caller without credentials. */
export const isOpenToAnyone = (endpoint: ReportEndpoint): boolean => endpoint.rights.read === 'yes';

/** So that teaching files and demonstrations are not taken for patients: a sentence that follows the amount, or nothing. */
function onPurpose({ endpoints }: Report): string {
  const readable = endpoints.filter(isOpenToAnyone);
  const example = readable.filter(readsAsExample).length;
  if (example === 0) return '';
  if (example === readable.length) return ' What was looked at there reads like demonstrations, tests or a public collection: it may be open on purpose.';
  const holds = example === 1 ? 'holds' : 'hold';
  return ` ${count(example)} of them ${holds} what reads like demonstrations, tests or a public collection, which may be open on purpose and of no patient.`;
}

/** The check on identifiers looked at a record and found signs that it is nobody's. */
const readsAsExample = ({ findings }: ReportEndpoint): boolean =>
  findings.some(({ check, verdict, because }) => check === 'patient-identifiers-exposed' && verdict === 'not-applicable' && Array.isArray(because['signs']));

const shareOf = (part: number, whole: number): string =>
  whole === 1 ? 'The one endpoint that answered is' : `${count(part)} of ${counted(whole, 'endpoint')} ${part === 1 ? 'is' : 'are'}`;

function somethingToClose(report: Report): Headline {
  const total = report.summary.endpoints;
  const exposed = report.summary.exposedEndpoints;
  const who = total === 1 ? 'the one endpoint that answered has' : `${count(exposed)} of ${counted(total, 'endpoint')} ${exposed === 1 ? 'has' : 'have'}`;
  const claim = `No archive could be read, but ${who} something to close`;
  return { tone: 'warning', claim, detail: writersDetail(report.summary) };
}

function writersDetail({ writableEndpoints: granted, offeringEndpoints: offered }: Report['summary']): string {
  const parts = [
    ...(granted > 0 ? [`${count(granted)} ${granted === 1 ? 'lets' : 'let'} anyone write, change or delete`] : []),
    ...(offered > 0 ? [`${count(offered)} ${offered === 1 ? 'offers' : 'offer'} to take images from anyone`] : []),
  ];
  return parts.length === 0 ? '' : `${listed(parts)}.`;
}

function nothingFailed(report: Report): Headline {
  const { unknown, pass } = report.summary.verdicts;
  const total = counted(report.summary.endpoints, 'endpoint');
  if (pass === 0)
    return { tone: 'quiet', claim: `${total} answered, but nothing could be judged`, detail: 'That is not the same as safe: see what could not be learnt.' };
  const detail = unknown === 0 ? '' : `${counted(unknown, 'verdict')} could not be learnt, which is not the same as safe.`;
  return { tone: 'quiet', claim: `No check failed at ${total}`, detail };
}

function nothingAnswered({ summary, scan }: Report): Headline {
  if (summary.targets === 0) return { tone: 'silent', claim: scan.complete ? 'Nothing was asked' : 'Nothing was asked yet', detail: '' };
  const claim = `Nothing answered on ${counted(summary.targets, 'address', 'addresses')}${scan.complete ? '' : ' so far'}`;
  return { tone: 'silent', claim, detail: 'A firewall between this computer and the devices looks the same from here.' };
}

/** `at least 9,345 images in 45 studies of 18 patients`; the basis is said once where all share it. */
function openAmount({ summary }: Report): string {
  const parts = [
    { estimate: summary.images, one: 'image', many: 'images' },
    { estimate: summary.studies, one: 'study', many: 'studies' },
    { estimate: summary.patients, one: 'patient', many: 'patients' },
  ];
  const known = parts.flatMap(({ estimate, one, many }) => (estimate === null || isUncounted(estimate) ? [] : [{ estimate, one, many }]));
  const missing = parts.filter(({ estimate }) => estimate === null || isUncounted(estimate)).map(({ many }) => many);
  const unsaid = missing.length === 0 ? '' : `how many ${listed(missing).replace(' and ', ' or ')} could not be learnt`;
  if (known.length === 0) return unsaid;
  return joinAmounts(known) + (unsaid === '' ? '' : `; ${unsaid}`);
}

function joinAmounts(known: readonly { estimate: Estimate; one: string; many: string }[]): string {
  const shared = known.every(({ estimate }) => estimate.basis === known[0]?.estimate.basis);
  const words = known.map(({ estimate, one, many }, index) => {
    const amount = counted(estimate.value, one, many);
    const basis = index === 0 || !shared ? `${basisWord(estimate.basis)} ` : '';
    return `${index === 0 ? '' : many === 'patients' ? ' of ' : ' in '}${basis}${amount}`;
  });
  return words.join('');
}

/** How the asked ports ended, most frequent first: `290 refused the connection`. */
export function outcomesInWords(report: Report): readonly string[] {
  const outcomes = Object.entries(report.summary.outcomes) as [keyof typeof outcomeWords, number][];
  return outcomes.sort(([, a], [, b]) => b - a).map(([outcome, ports]) => `${count(ports)} ${outcomeWords[outcome] ?? outcome}`);
}

/** Messages that the endpoint got that got most. */
export function mostMessages({ endpoints }: Report): number {
  return Math.max(0, ...endpoints.map(({ observations }) => observations.reduce((sum, { traffic }) => sum + traffic.messagesSent, 0)));
}
