/** One share of a file server, whatever the protocol: an FTP root, an SMB share, an NFS export, an rsync module. */
import type { ContentSurvey } from './content-survey.js';
import { addEstimates, type Exposure } from './exposure.js';
import { type Right, type Rights, unknownRights } from './rights.js';

/** `open`: a caller without credentials was let in. `login`: credentials are demanded. `forbidden`: refused without asking. `unclear`: an error, or no answer. */
export type ShareAccess = 'open' | 'login' | 'forbidden' | 'unclear' | 'not-tried';

export interface Share {
  /** From 1, in the server's order: the subject of findings. */
  readonly number: number;
  /** Its name where it is made of common words (`imaging`, `backup$`); its shape otherwise, since people name shares after people. */
  readonly label: string;
  readonly access: ShareAccess;
  readonly rights: Rights;
  /** What the rights were read off, for example `maximal access of the tree connect`. */
  readonly rightsFrom: string;
  readonly content: ContentSurvey | null;
}

export const openShares = (shares: readonly Share[]): readonly Share[] => shares.filter(({ access }) => access === 'open');

const rank: readonly Right[] = ['yes', 'negotiated', 'unknown', 'no'];
/** What the most generous part grants; `no` only where something was seen and everything refuses. */
function widest(rights: readonly Right[]): Right {
  return rank.find((right) => rights.includes(right)) ?? 'unknown';
}

export function rightsOfShares(shares: readonly Share[]): Rights {
  const seen = shares.filter(({ access }) => access !== 'unclear' && access !== 'not-tried').map(({ rights }) => rights);
  if (seen.length === 0) return unknownRights;
  const of = (name: keyof Rights): Right => widest(seen.map((each) => each[name]));
  return { read: of('read'), create: of('create'), edit: of('edit'), delete: of('delete') };
}

/** Files say how many images there are; studies and patients would need their headers. */
export function exposureOfShares(shares: readonly Share[]): Exposure | null {
  const images = addEstimates(openShares(shares).map(({ content }) => content?.images ?? null));
  return images && { images, studies: null, patients: null, timeline: [], identifiers: {} };
}
