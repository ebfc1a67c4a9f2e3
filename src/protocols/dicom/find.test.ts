/** C-FIND against a connection that answers for ever: what is sent, and that it ends. Odd answers stand in probe.test.ts. */
import { expect, it } from 'vitest';
import type { Connection } from '../../model/connection.js';
import type { Decode } from '../../model/wire.js';
import { toHex } from '../../net/cassette.js';
import { Association } from './association.js';
import { find } from './find.js';
import { key, tags } from './keys.js';
import { contextId } from './requests.js';
import { encodeDataSet } from './wire/data-set.js';
import { commandFields, encodeCommand, statuses } from './wire/dimse-command.js';
import { encodePdu } from './wire/encode-pdu.js';
import type { AssociateAccept } from './wire/pdu.js';
import { implicitVrLittleEndian } from './wire/uids.js';

const context = contextId('study-root-find');
const accept: AssociateAccept = {
  type: 'associate-accept',
  calledAeTitle: 'A',
  callingAeTitle: 'B',
  contexts: [{ id: context, result: 0, transferSyntax: implicitVrLittleEndian }],
  userInformation: { maximumLength: 0, implementationClassUid: null, implementationVersionName: null, userIdentity: null, userIdentityAnswered: false },
};
const row = encodePdu({
  type: 'data-transfer',
  values: [
    {
      contextId: context,
      isCommand: true,
      isLast: true,
      data: encodeCommand({
        commandField: commandFields['find-response'],
        affectedSopClassUid: null,
        messageId: null,
        messageIdBeingRespondedTo: 1,
        hasDataSet: true,
        status: statuses.pending,
      }),
    },
    {
      contextId: context,
      isCommand: false,
      isLast: true,
      data: encodeDataSet([key('StudyDate', '20180304'), key('StudyInstanceUID', '2.25.7')], implicitVrLittleEndian),
    },
  ],
});

class EndlessConnection implements Connection {
  readonly secure = undefined;
  readonly sent: string[] = [];
  received = 0;

  startTls(): Promise<Connection> {
    return Promise.reject(new Error('not here'));
  }

  async send(bytes: Uint8Array): Promise<void> {
    this.sent.push(toHex(bytes));
  }

  async receive<Message>(decode: Decode<Message>): Promise<Message> {
    this.received += 1;
    const decoded = decode(row);
    if (!decoded) throw new Error('a whole PDU was not enough');
    return decoded.message;
  }

  close(): void {}
}

it('a query that never ends is cancelled at its budget, then aborted, in a bounded number of rows', async () => {
  const connection = new EndlessConnection();
  const rows: ReadonlyMap<number, Uint8Array>[] = [];
  const result = await find(new Association(connection, accept), {
    context: 'study-root-find',
    keys: [key('QueryRetrieveLevel', 'STUDY'), key('StudyDate')],
    reads: [tags.StudyDate],
    budget: 5,
    onRow: (values) => void rows.push(values),
  });
  expect(result).toEqual({ answer: 'success', status: null, rows: 5, cancelled: true, responses: 505 });
  expect(rows.map((values) => [...values.keys()])).toEqual(Array.from({ length: 5 }, () => [tags.StudyDate]));
  expect(connection.received).toBeLessThan(1_000);
  // C-FIND-RQ, C-CANCEL-RQ (0FFFH) for message 1, A-ABORT
  expect(connection.sent).toHaveLength(3);
  expect(connection.sent[0]).toContain('00000001020000002000');
  expect(connection.sent[1]).toContain('0000000102000000ff0f00002001020000000100');
  expect(connection.sent[2]).toBe('07000000000400000000');
});
