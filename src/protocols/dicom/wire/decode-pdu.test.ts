/** decodePdu and encodePdu on any bytes and on any PDU. Byte fixtures of real stacks stand in pdu-fixtures.test.ts. */
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Decoded, WireError } from '../../../model/wire.js';
import { decodePdu } from './decode-pdu.js';
import { encodePdu } from './encode-pdu.js';
import type { AssociateAccept, AssociateRequest, DataValue, Pdu, UserInformation } from './pdu.js';

const limit = 131_072;

const uid = fc.stringMatching(/^[0-9.]{1,64}$/);
const byte = fc.nat(255);
const printable = [...Array(95).keys()].map((index) => String.fromCharCode(0x20 + index)).filter((character) => character !== '\\');
const title = fc.string({ unit: fc.constantFrom(...printable), minLength: 1, maxLength: 16 }).filter((text) => text.trim() === text);
const field = fc.uint8Array({ maxLength: 40 });

const userInformation: fc.Arbitrary<UserInformation> = fc.record({
  maximumLength: fc.option(fc.nat(0xffffffff)),
  implementationClassUid: fc.option(uid),
  implementationVersionName: fc.option(title),
  userIdentity: fc.option(fc.record({ type: byte, positiveResponseRequested: fc.boolean(), primaryField: field, secondaryField: field })),
  userIdentityAnswered: fc.boolean(),
});
const titles = { calledAeTitle: title, callingAeTitle: title, userInformation };
const proposed = fc.record({ id: byte, abstractSyntax: uid, transferSyntaxes: fc.array(uid, { maxLength: 4 }) });
const replied = fc.record({ id: byte, result: byte, transferSyntax: fc.option(uid) });
const associateRequest: fc.Arbitrary<AssociateRequest> = fc.record({
  type: fc.constant('associate-request' as const),
  ...titles,
  contexts: fc.array(proposed, { maxLength: 6 }),
});
const associateAccept: fc.Arbitrary<AssociateAccept> = fc.record({
  type: fc.constant('associate-accept' as const),
  ...titles,
  contexts: fc.array(replied, { maxLength: 6 }),
});
const dataValue: fc.Arbitrary<DataValue> = fc.record({
  contextId: byte,
  isCommand: fc.boolean(),
  isLast: fc.boolean(),
  data: fc.uint8Array({ maxLength: 300 }),
});

const pdu: fc.Arbitrary<Pdu> = fc.oneof(
  associateRequest,
  associateAccept,
  fc.record({ type: fc.constant('associate-reject' as const), result: byte, source: byte, reason: byte }),
  fc.record({ type: fc.constant('data-transfer' as const), values: fc.array(dataValue, { maxLength: 6 }) }),
  fc.record({ type: fc.constant('release-request' as const) }),
  fc.record({ type: fc.constant('release-response' as const) }),
  fc.record({ type: fc.constant('abort' as const), source: byte, reason: byte }),
);

/** Noise that starts like a PDU, so that more than the first byte is looked at: right type, right length, any body. */
const almostPdu = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.uint8Array({ maxLength: 400 })).map(([type, body]) => framed(type, body));
/** A good PDU with some bytes overwritten. */
const damaged = fc.tuple(pdu, fc.array(fc.tuple(fc.nat(2000), byte), { minLength: 1, maxLength: 5 })).map(([message, changes]) => {
  const bytes = encodePdu(message).slice();
  for (const [at, value] of changes) bytes[at % bytes.length] = value;
  return bytes;
});
const anyBytes = fc.oneof(fc.uint8Array({ maxLength: 300 }), almostPdu, damaged);

function framed(type: number, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(6 + body.length);
  new DataView(bytes.buffer).setUint32(2, body.length);
  bytes[0] = type;
  bytes.set(body, 6);
  return bytes;
}

type Outcome = Decoded<Pdu> | undefined | { readonly error: string };

/** Anything but a `WireError` is thrown on and fails the property. */
function outcome(bytes: Uint8Array): Outcome {
  try {
    return decodePdu(bytes, limit);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    expect(error.offset).toBeLessThanOrEqual(bytes.length);
    return { error: error.message };
  }
}

function oneByteAtATime(bytes: Uint8Array): Outcome {
  for (let length = 0; length < bytes.length; length += 1) {
    const early = outcome(bytes.subarray(0, length));
    if (early) return early;
  }
  return outcome(bytes);
}

describe('decodePdu', () => {
  it('gives nothing, a message or a WireError for any bytes, and consumes what is there', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const result = outcome(bytes);
        if (!result || 'error' in result) return;
        expect(result.consumed).toBeGreaterThan(0);
        expect(result.consumed).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('answers the same to one byte at a time as to all at once', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(oneByteAtATime(bytes)).toEqual(outcome(bytes));
      }),
      { numRuns: 500 },
    );
  });

  it('reads back every PDU that encodePdu writes', () => {
    fc.assert(
      fc.property(pdu, (message) => {
        const bytes = encodePdu(message);
        expect(decodePdu(bytes, limit)).toEqual({ message, consumed: bytes.length });
      }),
      { numRuns: 2000 },
    );
  });

  it('takes the first of several PDUs and leaves the rest', () => {
    fc.assert(
      fc.property(pdu, fc.uint8Array({ maxLength: 50 }), (message, rest) => {
        const first = encodePdu(message);
        expect(decodePdu(Uint8Array.of(...first, ...rest), limit)).toEqual({ message, consumed: first.length });
      }),
    );
  });

  it.each([0, 1])('refuses a value of length %i, which has no room for its header', (length) => {
    expect(() => decodePdu(framed(4, Uint8Array.of(0, 0, 0, length, 1, 3)), limit)).toThrow(/PDV-item-length at byte 6/);
  });

  it('does not keep a view of the bytes it was given', () => {
    const bytes = encodePdu({ type: 'data-transfer', values: [{ contextId: 1, isCommand: true, isLast: true, data: Uint8Array.of(1, 2, 3) }] }).slice();
    const decoded = decodePdu(bytes, limit);
    bytes.fill(0xff);
    expect(decoded?.message).toEqual({ type: 'data-transfer', values: [{ contextId: 1, isCommand: true, isLast: true, data: Uint8Array.of(1, 2, 3) }] });
  });
});

describe('the length limit', () => {
  const header = (type: number, length: number) => framed(type, new Uint8Array(0)).map((value, at) => (at >= 2 ? (length >>> (8 * (5 - at))) & 0xff : value));

  it.each([1, 2, 3, 4, 5, 6, 7])('refuses PDU type %i from the six header bytes alone', (type) => {
    expect(() => decodePdu(header(type, limit + 1), limit)).toThrow(WireError);
    expect(() => decodePdu(header(type, 0xffffffff), limit)).toThrow(/PDU-length at byte 2/);
    expect(decodePdu(header(type, limit), limit)).toBeUndefined();
    expect(decodePdu(header(type, limit + 1).subarray(0, 5), limit)).toBeUndefined();
  });

  it('refuses a type that does not exist from the first byte alone', () => {
    for (const type of [0, 8, 0x47, 0xff]) expect(() => decodePdu(Uint8Array.of(type), limit)).toThrow(/PDU-type at byte 0/);
  });
});

describe('work', () => {
  afterEach(() => vi.restoreAllMocks());

  /** How many numbers were read out of the message. */
  function countReads(): () => number {
    const spies = (['getUint8', 'getUint16', 'getUint32'] as const).map((name) => vi.spyOn(DataView.prototype, name));
    return () => spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  }

  it('looks at the length only, however much of an unfinished PDU is there', () => {
    const bytes = framed(2, new Uint8Array(100_000)).subarray(0, 99_999);
    const reads = countReads();
    expect(decodePdu(bytes, limit)).toBeUndefined();
    expect(reads()).toBe(1);
  });

  it.each([
    ['an acceptance of 30,000 empty items', 2, (body: Uint8Array) => body.fill(0, 68)],
    ['user information of 16,000 empty sub-items', 2, (body: Uint8Array) => body.fill(0, 68).set([0x50, 0, 0xff, 0xfc], 68)],
    ['a data transfer of 20,000 empty values', 4, (body: Uint8Array) => body.map((_, at) => (at % 6 === 3 ? 2 : 0))],
  ])('is linear for %s', (_, type, fill) => {
    const body = new Uint8Array(type === 4 ? 120_000 : 68 + 120_000);
    const bytes = framed(type, fill(body) ?? body);
    const reads = countReads();
    const result = outcome(bytes);
    expect(result).toHaveProperty('message');
    expect(reads()).toBeGreaterThan(10_000);
    expect(reads()).toBeLessThanOrEqual(bytes.length);
  });
});

describe('encodePdu', () => {
  const request: AssociateRequest = {
    type: 'associate-request',
    calledAeTitle: 'A',
    callingAeTitle: 'B',
    contexts: [],
    userInformation: { maximumLength: null, implementationClassUid: null, implementationVersionName: null, userIdentity: null, userIdentityAnswered: false },
  };

  it.each(['', '   ', 'SEVENTEEN_LETTERS', 'BACK\\SLASH', 'TAB\tTITLE', 'ÄRZTE'])('refuses %j as an AE title', (bad) => {
    expect(() => encodePdu({ ...request, calledAeTitle: bad })).toThrow(RangeError);
    expect(() => encodePdu({ ...request, callingAeTitle: bad })).toThrow(RangeError);
  });

  it('refuses an item longer than its 16-bit length instead of cutting it', () => {
    const transferSyntaxes = Array.from({ length: 4000 }, () => '1.2.840.10008.1.2');
    expect(() => encodePdu({ ...request, contexts: [{ id: 1, abstractSyntax: '1.2', transferSyntaxes }] })).toThrow(RangeError);
  });
});
