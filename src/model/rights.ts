/**
 * `yes`: the operation itself was granted, without effect. `negotiated`: only the capability was offered.
 * `no`: refused. `unknown`: not asked, or not answered.
 */
export type Right = 'yes' | 'negotiated' | 'no' | 'unknown';

/** What a caller without any credentials may do. */
export interface Rights {
  readonly read: Right;
  readonly create: Right;
  readonly edit: Right;
  readonly delete: Right;
}

export const unknownRights: Rights = { read: 'unknown', create: 'unknown', edit: 'unknown', delete: 'unknown' };
