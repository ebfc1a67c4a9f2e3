/** TRANSACTION and TRANSACTION2: answers in one message and in many, on any bytes; what lies is refused. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomeOf, survivesAnything } from '../../../../test/fixtures/decoding.js';
import { smb1Found, smb1TransactionAnswers } from '../../../estate/smb1-answers.js';
import { decodeSmb1Message, smb1Nowhere } from './smb1-message.js';
import {
  decodeSmb1Found,
  decodeSmb1TransactionResponse,
  encodeSmb1FindFirst,
  encodeSmb1FindNext,
  encodeSmb1PipeTransact,
  Smb1Parts,
  type Smb1TransactionPart,
} from './smb1-transaction.js';

const decode = (bytes: Uint8Array) => decodeSmb1TransactionResponse(decodeSmb1Message(bytes), 'transaction2');
const answers = (parameters: Uint8Array, data: Uint8Array, cut?: number) => smb1TransactionAnswers({ command: 'transaction2' }, { parameters, data }, cut);
const together = (parts: readonly Smb1TransactionPart[]) => {
  const whole = new Smb1Parts();
  return parts.map((part) => whole.add(part)).at(-1);
};

describe('decodeSmb1TransactionResponse', () => {
  it('gives a part or a WireError for any bytes', () => survivesAnything(decode, [...answers(smb1Found(1, 2, true), new Uint8Array(50), 20)]));

  it('puts together what came in several messages', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 1, max: 100 }), (parameters, data, cut) => {
        expect(together(answers(parameters, data, cut).map(decode))).toEqual({ parameters, data });
      }),
    );
  });

  it('ends or is a WireError for any parts, within what a message can count', () => {
    const part = fc.record({
      totalParameters: fc.nat(70_000),
      totalData: fc.nat(70_000),
      parameters: fc.uint8Array({ maxLength: 20 }),
      parametersAt: fc.nat(40),
      data: fc.uint8Array({ maxLength: 20 }),
      dataAt: fc.nat(40),
    });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const outcome = outcomeOf(() => together(parts), new Uint8Array(0));
        if (outcome && 'data' in outcome) expect(outcome.data.length).toBeLessThanOrEqual(160);
      }),
    );
  });

  const part = { totalParameters: 0, totalData: 8, parameters: new Uint8Array(0), parametersAt: 0, data: new Uint8Array(4), dataAt: 0 };
  it.each([
    ['a gap', [{ ...part, dataAt: 4 }]],
    ['the same part twice', [part, part]],
    ['more than the total', [{ ...part, totalData: 3 }]],
    ['nothing where more is due', [{ ...part, data: new Uint8Array(0) }]],
  ])('refuses %s', (_, parts) => expect(() => together(parts)).toThrow(/Data/));

  it('a total that shrinks on the way is the total', () => {
    expect(together([part, { ...part, totalData: 6, data: new Uint8Array(2), dataAt: 4 }])?.data).toHaveLength(6);
  });
});

describe('decodeSmb1Found', () => {
  it('gives an answer or a WireError for any bytes', () => survivesAnything((bytes) => decodeSmb1Found(bytes, true), [smb1Found(1, 2, true)]));

  it.each([
    [true, { search: 7, count: 3, isEnd: false }],
    [false, { search: null, count: 3, isEnd: true }],
  ])('of a first answer: %s', (isFirst, found) => expect(decodeSmb1Found(smb1Found(found.search, 3, found.isEnd), isFirst)).toEqual(found));
});

it.each([
  ['FIND_FIRST2', encodeSmb1FindFirst(smb1Nowhere, 1, '\\a'), 1],
  ['FIND_NEXT2', encodeSmb1FindNext(smb1Nowhere, 1, 9), 2],
  ['TRANSACT_NMPIPE', encodeSmb1PipeTransact(smb1Nowhere, 1, 9, new Uint8Array(7)), 0x26],
])('%s places what it carries at multiples of four', (_, bytes, subcommand) => {
  const { words } = decodeSmb1Message(bytes);
  const view = new DataView(words.buffer, words.byteOffset);
  expect([view.getUint16(20, true) % 4, view.getUint16(24, true) % 4, view.getUint16(28, true)]).toEqual([0, 0, subcommand]);
  expect(view.getUint16(24, true) + view.getUint16(22, true)).toBeLessThanOrEqual(bytes.length);
});
