import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ReceiveBuffer } from './receive-buffer.js';

describe('ReceiveBuffer', () => {
  /** Append so many bytes, or consume a share of what is there. */
  const step = fc.oneof(fc.uint8Array({ maxLength: 3000 }), fc.double({ min: 0, max: 1, noNaN: true }));

  it('holds what a plain array would hold', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const buffer = new ReceiveBuffer();
        let plain: readonly number[] = [];
        for (const part of steps) {
          if (typeof part === 'number') {
            const count = Math.floor(part * plain.length);
            buffer.consume(count);
            plain = plain.slice(count);
          } else {
            buffer.append(part);
            plain = [...plain, ...part];
          }
          expect([...buffer.pending]).toEqual(plain);
        }
      }),
    );
  });

  it('gives the same bytes one at a time as all at once', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 10_000 }), (bytes) => {
        const slow = new ReceiveBuffer();
        for (const byte of bytes) slow.append(Uint8Array.of(byte));
        const fast = new ReceiveBuffer();
        fast.append(bytes);
        expect(slow.pending).toEqual(fast.pending);
        expect(fast.pending).toEqual(bytes);
      }),
      { numRuns: 20 },
    );
  });

  it('keeps a copy: the chunk may be used again', () => {
    const chunk = Uint8Array.of(1, 2, 3);
    const buffer = new ReceiveBuffer();
    buffer.append(chunk);
    chunk.fill(9);
    expect([...buffer.pending]).toEqual([1, 2, 3]);
  });
});

describe('work', () => {
  afterEach(() => vi.restoreAllMocks());

  function countCopies(): () => number {
    let copied = 0;
    const { set } = Uint8Array.prototype;
    vi.spyOn(Uint8Array.prototype, 'set').mockImplementation(function (this: Uint8Array, source, offset) {
      copied += source.length;
      set.call(this, source, offset);
    });
    return () => copied;
  }

  it('is linear in the bytes of a peer that sends one at a time', () => {
    const buffer = new ReceiveBuffer();
    const copies = countCopies();
    for (let count = 0; count < 200_000; count += 1) buffer.append(Uint8Array.of(7));
    expect(buffer.pending.length).toBe(200_000);
    expect(copies()).toBeGreaterThanOrEqual(200_000);
    expect(copies()).toBeLessThan(4 * 200_000);
  });

  it('is linear where every message is consumed as it comes', () => {
    const buffer = new ReceiveBuffer();
    const copies = countCopies();
    for (let count = 0; count < 50_000; count += 1) {
      buffer.append(new Uint8Array(20));
      buffer.consume(20);
    }
    expect(copies()).toBeLessThan(2 * 50_000 * 20);
  });
});
