/** What several SMB checks read off the evidence. Judges nothing by itself. */
import { notApplicable, pass, type SubjectVerdict, unknown, type Verdict } from '../model/check.js';
import { diskShares, type SessionAnswer, type SmbEvidence, type SmbShare } from '../protocols/smb/evidence.js';

export const smbFacts = (evidence: SmbEvidence): Verdict['because'] => ({
  over: evidence.over,
  dialect: evidence.dialect,
  oldestDialect: evidence.oldestDialect,
  smb1: evidence.smb1.answer,
  signing: evidence.signing,
  encrypts: evidence.encryption.capable,
});

export const sessionWords = (session: SessionAnswer): string => (session.answer === 'granted' ? `granted (${session.as})` : session.answer);

export const sessionFacts = (evidence: SmbEvidence): Verdict['because'] => ({
  nullSession: sessionWords(evidence.nullSession),
  guestSession: sessionWords(evidence.guestSession),
  shareList: evidence.shareList.answer,
  shares: diskShares(evidence).length,
});

/** Its sessions and shares are judged on port 445. */
export const askedElsewhere = (evidence: SmbEvidence): Verdict | undefined =>
  evidence.isTwin ? notApplicable('the same server is asked on port 445', smbFacts(evidence)) : undefined;

export const shareFacts = (share: SmbShare): Verdict['because'] => ({
  share: share.label,
  hidden: share.isHidden,
  access: share.access,
  openedBy: share.openedBy,
  ...share.rights,
  rightsFrom: share.rightsFrom,
  ...(share.content && { files: share.content.files.value, images: share.content.images.value, ended: share.content.ended }),
});

/** One verdict a share; one for the server where no share is known: nobody was let in, or it did not name them. */
export function judgeShares(evidence: SmbEvidence, judge: (share: SmbShare) => Verdict): Verdict | readonly SubjectVerdict[] {
  const elsewhere = askedElsewhere(evidence);
  if (elsewhere) return elsewhere;
  const shares = diskShares(evidence);
  if (shares.length > 0) return shares.map((share) => ({ subject: String(share.number), verdict: judge(share) }));
  const because = { ...smbFacts(evidence), ...sessionFacts(evidence) };
  const { nullSession, guestSession, shareList } = evidence;
  if (nullSession.answer === 'refused' && guestSession.answer === 'refused') return pass('it lets nobody in without an account', because);
  if (shareList.answer === 'listed') return pass('it shares no folder', because);
  if (nullSession.answer === 'not-tried') return unknown('nobody tried to get in', because);
  return unknown('it does not name its shares to a caller without an account', because);
}
