/** Everything the DICOM Upper Layer can say (PS3.8 section 9.3). Types only. */

/** PS3.8 table 9-13. */
export interface ProposedContext {
  /** Odd, 1 to 255. */
  readonly id: number;
  readonly abstractSyntax: string;
  readonly transferSyntaxes: readonly string[];
}

/** PS3.8 table 9-18. `result` 0 is acceptance. */
export interface ContextReply {
  readonly id: number;
  readonly result: number;
  readonly transferSyntax: string | null;
}

/** PS3.7 section D.3.3.7.1, sub-item 58H. Type 1: user name only. */
export interface UserIdentityRequest {
  readonly type: number;
  readonly positiveResponseRequested: boolean;
  readonly primaryField: Uint8Array;
  readonly secondaryField: Uint8Array;
}

export interface UserInformation {
  /** Sub-item 51H, bytes; 0 means no limit; `null` when absent. */
  readonly maximumLength: number | null;
  /** Sub-item 52H. */
  readonly implementationClassUid: string | null;
  /** Sub-item 55H. */
  readonly implementationVersionName: string | null;
  /** Sub-item 58H, requests only. */
  readonly userIdentity: UserIdentityRequest | null;
  /** Sub-item 59H was there, acceptances only. Its content is not kept. */
  readonly userIdentityAnswered: boolean;
}

export interface AssociateRequest {
  readonly type: 'associate-request';
  readonly calledAeTitle: string;
  readonly callingAeTitle: string;
  readonly contexts: readonly ProposedContext[];
  readonly userInformation: UserInformation;
}

export interface AssociateAccept {
  readonly type: 'associate-accept';
  readonly calledAeTitle: string;
  readonly callingAeTitle: string;
  readonly contexts: readonly ContextReply[];
  readonly userInformation: UserInformation;
}

/** PS3.8 table 9-21; the three numbers as they came. */
export interface AssociateReject {
  readonly type: 'associate-reject';
  readonly result: number;
  readonly source: number;
  readonly reason: number;
}

/** Presentation Data Value, PS3.8 section 9.3.5.1 and annex E.2. */
export interface DataValue {
  readonly contextId: number;
  readonly isCommand: boolean;
  readonly isLast: boolean;
  readonly data: Uint8Array;
}

export interface DataTransfer {
  readonly type: 'data-transfer';
  readonly values: readonly DataValue[];
}

export interface Abort {
  readonly type: 'abort';
  readonly source: number;
  readonly reason: number;
}

export type Pdu =
  | AssociateRequest
  | AssociateAccept
  | AssociateReject
  | DataTransfer
  | { readonly type: 'release-request' }
  | { readonly type: 'release-response' }
  | Abort;

/** PDU type bytes, PS3.8 section 9.3.1. */
export const pduTypes = {
  'associate-request': 1,
  'associate-accept': 2,
  'associate-reject': 3,
  'data-transfer': 4,
  'release-request': 5,
  'release-response': 6,
  abort: 7,
} as const satisfies Record<Pdu['type'], number>;

/** Item types, PS3.8 sections 9.3.2 and 9.3.3, PS3.7 annex D.3.3. */
export const itemTypes = {
  applicationContext: 0x10,
  proposedContext: 0x20,
  contextReply: 0x21,
  abstractSyntax: 0x30,
  transferSyntax: 0x40,
  userInformation: 0x50,
  maximumLength: 0x51,
  implementationClassUid: 0x52,
  implementationVersionName: 0x55,
  userIdentityRequest: 0x58,
  userIdentityResponse: 0x59,
} as const;
