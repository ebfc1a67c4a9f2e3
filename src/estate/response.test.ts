import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePdu } from '../protocols/dicom/wire/decode-pdu.js';
import { commandFields, decodeCommand } from '../protocols/dicom/wire/dimse-command.js';
import type { DataValue } from '../protocols/dicom/wire/pdu.js';
import { response } from './response.js';

const request = {
  commandField: commandFields['find-request'],
  affectedSopClassUid: '1.2.3',
  messageId: 7,
  messageIdBeingRespondedTo: null,
  hasDataSet: true,
  status: null,
};

function values(bytes: Uint8Array, longest: number): readonly DataValue[] {
  const found: DataValue[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const decoded = decodePdu(rest, longest);
    if (decoded?.message.type !== 'data-transfer') throw new Error('not a whole P-DATA-TF');
    found.push(...decoded.message.values);
    rest = rest.subarray(decoded.consumed);
  }
  return found;
}

describe('response', () => {
  it('says the same in pieces of any size, none longer than the requestor takes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 3_000 }), fc.integer({ min: 128, max: 2_000 }), (dataSet, maximumLength) => {
        const parts = values(response({ request, contextId: 5, maximumLength }, 0xff00, dataSet), maximumLength);
        const command = parts.filter(({ isCommand }) => isCommand);
        const data = parts.filter(({ isCommand }) => !isCommand);
        expect(decodeCommand(Buffer.concat(command.map((part) => part.data)))).toEqual({
          commandField: commandFields['find-response'],
          affectedSopClassUid: '1.2.3',
          messageId: null,
          messageIdBeingRespondedTo: 7,
          hasDataSet: true,
          status: 0xff00,
        });
        expect(Buffer.concat(data.map((part) => part.data))).toEqual(Buffer.from(dataSet));
        expect(parts.every(({ contextId }) => contextId === 5)).toBe(true);
        for (const group of [command, data]) expect(group.map(({ isLast }) => isLast)).toEqual(group.map((_, index) => index === group.length - 1));
      }),
    );
  });

  it('has no data set where there is no row, and answers an echo as an echo', () => {
    const echo = { ...request, commandField: commandFields['echo-request'], hasDataSet: false };
    const [only, ...more] = values(response({ request: echo, contextId: 1, maximumLength: 0 }, 0), 16_384);
    expect(more).toEqual([]);
    expect(decodeCommand(only?.data ?? new Uint8Array(0))).toMatchObject({ commandField: commandFields['echo-response'], hasDataSet: false, status: 0 });
  });
});
