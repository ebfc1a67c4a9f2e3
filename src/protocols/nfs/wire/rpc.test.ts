/** Calls as they go out, and replies of every kind. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireError } from '../../../model/wire.js';
import { encodeRecord } from './record.js';
import { decodeReply, encodeCall, type RpcReply } from './rpc.js';
import { XdrWriter } from './xdr.js';

const limit = 4_096;
const nothing = new Uint8Array(0);
const accepted = (xid: number, status: number) => new XdrWriter().uint32(xid, 1, 0, 0, 0, status);

describe('a call', () => {
  it('is RPC version 2, with the credential and no verifier', () => {
    const call = encodeCall({
      xid: 7,
      program: 100_003,
      version: 3,
      procedure: 4,
      credential: { flavour: 'sys', uid: 65_534, gid: 65_534 },
      parameters: Uint8Array.of(0, 0, 0, 9),
    });
    const expected = new XdrWriter().uint32(7, 0, 2, 100_003, 3, 4, 1, 32, 0).text('dosimeter').uint32(65_534, 65_534, 0, 0, 0, 9).finish();
    expect(call).toEqual(encodeRecord(expected));
  });

  it.each([
    ['none', 0],
    ['tls', 7],
  ] as const)('with flavour %s has an empty credential', (flavour, number) => {
    const call = encodeCall({ xid: 1, program: 1, version: 1, procedure: 0, credential: { flavour }, parameters: nothing });
    expect(call).toEqual(encodeRecord(new XdrWriter().uint32(1, 0, 2, 1, 1, 0, number, 0, 0, 0).finish()));
  });
});

describe('a reply', () => {
  const results = Uint8Array.of(1, 2, 3, 4);
  it.each<[string, Uint8Array, RpcReply['answer']]>([
    ['success', accepted(5, 0).fixed(results).finish(), { answer: 'success', results }],
    ['PROG_UNAVAIL', accepted(5, 1).finish(), { answer: 'program-unavailable' }],
    ['PROG_MISMATCH', accepted(5, 2).uint32(3, 4).finish(), { answer: 'program-mismatch', low: 3, high: 4 }],
    ['PROC_UNAVAIL', accepted(5, 3).finish(), { answer: 'procedure-unavailable' }],
    ['GARBAGE_ARGS', accepted(5, 4).finish(), { answer: 'garbage-arguments' }],
    ['SYSTEM_ERR', accepted(5, 5).finish(), { answer: 'system-error' }],
    ['RPC_MISMATCH', new XdrWriter().uint32(5, 1, 1, 0, 2, 2).finish(), { answer: 'rpc-mismatch', low: 2, high: 2 }],
    ['AUTH_TOOWEAK', new XdrWriter().uint32(5, 1, 1, 1, 5).finish(), { answer: 'authentication-refused', status: 5 }],
  ])('%s', (_, record, answer) => {
    expect(decodeReply(encodeRecord(record), limit)?.message).toMatchObject({ xid: 5, answer });
  });

  it('STARTTLS stands in the verifier (RFC 9289 section 4.1)', () => {
    const record = new XdrWriter().uint32(5, 1, 0, 0).text('STARTTLS').uint32(0).finish();
    const verifier = decodeReply(encodeRecord(record), limit)?.message.verifier;
    expect(String.fromCharCode(...(verifier?.body ?? []))).toBe('STARTTLS');
  });

  it.each([
    ['a call', new XdrWriter().uint32(5, 0).finish()],
    ['neither accepted nor denied', new XdrWriter().uint32(5, 1, 2).finish()],
    ['a verifier of 4 GiB', new XdrWriter().uint32(5, 1, 0, 0, 0xffffffff).finish()],
    ['a status that is not defined', accepted(5, 9).finish()],
    ['a denial that is not defined', new XdrWriter().uint32(5, 1, 1, 7).finish()],
    ['an end in the middle', new XdrWriter().uint32(5, 1).finish()],
  ])('%s is malformed', (_, record) => {
    expect(() => decodeReply(encodeRecord(record), limit)).toThrow(WireError);
  });

  it('any record gives a reply or a WireError; one byte at a time gives the same as all at once', () => {
    const words = fc.array(fc.oneof(fc.nat(3), fc.nat(0xffffffff)), { maxLength: 14 }).map((values) => new XdrWriter().uint32(...values).finish());
    const outcome = (bytes: Uint8Array) => {
      try {
        return decodeReply(bytes, limit);
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        return error.message;
      }
    };
    fc.assert(
      fc.property(fc.oneof(words, fc.uint8Array({ maxLength: 60 })), (record) => {
        const bytes = encodeRecord(record);
        const whole = outcome(bytes);
        expect(whole).toBeDefined();
        for (let end = 0; end < bytes.length; end += 1) expect(outcome(bytes.subarray(0, end))).toBeUndefined();
      }),
    );
  });
});
