import { describe, expect, it } from 'vitest';
import { type DoorRights, groundsOf, type Right, widestRights } from './rights.js';

const door = (number: number, read: Right, text = `${read} was seen`): DoorRights => ({
  door: `share ${number}`,
  rights: { read, create: 'no', edit: 'no', delete: 'no' },
  from: { read: text, create: 'c', edit: 'e', delete: 'd' },
});
const doors = (...reads: readonly Right[]) => reads.map((read, index) => door(index + 1, read));

describe('the rights of several doors together', () => {
  it.each<[what: string, reads: readonly Right[], together: Right, from: readonly string[]]>([
    ['one grants', ['no', 'yes', 'unknown'], 'yes', ['share 2: yes was seen']],
    ['one offers', ['no', 'negotiated', 'unknown'], 'negotiated', ['share 2: negotiated was seen']],
    ['what one grants weighs more than what another offers', ['negotiated', 'yes'], 'yes', ['share 2: yes was seen']],
    ['one refuses and one keeps silent', ['no', 'unknown'], 'unknown', ['share 2: unknown was seen']],
    ['all refuse', ['no', 'no'], 'no', ['share 1, share 2: no was seen']],
    ['many refuse', ['no', 'no', 'no', 'no', 'no'], 'no', ['share 1, share 2 and 3 more: no was seen']],
    ['one door', ['yes'], 'yes', ['yes was seen']],
    ['no door', [], 'unknown', []],
  ])('%s', (_what, reads, together, from) => {
    const all = doors(...reads);
    expect(widestRights(all.map(({ rights }) => rights)).read).toBe(together);
    expect(groundsOf(all).read).toEqual(from);
  });

  it('names no more grounds than a person reads', () => {
    const all = Array.from({ length: 200 }, (_, index) => door(index, 'yes', `ground ${index}`));
    expect(groundsOf(all).read).toEqual(['share 0: ground 0', 'share 1: ground 1', 'share 2: ground 2', 'and 197 more']);
  });
});
