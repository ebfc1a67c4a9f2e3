/** Whom we claim to be. AUTH_SYS is believed as it is (RFC 5531 appendix A): that is what is being measured. */
import type { FileAttributes } from './wire/attributes.js';
import type { Credential } from './wire/rpc.js';

const nobodyNumber = 65_534;

export const noCredential: Credential = { flavour: 'none' };
const claiming = (uid: number, gid = nobodyNumber): Credential => ({ flavour: 'sys', uid, gid });
export const nobody = claiming(nobodyNumber);
/** In nobody's group, so that what is granted is granted for the user's number. */
export const root = claiming(0);

/** Worth asking beside nobody and root. */
const isSomebody = (id: number | null): id is number => id !== null && id !== 0 && id !== nobodyNumber && id < 0xfffffffe;

/** Whoever a file belongs to, the owner, the group or both; `null` where that is root or nobody, or not said. */
export function ownerOf({ owner, group }: Pick<FileAttributes, 'owner' | 'group'>): Credential | null {
  if (!isSomebody(owner) && !isSomebody(group)) return null;
  return claiming(isSomebody(owner) ? owner : nobodyNumber, isSomebody(group) ? group : nobodyNumber);
}
