/** One C-ECHO (PS3.7 section 9.3.5). */

import { brokeOff, finalAnswer } from './answers.js';
import type { Association } from './association.js';
import type { DicomEvidence } from './evidence.js';
import { acceptedTransferSyntax } from './find.js';
import { contextId } from './requests.js';
import { abstractSyntaxes } from './wire/contexts.js';
import { commandFields } from './wire/dimse-command.js';

const withinMs = 8_000;

/** Never throws for what the peer does. */
export async function echo(association: Association): Promise<DicomEvidence['echo']> {
  if (acceptedTransferSyntax(association, 'verification') === undefined) return { answer: 'not-negotiated', status: null };
  const messageId = association.nextMessageId();
  const affectedSopClassUid = abstractSyntaxes.verification;
  const request = {
    commandField: commandFields['echo-request'],
    affectedSopClassUid,
    messageId,
    messageIdBeingRespondedTo: null,
    hasDataSet: false,
    status: null,
  };
  try {
    await association.send(contextId('verification'), request);
    const { command } = await association.receive(withinMs);
    const isAnswer = command.commandField === commandFields['echo-response'] && command.messageIdBeingRespondedTo === messageId;
    if (!isAnswer || command.status === null) return { answer: 'wrong-answer', status: null };
    return { answer: finalAnswer(command.status), status: command.status };
  } catch (error) {
    return { answer: brokeOff(error), status: null };
  }
}
