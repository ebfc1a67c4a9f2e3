/** One C-FIND (PS3.7 section 9.3.2): rows are handed out one at a time and not kept; it stops itself at a budget with C-CANCEL. */

import { brokeOff, finalAnswer } from './answers.js';
import type { Association, DimseMessage } from './association.js';
import type { DimseAnswer } from './evidence.js';
import { contextId } from './requests.js';
import { abstractSyntaxes, type ContextName } from './wire/contexts.js';
import { type Attribute, encodeDataSet, readAttributes } from './wire/data-set.js';
import { commandFields, type DimseCommand, statuses } from './wire/dimse-command.js';
import { implicitVrLittleEndian } from './wire/uids.js';

/** An archive with millions of studies may think for a while before its first row. */
const firstResponseWithinMs = 20_000;
const nextResponseWithinMs = 10_000;
/** Rows that may still come after C-CANCEL before we leave with A-ABORT: what a fast archive had already sent off, and not a list without end. */
const rowsAfterCancel = 500;

export interface FindRequest {
  readonly context: ContextName;
  readonly keys: readonly Attribute[];
  /** At most so many rows are taken. */
  readonly budget: number;
  /** Tags of the keys whose values `onRow` gets; all others are stepped over as bytes. */
  readonly reads: readonly number[];
  /** Sees those values; whatever it does not keep is gone. */
  onRow?(values: ReadonlyMap<number, Uint8Array>): void;
}

export interface FindResult {
  readonly answer: DimseAnswer;
  readonly status: number | null;
  readonly rows: number;
  /** The budget was reached and the rest was cancelled. */
  readonly cancelled: boolean;
  /** All responses: the rows, those that came after C-CANCEL, and the last one. */
  readonly responses: number;
}

interface Progress {
  rows: number;
  cancelled: boolean;
  responses: number;
}

/** Never throws for what the peer does. */
export async function find(association: Association, request: FindRequest): Promise<FindResult> {
  const transferSyntax = acceptedTransferSyntax(association, request.context);
  if (transferSyntax === undefined) return { answer: 'not-negotiated', status: null, rows: 0, cancelled: false, responses: 0 };
  const progress: Progress = { rows: 0, cancelled: false, responses: 0 };
  try {
    const messageId = association.nextMessageId();
    await association.send(contextId(request.context), findCommand(request.context, messageId), encodeDataSet(request.keys, transferSyntax));
    return await collectRows(association, request, transferSyntax, messageId, progress);
  } catch (error) {
    const answer = brokeOff(error);
    if (answer === 'wrong-answer') await association.abort();
    return { answer, status: null, ...progress };
  }
}

export function acceptedTransferSyntax(association: Association, context: ContextName): string | undefined {
  const reply = association.accept.contexts.find((entry) => entry.id === contextId(context));
  return reply?.result === 0 ? (reply.transferSyntax ?? implicitVrLittleEndian) : undefined;
}

function findCommand(context: ContextName, messageId: number): DimseCommand {
  const affectedSopClassUid = abstractSyntaxes[context];
  return { commandField: commandFields['find-request'], affectedSopClassUid, messageId, messageIdBeingRespondedTo: null, hasDataSet: true, status: null };
}

async function collectRows(association: Association, request: FindRequest, transferSyntax: string, messageId: number, progress: Progress): Promise<FindResult> {
  const wanted = new Set(request.reads);
  for (let late = 0; late < rowsAfterCancel; ) {
    const message = await association.receive(progress.rows === 0 ? firstResponseWithinMs : nextResponseWithinMs);
    progress.responses += 1;
    if (!isResponseTo(message, messageId)) return wrongAnswer(association, progress);
    const { status } = message.command;
    if (status !== statuses.pending && status !== statuses.pendingWithWarning) return finished(status, progress, late);
    if (progress.cancelled) late += 1;
    else await takeRow(association, request, readAttributes(message.dataSet, transferSyntax, wanted), messageId, progress);
  }
  await association.abort();
  return { answer: 'success', status: null, ...progress };
}

async function takeRow(
  association: Association,
  request: FindRequest,
  values: ReadonlyMap<number, Uint8Array>,
  messageId: number,
  progress: Progress,
): Promise<void> {
  progress.rows += 1;
  request.onRow?.(values);
  if (progress.rows < request.budget) return;
  progress.cancelled = true;
  await association.send(contextId(request.context), cancelCommand(messageId));
}

function cancelCommand(messageIdBeingRespondedTo: number): DimseCommand {
  return {
    commandField: commandFields['cancel-request'],
    affectedSopClassUid: null,
    messageId: null,
    messageIdBeingRespondedTo,
    hasDataSet: false,
    status: null,
  };
}

const isResponseTo = (message: DimseMessage, messageId: number): boolean =>
  message.command.commandField === commandFields['find-response'] && message.command.messageIdBeingRespondedTo === messageId;

/**
 * A cancelled query ends with FE00H, or with success where the last row was already out: both mean that it was granted.
 * Orthanc sends the remaining rows all the same; they are not taken, so the query still counts as cancelled.
 */
function finished(status: number | null, progress: Progress, late: number): FindResult {
  if (status === null) return { answer: 'wrong-answer', status, ...progress };
  if (status === statuses.success) return { answer: 'success', status, ...progress, cancelled: progress.cancelled && late > 0 };
  return { answer: progress.cancelled ? 'success' : finalAnswer(status), status, ...progress };
}

async function wrongAnswer(association: Association, progress: Progress): Promise<FindResult> {
  await association.abort();
  return { answer: 'wrong-answer', status: null, ...progress };
}
