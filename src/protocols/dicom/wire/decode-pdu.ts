/** Bytes → PDU. Opens no sockets, waits for nothing, and allocates no more than the message it was given. */
import { type Decoded, WireError } from '../../../model/wire.js';
import { ByteReader } from './byte-reader.js';
import type {
  AssociateAccept,
  AssociateRequest,
  ContextReply,
  DataTransfer,
  DataValue,
  Pdu,
  ProposedContext,
  UserIdentityRequest,
  UserInformation,
} from './pdu.js';
import { itemTypes, pduTypes } from './pdu.js';
import { asciiText } from './text.js';

const headerLength = 6;

/**
 * `maximumLength` (bytes, without the header) is checked before the body is waited for.
 * Reserved bytes are not tested, as PS3.8 section 9.3.1 asks.
 */
export function decodePdu(bytes: Uint8Array, maximumLength: number): Decoded<Pdu> | undefined {
  if (bytes.length === 0) return undefined;
  const type = bytes[0] ?? 0;
  if (type < pduTypes['associate-request'] || type > pduTypes.abort) throw new WireError('PDU-type', 0, `${type} is not a PDU`);
  if (bytes.length < headerLength) return undefined;
  const length = new ByteReader(bytes.subarray(2, headerLength), 2).uint32be('PDU-length');
  if (length > maximumLength) throw new WireError('PDU-length', 2, `${length} is more than ${maximumLength}`);
  if (bytes.length < headerLength + length) return undefined;
  const body = new ByteReader(bytes.subarray(headerLength, headerLength + length), headerLength);
  return { message: decodeBody(type, body), consumed: headerLength + length };
}

function decodeBody(type: number, body: ByteReader): Pdu {
  switch (type) {
    case pduTypes['associate-request']:
      return decodeAssociateRequest(body);
    case pduTypes['associate-accept']:
      return decodeAssociateAccept(body);
    case pduTypes['associate-reject']:
      return { type: 'associate-reject', ...decodeReasons(body) };
    case pduTypes['data-transfer']:
      return decodeDataTransfer(body);
    case pduTypes['release-request']:
      return { type: 'release-request' };
    case pduTypes['release-response']:
      return { type: 'release-response' };
    default:
      return decodeAbort(body);
  }
}

/** PS3.8 tables 9-21 and 9-26: reserved, result (rejections only, else reserved), source, reason. */
function decodeReasons(body: ByteReader): { result: number; source: number; reason: number } {
  body.skip('reserved', 1);
  return { result: body.uint8('result'), source: body.uint8('source'), reason: body.uint8('reason') };
}

function decodeAbort(body: ByteReader): Pdu {
  const { source, reason } = decodeReasons(body);
  return { type: 'abort', source, reason };
}

/** The fixed 68 bytes that requests and acceptances share, PS3.8 tables 9-11 and 9-17. */
function decodeAssociateHead(body: ByteReader): { calledAeTitle: string; callingAeTitle: string } {
  body.skip('protocol-version', 2);
  body.skip('reserved', 2);
  const calledAeTitle = asciiText(body.bytes('called-AE-title', 16), 16);
  const callingAeTitle = asciiText(body.bytes('calling-AE-title', 16), 16);
  body.skip('reserved', 32);
  return { calledAeTitle, callingAeTitle };
}

function* items(reader: ByteReader): Generator<{ type: number; item: ByteReader }> {
  while (reader.left > 0) {
    const type = reader.uint8('item-type');
    reader.skip('reserved', 1);
    const length = reader.uint16be('item-length');
    yield { type, item: reader.part('item', length) };
  }
}

function decodeAssociateRequest(body: ByteReader): AssociateRequest {
  const head = decodeAssociateHead(body);
  const contexts: ProposedContext[] = [];
  let userInformation = noUserInformation;
  for (const { type, item } of items(body)) {
    if (type === itemTypes.proposedContext) contexts.push(decodeProposedContext(item));
    if (type === itemTypes.userInformation) userInformation = decodeUserInformation(item);
  }
  return { type: 'associate-request', ...head, contexts, userInformation };
}

function decodeAssociateAccept(body: ByteReader): AssociateAccept {
  const head = decodeAssociateHead(body);
  const contexts: ContextReply[] = [];
  let userInformation = noUserInformation;
  for (const { type, item } of items(body)) {
    if (type === itemTypes.contextReply) contexts.push(decodeContextReply(item));
    if (type === itemTypes.userInformation) userInformation = decodeUserInformation(item);
  }
  return { type: 'associate-accept', ...head, contexts, userInformation };
}

const uidText = (item: ByteReader): string => asciiText(item.bytes('UID', item.left), 64);

function decodeProposedContext(item: ByteReader): ProposedContext {
  const id = item.uint8('presentation-context-ID');
  item.skip('reserved', 3);
  let abstractSyntax = '';
  const transferSyntaxes: string[] = [];
  for (const { type, item: sub } of items(item)) {
    if (type === itemTypes.abstractSyntax) abstractSyntax = uidText(sub);
    if (type === itemTypes.transferSyntax) transferSyntaxes.push(uidText(sub));
  }
  return { id, abstractSyntax, transferSyntaxes };
}

function decodeContextReply(item: ByteReader): ContextReply {
  const id = item.uint8('presentation-context-ID');
  item.skip('reserved', 1);
  const result = item.uint8('result-reason');
  item.skip('reserved', 1);
  let transferSyntax: string | null = null;
  for (const { type, item: sub } of items(item)) {
    if (type === itemTypes.transferSyntax) transferSyntax = uidText(sub) || null; // DCMTK leaves it empty where it rejects
  }
  return { id, result, transferSyntax };
}

const noUserInformation: UserInformation = {
  maximumLength: null,
  implementationClassUid: null,
  implementationVersionName: null,
  userIdentity: null,
  userIdentityAnswered: false,
};

function decodeUserInformation(reader: ByteReader): UserInformation {
  let information = noUserInformation;
  for (const { type, item } of items(reader)) information = { ...information, ...decodeUserInformationItem(type, item) };
  return information;
}

/** Sub-items that we do not read (asynchronous operations, roles, extended negotiation, ...) are passed over. */
function decodeUserInformationItem(type: number, item: ByteReader): Partial<UserInformation> {
  switch (type) {
    case itemTypes.maximumLength:
      return { maximumLength: item.uint32be('maximum-length') };
    case itemTypes.implementationClassUid:
      return { implementationClassUid: uidText(item) };
    case itemTypes.implementationVersionName:
      return { implementationVersionName: asciiText(item.bytes('implementation-version-name', item.left), 16) };
    case itemTypes.userIdentityRequest:
      return { userIdentity: decodeUserIdentity(item) };
    case itemTypes.userIdentityResponse:
      return { userIdentityAnswered: true };
    default:
      return {};
  }
}

function decodeUserIdentity(item: ByteReader): UserIdentityRequest {
  const type = item.uint8('user-identity-type');
  const positiveResponseRequested = item.uint8('positive-response-requested') === 1;
  const primaryField = item.bytes('primary-field', item.uint16be('primary-field-length')).slice();
  const secondaryField = item.bytes('secondary-field', item.uint16be('secondary-field-length')).slice();
  return { type, positiveResponseRequested, primaryField, secondaryField };
}

function decodeDataTransfer(body: ByteReader): DataTransfer {
  const values: DataValue[] = [];
  while (body.left > 0) values.push(decodeDataValue(body));
  return { type: 'data-transfer', values };
}

/** PS3.8 table 9-23; message control header: bit 0 command, bit 1 last fragment. */
function decodeDataValue(body: ByteReader): DataValue {
  const at = body.offset;
  const length = body.uint32be('PDV-item-length');
  if (length < 2) throw new WireError('PDV-item-length', at, `${length} leaves no room for its header`);
  const contextId = body.uint8('presentation-context-ID');
  const control = body.uint8('message-control-header');
  return { contextId, isCommand: (control & 1) === 1, isLast: (control & 2) === 2, data: body.bytes('PDV-data', length - 2).slice() };
}
