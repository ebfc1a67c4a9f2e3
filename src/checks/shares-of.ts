/** The shares of a file server, whatever it speaks. Judges nothing by itself. */
import { files, rightsOfOthers } from '../files/evidence.js';
import { notApplicable, type SubjectVerdict, type Verdict } from '../model/check.js';
import type { LocalFolder } from '../model/local-folder.js';
import type { Share } from '../model/share.js';
import { type FtpEvidence, ftp } from '../protocols/ftp/evidence.js';
import { type NfsEvidence, nfs } from '../protocols/nfs/evidence.js';
import { type RsyncEvidence, rsync } from '../protocols/rsync/evidence.js';
import { diskShares, type SmbEvidence, smb } from '../protocols/smb/evidence.js';

/** What a check of shares wants: whichever was spoken. */
export const fileServers = { ftp, smb, nfs, rsync };
/** And a folder of this computer, where the question is what lies there and not who was let in. */
export const fileServersAndFolders = { ...fileServers, files };

export interface FileServerEvidence {
  readonly ftp?: FtpEvidence;
  readonly smb?: SmbEvidence;
  readonly nfs?: NfsEvidence;
  readonly rsync?: RsyncEvidence;
}

export interface ShareEvidence extends FileServerEvidence {
  readonly files?: LocalFolder;
}

/** `null`: no file server, or one whose shares are asked at another port. */
export function sharesOf({ ftp, smb, nfs, rsync }: FileServerEvidence): readonly Share[] | null {
  if (ftp) return ftp.shares;
  if (smb) return smb.isTwin ? null : diskShares(smb);
  if (nfs) return nfs.role === 'nfs' ? nfs.shares : null;
  return rsync?.modules ?? null;
}

/** One verdict for each share, with its number as the subject. A folder is its own endpoint. */
export function judgeEachShare({ files, ...evidence }: ShareEvidence, judge: (share: Share) => Verdict): Verdict | readonly SubjectVerdict[] {
  if (files) return judge(asShare(files));
  const shares = sharesOf(evidence);
  if (shares === null || shares.length === 0) return notApplicable('no share was seen here');
  return shares.map((share) => ({ subject: String(share.number), verdict: judge(share) }));
}

/** Whoever audits it was let in. */
const asShare = (folder: LocalFolder): Share => ({
  number: 1,
  label: folder.label,
  access: 'open',
  rights: rightsOfOthers(folder),
  rightsFrom: 'permission bits',
  content: folder.content,
});

export const shareFacts = ({ label, access, rights, content }: Share): Verdict['because'] => ({
  share: label,
  access,
  read: rights.read,
  create: rights.create,
  ...(content && {
    files: content.files.value,
    images: content.images.value,
    imagesBasis: content.images.basis,
    lookedAt: content.sampled.asked,
    dicom: content.sampled.dicom,
    ended: content.ended,
  }),
});
