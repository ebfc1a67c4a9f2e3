/** Every stored crash stays mended, every target stands a short campaign, and the harness finds the defects that it is there for. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireError } from '../../src/model/wire.js';
import { type Finding, runCampaign } from './campaign.js';
import { minimise } from './minimise.js';
import { Dice, longestInput, mutated } from './mutate.js';
import { fileNameOf } from './names.js';
import { streamed, type Target, whole } from './target.js';
import { targets } from './targets/index.js';

const folder = path.join(import.meta.dirname, 'crashes');
const crashes = readdirSync(folder).filter((file) => file.endsWith('.bin'));

describe('what once broke', () => {
  it('is stored under the name of a target', () => {
    expect(crashes.filter((file) => !targets.some(({ name }) => file.startsWith(`${fileNameOf(name)}-`)))).toEqual([]);
  });

  it.each(crashes)('%s', (file) => {
    const target = targets.find(({ name }) => fileNameOf(name) === file.slice(0, file.lastIndexOf('-')));
    if (!target) throw new Error('a crash of a target that is no more: rename the file or delete it');
    target.run(new Uint8Array(readFileSync(path.join(folder, file))));
  });
});

describe.each(targets)('$name', (target) => {
  it('has good inputs to begin with, and takes them', () => {
    const seeds = target.seeds();
    expect(seeds.length).toBeGreaterThan(0);
    for (const seed of seeds) target.run(seed);
  });

  it('stands any bytes, and good ones that were damaged', () => {
    const seeds = target.seeds();
    const damaged = fc.integer().map((seed) => mutated(seeds, new Dice(seed)).subarray(0, 4_096));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (input) => target.run(input)),
      { numRuns: 60 },
    );
  });
});

it('has a name of its own for every target, as a file too', () => {
  expect(new Set(targets.map(({ name }) => fileNameOf(name))).size).toBe(targets.length);
});

/** A campaign of at most this many inputs, by a clock that counts them. */
function findingsOf(target: Target, { inputs = 4_000, findingsWanted = Number.POSITIVE_INFINITY } = {}): readonly Finding[] {
  const findings: Finding[] = [];
  let count = 0;
  runCampaign({
    targets: [target],
    seed: 1,
    mostTries: 1_200,
    now: () => count,
    isOver: () => count > inputs || findings.length >= findingsWanted,
    onInput: () => (count += 1),
    onFinding: (finding) => findings.push(finding),
  });
  return findings;
}

describe('the harness', () => {
  const good = [Uint8Array.of(0, 4, 1, 2, 3, 4)];
  const length = (bytes: Uint8Array): number => ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  const planted: readonly (readonly [string, Target])[] = [
    [
      'an error that is not documented',
      whole(
        'x',
        () => good,
        (bytes) => (length(bytes) > bytes.length ? Reflect.get(Object(undefined), 'x').y : undefined),
      ),
    ],
    [
      'an allocation of what the peer says',
      whole(
        'x',
        () => good,
        (bytes) => new Uint8Array(length(bytes) > 0xff00 ? -1 : 1),
      ),
    ],
    [
      'a message that took nothing',
      streamed(
        'x',
        () => good,
        (bytes) => ({ message: 0, consumed: length(bytes) === 0 ? 0 : Math.min(1, bytes.length || 1) }),
      ),
    ],
    [
      'a message that took more than there is',
      streamed(
        'x',
        () => good,
        (bytes) => ({ message: 0, consumed: 2 + length(bytes) }),
      ),
    ],
    [
      'recursion on the depth that the peer chose',
      whole(
        'x',
        () => [Uint8Array.of(91, 91, 91)],
        (bytes) => nest(bytes, 0),
      ),
    ],
    [
      'an error at no offset',
      whole(
        'x',
        () => good,
        () => {
          throw new WireError('x', Number.NaN, 'x');
        },
      ),
    ],
  ];
  it.each(planted)('finds %s', (_, target) => expect(findingsOf(target, { findingsWanted: 1 })).toHaveLength(1));

  it('finds nothing where there is nothing', () => {
    const sound = streamed(
      'x',
      () => good,
      (bytes) => {
        if (length(bytes) > 100) throw new WireError('length', 0, 'too long');
        return bytes.length < 2 + length(bytes) ? undefined : { message: 0, consumed: 2 + length(bytes) };
      },
    );
    expect(findingsOf(sound, { inputs: 1_000 })).toEqual([]);
  });

  it('tells one defect once, and makes its input small', () => {
    const breaks = (bytes: Uint8Array): void => {
      if (bytes.includes(0xee)) throw new TypeError('x');
    };
    const findings = findingsOf(whole('x', () => [new Uint8Array(500).fill(7)], breaks));
    expect(findings.map(({ input }) => [...input])).toEqual([[0xee]]);
  });

  it('minimises to what still fails', () => {
    const fails = (bytes: Uint8Array): boolean => bytes.includes(5) && bytes.includes(200);
    const input = Uint8Array.from({ length: 1_000 }, (_, at) => at & 0xff);
    expect([...minimise(input, fails, 5_000)].sort((a, b) => a - b)).toEqual([5, 200]);
  });

  it('makes the same inputs of the same seed, none too long', () => {
    const some = (seed: number) =>
      Array.from(
        { length: 300 },
        (
          (dice) => () =>
            mutated(good, dice)
        )(new Dice(seed)),
      );
    expect(some(3)).toEqual(some(3));
    expect(some(3)).not.toEqual(some(4));
    expect(Math.max(...some(3).map(({ length: size }) => size))).toBeLessThanOrEqual(longestInput);
  });
});

function nest(bytes: Uint8Array, at: number): number {
  return bytes[at] === 91 ? 1 + nest(bytes, at + 1) : 0;
}
