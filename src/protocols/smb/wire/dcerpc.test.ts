/** DCE/RPC fragments, on any bytes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyBytesNear, outcomeOf } from '../../../../test/fixtures/decoding.js';
import { bindAck, rpcResponse } from '../../../estate/smb-answers.js';
import { decodeFragment, encodeBind, encodeRpcRequest } from './dcerpc.js';

const good = [bindAck(1), rpcResponse(2, new Uint8Array(60), 25)];

describe('decodeFragment', () => {
  it('gives nothing, a fragment or a WireError for any bytes, one at a time as all at once', () => {
    fc.assert(
      fc.property(anyBytesNear(good), (bytes) => {
        let early: unknown;
        for (let length = 0; length < bytes.length && early === undefined; length += 1) early = outcomeOf(decodeFragment, bytes.subarray(0, length));
        expect(early ?? outcomeOf(decodeFragment, bytes)).toEqual(outcomeOf(decodeFragment, bytes));
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads a response back, however it was cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 120 }), (stub, cut) => {
        let rest = rpcResponse(2, stub, cut);
        const parts: number[] = [];
        for (;;) {
          const decoded = decodeFragment(rest);
          if (decoded?.fragment.type !== 'response') throw new Error('no response');
          parts.push(...decoded.fragment.stub);
          rest = rest.subarray(decoded.consumed);
          if (decoded.fragment.isLast) break;
        }
        expect(Uint8Array.from(parts)).toEqual(stub);
        expect(rest.length).toBe(0);
      }),
    );
  });

  it.each([
    ['a refused bind', bindAck(1, 2), { type: 'bind-ack', accepted: false }],
    ['an accepted one', bindAck(1), { type: 'bind-ack', accepted: true }],
    ['a bind-nak', Uint8Array.of(5, 0, 13, 3, 16, 0, 0, 0, 18, 0, 0, 0, 1, 0, 0, 0, 0, 0), { type: 'bind-nak' }],
    ['a fault', Uint8Array.of(5, 0, 3, 3, 16, 0, 0, 0, 28, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0), { type: 'fault', status: 5 }],
  ])('knows %s', (_, bytes, fragment) => {
    expect(decodeFragment(bytes)?.fragment).toEqual(fragment);
  });

  it('refuses what we ask, and big-endian', () => {
    expect(() => decodeFragment(encodeBind(1))).toThrow(/PTYPE/);
    expect(() => decodeFragment(encodeRpcRequest(2, 15, new Uint8Array(4)))).toThrow(/PTYPE/);
    const big = bindAck(1);
    big[4] = 0;
    expect(() => decodeFragment(big)).toThrow(/little-endian/);
  });
});
