/** Whom we claim to be. AUTH_SYS is believed as it is (RFC 5531 appendix A): that is what is being measured. */
import type { Credential } from './wire/rpc.js';

const nobodyNumber = 65_534;

export const noCredential: Credential = { flavour: 'none' };
/** The group is nobody's throughout, so that what is granted is granted for the user's number. */
export const claiming = (uid: number): Credential => ({ flavour: 'sys', uid, gid: nobodyNumber });
export const nobody = claiming(nobodyNumber);
export const root = claiming(0);

/** Worth asking beside nobody and root. */
export const isSomebody = (owner: number | null): owner is number => owner !== null && owner !== 0 && owner !== nobodyNumber && owner < 0xfffffffe;
