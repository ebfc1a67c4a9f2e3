/** The NTSTATUS values (MS-ERREF section 2.3.1) that the conversation tells apart. */

export const statuses = {
  success: 0x00000000,
  pending: 0x00000103,
  bufferOverflow: 0x80000005,
  noMoreFiles: 0x80000006,
  invalidParameter: 0xc000000d,
  noSuchFile: 0xc000000f,
  moreProcessingRequired: 0xc0000016,
  accessDenied: 0xc0000022,
  objectNameNotFound: 0xc0000034,
  sharingViolation: 0xc0000043,
  wrongPassword: 0xc000006a,
  logonFailure: 0xc000006d,
  accountRestriction: 0xc000006e,
  logonHours: 0xc000006f,
  workstation: 0xc0000070,
  passwordExpired: 0xc0000071,
  accountDisabled: 0xc0000072,
  notSupported: 0xc00000bb,
  networkAccessDenied: 0xc00000ca,
  badNetworkName: 0xc00000cc,
  requestNotAccepted: 0xc00000d0,
  logonTypeNotGranted: 0xc000015b,
  userSessionDeleted: 0xc0000203,
  accountLockedOut: 0xc0000234,
} as const;

const wantsLogin: ReadonlySet<number> = new Set<number>([
  statuses.logonFailure,
  statuses.wrongPassword,
  statuses.accountRestriction,
  statuses.logonHours,
  statuses.workstation,
  statuses.passwordExpired,
  statuses.accountDisabled,
  statuses.accountLockedOut,
  statuses.logonTypeNotGranted,
]);

/** `login`: as who we came, we may not log in. `denied`: refused without a word about accounts. `failed`: any other status. */
export type Refusal = 'login' | 'denied' | 'failed';

export function refusalOf(status: number): Refusal {
  if (wantsLogin.has(status)) return 'login';
  return status === statuses.accessDenied || status === statuses.networkAccessDenied ? 'denied' : 'failed';
}
