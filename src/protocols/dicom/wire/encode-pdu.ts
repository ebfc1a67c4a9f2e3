/** PDU → bytes. Opens no sockets. Refuses what PS3.8 does not allow instead of cutting it. */
import { concat, uint16be, uint32be } from './byte-writer.js';
import type { AssociateAccept, AssociateRequest, ContextReply, DataTransfer, DataValue, Pdu, ProposedContext, UserIdentityRequest, UserInformation } from './pdu.js';
import { itemTypes, pduTypes } from './pdu.js';
import { asciiBytes } from './text.js';
import { applicationContextName } from './uids.js';

export function encodePdu(pdu: Pdu): Uint8Array {
  const body = encodeBody(pdu);
  return concat([Uint8Array.of(pduTypes[pdu.type], 0), uint32be(body.length), body]);
}

function encodeBody(pdu: Pdu): Uint8Array {
  switch (pdu.type) {
    case 'associate-request':
      return encodeAssociate(pdu, pdu.contexts.map(encodeProposedContext));
    case 'associate-accept':
      return encodeAssociate(pdu, pdu.contexts.map(encodeContextReply));
    case 'associate-reject':
      return Uint8Array.of(0, pdu.result, pdu.source, pdu.reason);
    case 'abort':
      return Uint8Array.of(0, 0, pdu.source, pdu.reason);
    case 'data-transfer':
      return encodeDataTransfer(pdu);
    case 'release-request':
    case 'release-response':
      return new Uint8Array(4);
  }
}

function item(type: number, ...content: readonly Uint8Array[]): Uint8Array {
  const body = concat(content);
  if (body.length > 0xffff) throw new RangeError(`item ${type.toString(16)}H is longer than 65,535 bytes`);
  return concat([Uint8Array.of(type, 0), uint16be(body.length), body]);
}

/** 16 characters, padded with spaces; a blank title is not allowed (PS3.8 section 9.3.2). */
function encodeAeTitle(title: string): Uint8Array {
  if (title.length > 16 || title.trim() === '' || !/^[\x20-\x7e]+$/.test(title) || title.includes('\\')) {
    throw new RangeError(`"${title}" is not an AE title: 1 to 16 printable ASCII characters, no backslash`);
  }
  return asciiBytes(title.padEnd(16, ' '));
}

function encodeAssociate(pdu: AssociateRequest | AssociateAccept, contexts: readonly Uint8Array[]): Uint8Array {
  const head = [uint16be(1), uint16be(0), encodeAeTitle(pdu.calledAeTitle), encodeAeTitle(pdu.callingAeTitle), new Uint8Array(32)];
  return concat([...head, item(itemTypes.applicationContext, asciiBytes(applicationContextName)), ...contexts, encodeUserInformation(pdu.userInformation)]);
}

function encodeProposedContext(context: ProposedContext): Uint8Array {
  const syntaxes = context.transferSyntaxes.map((uid) => item(itemTypes.transferSyntax, asciiBytes(uid)));
  return item(itemTypes.proposedContext, Uint8Array.of(context.id, 0, 0, 0), item(itemTypes.abstractSyntax, asciiBytes(context.abstractSyntax)), ...syntaxes);
}

function encodeContextReply(context: ContextReply): Uint8Array {
  const syntax = item(itemTypes.transferSyntax, asciiBytes(context.transferSyntax ?? ''));
  return item(itemTypes.contextReply, Uint8Array.of(context.id, 0, context.result, 0), syntax);
}

function encodeUserInformation(information: UserInformation): Uint8Array {
  const { maximumLength, implementationClassUid, implementationVersionName, userIdentity, userIdentityAnswered } = information;
  const parts: Uint8Array[] = [];
  if (maximumLength !== null) parts.push(item(itemTypes.maximumLength, uint32be(maximumLength)));
  if (implementationClassUid !== null) parts.push(item(itemTypes.implementationClassUid, asciiBytes(implementationClassUid)));
  if (implementationVersionName !== null) parts.push(item(itemTypes.implementationVersionName, asciiBytes(implementationVersionName)));
  if (userIdentity) parts.push(encodeUserIdentity(userIdentity));
  if (userIdentityAnswered) parts.push(item(itemTypes.userIdentityResponse, uint16be(0)));
  return item(itemTypes.userInformation, ...parts);
}

function encodeUserIdentity(identity: UserIdentityRequest): Uint8Array {
  const head = Uint8Array.of(identity.type, identity.positiveResponseRequested ? 1 : 0);
  const { primaryField, secondaryField } = identity;
  return item(itemTypes.userIdentityRequest, head, uint16be(primaryField.length), primaryField, uint16be(secondaryField.length), secondaryField);
}

function encodeDataTransfer(pdu: DataTransfer): Uint8Array {
  return concat(pdu.values.map(encodeDataValue));
}

function encodeDataValue(value: DataValue): Uint8Array {
  const control = (value.isCommand ? 1 : 0) | (value.isLast ? 2 : 0);
  return concat([uint32be(value.data.length + 2), Uint8Array.of(value.contextId, control), value.data]);
}
