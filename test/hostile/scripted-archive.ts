/**
 * A script for a small archive with synthetic studies: polite by default, and odd in the one place that a test names.
 * Knows only the questions that Dosimeter asks.
 */
import { key, tags } from '../../src/protocols/dicom/keys.js';
import { contextId } from '../../src/protocols/dicom/requests.js';
import { type Attribute, encodeDataSet, readAttributes } from '../../src/protocols/dicom/wire/data-set.js';
import { commandFields, decodeCommand, statuses } from '../../src/protocols/dicom/wire/dimse-command.js';
import type { AssociateAccept, AssociateReject, AssociateRequest, Pdu } from '../../src/protocols/dicom/wire/pdu.js';
import { asciiText } from '../../src/protocols/dicom/wire/text.js';
import { implicitVrLittleEndian, studyThatNobodyHas } from '../../src/protocols/dicom/wire/uids.js';
import type { Caller, Cut, HeardMessage, Script } from './scripted-peer.js';

/** What Dosimeter asks: C-ECHO, a query for nothing, studies, patients, series of one study, images of one series, one record. */
export type Question = 'echo' | 'nothing' | 'studies' | 'patients' | 'series' | 'images' | 'sample';

/** One request and the means to answer it. */
export interface Exchange {
  readonly caller: Caller;
  readonly heard: HeardMessage;
  /** A response with this status, and an identifier where one is given. */
  respond(status: number, row?: readonly Attribute[]): Promise<void>;
}

export type Rows = readonly (readonly Attribute[])[];

export interface Archive {
  /** Replaces the answer to an association request; `undefined` is silence. */
  readonly associate?: (request: AssociateRequest, caller: Caller) => Pdu | undefined;
  readonly rows?: Readonly<Partial<Record<Question, Rows>>>;
  /** Status of the last response; success where none is given. */
  readonly lastStatus?: Readonly<Partial<Record<Question, number>>>;
  /** Replaces the whole answer to a question. */
  readonly on?: Readonly<Partial<Record<Question, (exchange: Exchange) => Promise<void> | void>>>;
  readonly onRelease?: (caller: Caller) => Promise<void> | void;
  readonly cut?: Cut;
}

export function archiveScript(archive: Archive): Script {
  return async (caller) => {
    const request = await caller.hear();
    if (request.type !== 'associate-request') throw new Error(`${request.type} where an association request was due`);
    const answer = archive.associate ? archive.associate(request, caller) : acceptance(request);
    if (answer) await caller.say(answer);
    if (answer && answer.type !== 'associate-accept') return caller.hangUp();
    const syntaxes = new Map(answer?.contexts.map((context) => [context.id, context.transferSyntax ?? implicitVrLittleEndian]));
    for (;;) {
      const pdu = await caller.hear();
      if (pdu.type === 'release-request') return await (archive.onRelease ?? releasePolitely)(caller);
      if (pdu.type !== 'data-transfer') return caller.hangUp();
      const heard = await caller.messageOf(pdu);
      if (heard.command.commandField !== commandFields['cancel-request']) await answerMessage(archive, caller, heard, syntaxes.get(heard.contextId) ?? '');
    }
  };
}

async function releasePolitely(caller: Caller): Promise<void> {
  await caller.say({ type: 'release-response' });
  caller.hangUp();
}

export const rejection = (result: number, source: number, reason: number): AssociateReject => ({ type: 'associate-reject', result, source, reason });

/** Takes all contexts but the canary and those left out. */
export function acceptance(
  request: AssociateRequest,
  but: { without?: readonly number[]; transferSyntax?: string; promiscuous?: boolean; identityAnswered?: boolean } = {},
): AssociateAccept {
  const refused = new Set([...(but.without ?? []), ...(but.promiscuous ? [] : [contextId('canary')])]);
  const contexts = request.contexts.map(({ id }) =>
    refused.has(id) ? { id, result: 3, transferSyntax: null } : { id, result: 0, transferSyntax: but.transferSyntax ?? implicitVrLittleEndian },
  );
  const userInformation = {
    maximumLength: 16_384,
    implementationClassUid: '2.25.1234',
    implementationVersionName: 'SCRIPTED_1',
    userIdentity: null,
    userIdentityAnswered: but.identityAnswered ?? false,
  };
  return { type: 'associate-accept', calledAeTitle: request.calledAeTitle, callingAeTitle: request.callingAeTitle, contexts, userInformation };
}

async function answerMessage(archive: Archive, caller: Caller, heard: HeardMessage, transferSyntax: string): Promise<void> {
  const question = questionOf(heard, transferSyntax);
  const respond = (status: number, row?: readonly Attribute[]) => {
    const command = {
      commandField: heard.command.commandField | 0x8000,
      affectedSopClassUid: heard.command.affectedSopClassUid,
      messageId: null,
      messageIdBeingRespondedTo: heard.command.messageId,
      hasDataSet: row !== undefined,
      status,
    };
    return caller.sayMessage(heard.contextId, command, encodeDataSet(row ?? [], transferSyntax), archive.cut);
  };
  const exchange = { caller, heard, respond };
  const own = archive.on?.[question];
  if (own) return own(exchange);
  await answerRows(exchange, archive.rows?.[question] ?? [], archive.lastStatus?.[question] ?? statuses.success);
}

/** Row by row, until the last or until C-CANCEL comes. */
export async function answerRows({ caller, respond }: Exchange, rows: Rows, lastStatus: number): Promise<void> {
  for (const row of rows) {
    if (await wasCancelled(caller)) return respond(statuses.cancelled);
    await respond(statuses.pending, row);
  }
  await respond(lastStatus);
}

async function wasCancelled(caller: Caller): Promise<boolean> {
  const pdu = await caller.hearNow();
  return (
    pdu?.type === 'data-transfer' && pdu.values.some((value) => value.isCommand && decodeCommand(value.data).commandField === commandFields['cancel-request'])
  );
}

function questionOf({ command, dataSet }: HeardMessage, transferSyntax: string): Question {
  if (command.commandField === commandFields['echo-request']) return 'echo';
  const values = readAttributes(dataSet, transferSyntax, new Set(Object.values(tags)));
  const text = (tag: number) => asciiText(values.get(tag) ?? new Uint8Array(0), 64);
  if (text(tags.StudyInstanceUID) === studyThatNobodyHas || text(tags.PatientID) !== '') return 'nothing';
  if (values.has(tags.PatientName)) return 'sample';
  return ({ STUDY: 'studies', SERIES: 'series', IMAGE: 'images' } as const)[text(tags.QueryRetrieveLevel)] ?? 'patients';
}

/** A study as a row of a count query; a part that is `null` is left out. */
export function study(number: number, date: string | null = '20180304', images: number | string | null = 10): readonly Attribute[] {
  const parts = [key('QueryRetrieveLevel', 'STUDY'), key('StudyInstanceUID', `2.25.${1000 + number}`)];
  if (date !== null) parts.push(key('StudyDate', date));
  if (images !== null) parts.push(key('NumberOfStudyRelatedInstances', String(images)));
  return parts;
}

/** A patient as a row of a count query, without an ID. */
export function patient(studies: number | null, images: number | null): readonly Attribute[] {
  const parts = [key('QueryRetrieveLevel', 'PATIENT'), key('PatientID')];
  if (studies !== null) parts.push(key('NumberOfPatientRelatedStudies', String(studies)));
  if (images !== null) parts.push(key('NumberOfPatientRelatedInstances', String(images)));
  return parts;
}

export const studies = (count: number): Rows => Array.from({ length: count }, (_, index) => study(index));
