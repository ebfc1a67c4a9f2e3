/** One share of a file server, whatever the protocol: an FTP root, an SMB share, an NFS export, an rsync module. */
import type { ContentSurvey } from './content-survey.js';
import { addEstimates, type Exposure } from './exposure.js';
import { type DoorRights, groundsOf, type Rights, type RightsFrom, widestRights } from './rights.js';

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

/** A share that was not looked at, or not to its end, counts as unknown: what the others refuse, it may grant. */
export const rightsOfShares = (shares: readonly Share[]): Rights => widestRights(shares.map(({ rights }) => rights));

/** `from`: what the rights of one share were read off. */
export function groundsOfShares<Kind extends Share>(shares: readonly Kind[], from: (share: Kind) => DoorRights['from']): RightsFrom {
  return groundsOf(
    shares.map((share) => ({ door: `share ${share.number}`, rights: share.rights, from: looked(share.access) ? from(share) : allFrom(unseen[share.access]) })),
  );
}

const looked = (access: ShareAccess): access is Exclude<ShareAccess, keyof typeof unseen> => !(access in unseen);
const unseen = { unclear: 'it gave an error or no answer', 'not-tried': 'it was not looked at' } as const satisfies Partial<Record<ShareAccess, string>>;

/** The same ground for all four. */
export const allFrom = (text: string): DoorRights['from'] => ({ read: text, create: text, edit: text, delete: text });

/** Files say how many images there are; studies and patients would need their headers. */
export function exposureOfShares(shares: readonly Share[]): Exposure | null {
  const images = addEstimates(openShares(shares).map(({ content }) => content?.images ?? null));
  return images && { images, studies: null, patients: null, timeline: [], identifiers: {} };
}
