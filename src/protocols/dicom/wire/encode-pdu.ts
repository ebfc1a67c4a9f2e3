/** PDU → bytes. Opens no sockets. Refuses what PS3.8 does not allow instead of cutting it. */
import { ByteWriter } from './byte-writer.js';
import type { AssociateAccept, AssociateRequest, ContextReply, DataValue, Pdu, ProposedContext, UserIdentityRequest, UserInformation } from './pdu.js';
import { itemTypes, pduTypes } from './pdu.js';
import { applicationContextName } from './uids.js';

export function encodePdu(pdu: Pdu): Uint8Array {
  const writer = new ByteWriter().uint8(pduTypes[pdu.type], 0);
  return writer.counted32be(() => writeBody(writer, pdu)).finish();
}

function writeBody(writer: ByteWriter, pdu: Pdu): void {
  switch (pdu.type) {
    case 'associate-request':
      return writeAssociate(writer, pdu, () => {
        for (const context of pdu.contexts) writeProposedContext(writer, context);
      });
    case 'associate-accept':
      return writeAssociate(writer, pdu, () => {
        for (const context of pdu.contexts) writeContextReply(writer, context);
      });
    case 'associate-reject':
      return void writer.uint8(0, pdu.result, pdu.source, pdu.reason);
    case 'abort':
      return void writer.uint8(0, 0, pdu.source, pdu.reason);
    case 'data-transfer':
      for (const value of pdu.values) writeDataValue(writer, value);
      return;
    case 'release-request':
    case 'release-response':
      return void writer.zeros(4);
  }
}

function writeItem(writer: ByteWriter, type: number, content: () => void): void {
  writer.uint8(type, 0).counted16be(content);
}

const writeText = (writer: ByteWriter, type: number, text: string): void => writeItem(writer, type, () => writer.ascii(text));

/** 16 characters, padded with spaces; a blank title is not allowed (PS3.8 section 9.3.2). */
function paddedAeTitle(title: string): string {
  if (title.length > 16 || title.trim() === '' || !/^[\x20-\x7e]+$/.test(title) || title.includes('\\')) {
    throw new RangeError(`"${title}" is not an AE title: 1 to 16 printable ASCII characters, no backslash`);
  }
  return title.padEnd(16, ' ');
}

/** PS3.8 tables 9-11 and 9-17. */
function writeAssociate(writer: ByteWriter, pdu: AssociateRequest | AssociateAccept, contexts: () => void): void {
  writer.uint16be(1).zeros(2).ascii(paddedAeTitle(pdu.calledAeTitle)).ascii(paddedAeTitle(pdu.callingAeTitle)).zeros(32);
  writeText(writer, itemTypes.applicationContext, applicationContextName);
  contexts();
  writeItem(writer, itemTypes.userInformation, () => writeUserInformation(writer, pdu.userInformation));
}

function writeProposedContext(writer: ByteWriter, context: ProposedContext): void {
  writeItem(writer, itemTypes.proposedContext, () => {
    writer.uint8(context.id, 0, 0, 0);
    writeText(writer, itemTypes.abstractSyntax, context.abstractSyntax);
    for (const uid of context.transferSyntaxes) writeText(writer, itemTypes.transferSyntax, uid);
  });
}

function writeContextReply(writer: ByteWriter, context: ContextReply): void {
  writeItem(writer, itemTypes.contextReply, () => {
    writer.uint8(context.id, 0, context.result, 0);
    writeText(writer, itemTypes.transferSyntax, context.transferSyntax ?? '');
  });
}

function writeUserInformation(writer: ByteWriter, information: UserInformation): void {
  const { maximumLength, implementationClassUid, implementationVersionName, userIdentity, userIdentityAnswered } = information;
  if (maximumLength !== null) writeItem(writer, itemTypes.maximumLength, () => writer.uint32be(maximumLength));
  if (implementationClassUid !== null) writeText(writer, itemTypes.implementationClassUid, implementationClassUid);
  if (implementationVersionName !== null) writeText(writer, itemTypes.implementationVersionName, implementationVersionName);
  if (userIdentity) writeItem(writer, itemTypes.userIdentityRequest, () => writeUserIdentity(writer, userIdentity));
  if (userIdentityAnswered) writeItem(writer, itemTypes.userIdentityResponse, () => writer.uint16be(0));
}

function writeUserIdentity(writer: ByteWriter, identity: UserIdentityRequest): void {
  writer.uint8(identity.type, identity.positiveResponseRequested ? 1 : 0);
  writer.counted16be(() => writer.bytes(identity.primaryField)).counted16be(() => writer.bytes(identity.secondaryField));
}

/** PS3.8 table 9-23; message control header: bit 0 command, bit 1 last fragment. */
function writeDataValue(writer: ByteWriter, value: DataValue): void {
  writer.counted32be(() => writer.uint8(value.contextId, (value.isCommand ? 1 : 0) | (value.isLast ? 2 : 0)).bytes(value.data));
}
