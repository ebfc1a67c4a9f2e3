/** What several FTP checks read off the evidence. Judges nothing by itself. */
import { type Because, pass, type Severity, unknown, type Verdict } from '../model/check.js';
import { telling } from '../model/content-kind.js';
import type { ContentSurvey } from '../model/content-survey.js';
import type { Share } from '../model/share.js';
import { type FtpEvidence, isKeptOut } from '../protocols/ftp/evidence.js';
import { amount, isCounted } from './amount-words.js';

export function ftpFacts(evidence: FtpEvidence): Because {
  const [share] = evidence.shares;
  return {
    anonymous: evidence.anonymous.direct,
    anonymousOverTls: evidence.anonymous.overTls,
    clearLogin: evidence.clearLogin,
    tls: evidence.tls.offer,
    dataProtection: evidence.dataProtection,
    listing: evidence.listing,
    ...(share && { ...share.rights, rightsFrom: share.rightsFrom }),
    ...(share?.content && { files: share.content.files.value, images: share.content.images.value, ended: share.content.ended }),
  };
}

/** The gravest of what an anonymous caller met. */
export const isLetIn = ({ anonymous }: FtpEvidence): boolean => anonymous.direct === 'accepted' || anonymous.overTls === 'accepted';

/** `undefined`: anonymous callers are let in. */
export function keptOut(evidence: FtpEvidence): Verdict | undefined {
  const because = ftpFacts(evidence);
  const { direct } = evidence.anonymous;
  if (isLetIn(evidence)) return undefined;
  if (evidence.greeting === 'busy') return unknown('it takes no caller at the moment, or none from here', because);
  if (direct === 'announced-refused') return pass('its greeting says that it lets nobody in without an account', because);
  if (isKeptOut(evidence)) return pass('it lets nobody in without an account', because);
  if (direct === 'tls-first') return unknown('it demands TLS first, and inside TLS nothing could be learnt', because);
  if (direct === 'not-tried') return unknown('nobody tried to log in', because);
  return unknown(direct === 'busy' ? 'it was too busy for a login' : 'it did not answer to a login', because);
}

/** `: exactly 12 files, of which exactly 10 images`, where they were counted. */
export const amountsIn = (content: ContentSurvey | null): string =>
  content && isCounted(content.files) ? `: ${amount(content.files, 'file', 'files')}, of which ${amount(content.images, 'image', 'images')}` : '';

/** Patients' data weigh most; what was not counted may be such. */
export function severityOfContent(content: Share['content']): Severity | undefined {
  if (content === null) return 'high';
  if (telling.some((kind) => (content.byKind[kind]?.value ?? 0) > 0) || content.images.value > 0) return undefined;
  if (content.files.basis === 'exact' && content.files.value === 0) return 'low';
  return 'medium';
}
