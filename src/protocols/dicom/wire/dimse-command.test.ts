/** decodeCommand and encodeCommand on any bytes and any command. */
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WireError } from '../../../model/wire.js';
import { commandFields, type DimseCommand, decodeCommand, encodeCommand } from './dimse-command.js';

const number = fc.option(fc.nat(0xffff));
const command: fc.Arbitrary<DimseCommand> = fc.record({
  commandField: fc.oneof(fc.constantFrom(...Object.values(commandFields)), fc.nat(0xffff)),
  affectedSopClassUid: fc.option(fc.stringMatching(/^[0-9.]{1,64}$/)),
  messageId: number,
  messageIdBeingRespondedTo: number,
  hasDataSet: fc.boolean(),
  status: number,
});

/** One element of a command set with any tag and any, mostly truthful, length. */
const element = fc
  .tuple(
    fc.constantFrom(0, 0, 0, 8),
    fc.constantFrom(0x0000, 0x0002, 0x0100, 0x0110, 0x0120, 0x0800, 0x0900, 0x0902),
    fc.uint8Array({ maxLength: 6 }),
    fc.constantFrom(0, 0, 0, 1),
  )
  .map(([group, number, value, lie]) => Uint8Array.of(group, 0, number & 0xff, number >> 8, value.length + lie, 0, 0, 0, ...value));
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.array(element, { maxLength: 10 }).map((parts) => Uint8Array.from(parts.flatMap((part) => [...part]))),
  fc.tuple(command, fc.nat(200)).map(([message, cut]) => encodeCommand(message).slice(0, cut)),
);

describe('decodeCommand', () => {
  it('gives a command or a WireError for any bytes', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        try {
          expect(decodeCommand(bytes)).toHaveProperty('commandField');
        } catch (error) {
          if (!(error instanceof WireError)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('reads back every command that encodeCommand writes', () => {
    fc.assert(
      fc.property(command, (message) => {
        expect(decodeCommand(encodeCommand(message))).toEqual(message);
      }),
      { numRuns: 1000 },
    );
  });

  it('names the field that is missing or in the wrong group', () => {
    expect(() => decodeCommand(new Uint8Array(0))).toThrow(/Command Field/);
    expect(() => decodeCommand(Uint8Array.of(0, 0, 0, 1, 2, 0, 0, 0, 0x30, 0x80))).toThrow(/Command Data Set Type/);
    expect(() => decodeCommand(Uint8Array.of(8, 0, 0x52, 0, 0, 0, 0, 0))).toThrow(/group/);
    expect(() => decodeCommand(Uint8Array.of(0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff))).toThrow(/value/);
  });
});

describe('work', () => {
  afterEach(() => vi.restoreAllMocks());

  it('is linear: two reads of a number for each element of eight bytes or more', () => {
    const bytes = new Uint8Array(80_000); // ten thousand times (0000,0000), empty
    const reads = [vi.spyOn(DataView.prototype, 'getUint16'), vi.spyOn(DataView.prototype, 'getUint32')];
    expect(() => decodeCommand(bytes)).toThrow(/Command Field/);
    const count = reads.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
    expect(count).toBeGreaterThanOrEqual(30_000);
    expect(count).toBeLessThanOrEqual(30_010);
  });
});

describe('encodeCommand', () => {
  it('states the length of its group and keeps elements in ascending order', () => {
    fc.assert(
      fc.property(command, (message) => {
        const bytes = encodeCommand(message);
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        expect(view.getUint32(8, true)).toBe(bytes.length - 12);
        let last = -1;
        for (let at = 0; at < bytes.length; at += 8 + view.getUint32(at + 4, true)) {
          expect(view.getUint16(at + 2, true)).toBeGreaterThan(last);
          last = view.getUint16(at + 2, true);
        }
      }),
    );
  });

  it('cannot say retrieve or store', () => {
    // C-STORE 0001H, C-GET 0010H, C-MOVE 0021H, N-SET 0120H, N-ACTION 0130H, N-CREATE 0140H, N-DELETE 0150H
    const forbidden = [0x0001, 0x0010, 0x0021, 0x0120, 0x0130, 0x0140, 0x0150];
    expect(Object.values(commandFields).filter((field) => forbidden.includes(field))).toEqual([]);
  });
});
