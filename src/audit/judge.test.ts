import { describe, expect, it } from 'vitest';
import { failed, observed } from '../../test/fixtures/observations.js';
import { defineCheck, fail, pass } from '../model/check.js';
import { evidenceKind } from '../model/evidence.js';
import { judge } from './judge.js';

const colour = evidenceKind<{ colour: string }>('colour', 1);
const shape = evidenceKind<{ corners: number }>('shape', 1);
const base = {
  id: 'red-door',
  title: 'The door is red',
  severity: 'high' as const,
  why: 'because',
  remedy: { text: 'paint it', products: [], prove: '' },
  references: { requirement: [], target: [], weakness: [] },
};
const redDoor = defineCheck({
  ...base,
  needs: { colour },
  wants: { shape },
  judge: ({ colour: seen, shape: form }) => (seen.colour === 'red' ? fail(`red with ${form?.corners ?? 'unknown'} corners`, {}, 'low') : pass('not red')),
});

describe('judge', () => {
  it('gives a finding with its own severity and its place', () => {
    const [finding] = judge([redDoor], [observed({ colour: 'red' })]);
    expect(finding).toMatchObject({ check: 'red-door', verdict: 'fail', severity: 'low', reason: 'red with unknown corners', subject: '' });
  });

  it('hands over what a check wants where it was seen', () => {
    const [finding] = judge([redDoor], [observed({ colour: 'red' }), observed({ corners: 4 }, { kind: 'shape' })]);
    expect(finding?.reason).toBe('red with 4 corners');
  });

  it.each([
    ['silence', [failed('timed-out')], 'unknown'],
    ['a peer that closed', [failed('closed')], 'unknown'],
    ['evidence of another version', [observed({ colour: 'green' }, { version: 2 })], 'unknown'],
    ['a port that hung up, where only TLS is known', [failed('closed'), observed({}, { kind: 'tls' })], 'unknown'],
    ['a probe that crashed beside something else', [failed('crashed'), observed({ corners: 4 }, { kind: 'shape' })], 'unknown'],
    ['another colour', [observed({ colour: 'green' })], 'pass'],
  ])('%s', (_title, observations, verdict) => {
    expect(judge([redDoor], observations).map((finding) => finding.verdict)).toEqual([verdict]);
  });

  it.each([
    ['a closed port', [failed('refused', { portOpen: false })]],
    ['another protocol', [failed('not-this-protocol', { heard: 'http' })]],
    ['never asked for', [observed({ corners: 4 }, { kind: 'shape' })]],
    [
      'a port that hung up on it and turned out to be something else',
      [failed('closed'), observed({}, { kind: 'tls' }), observed({ corners: 4 }, { kind: 'shape' })],
    ],
    ['a port that was silent to it and turned out to be something else', [failed('timed-out'), observed({ corners: 4 }, { kind: 'shape' })]],
  ])('has nothing to say about %s', (_title, observations) => {
    expect(judge([redDoor], observations)).toEqual([]);
  });

  const eitherDoor = defineCheck({
    ...base,
    id: 'either-door',
    needs: {},
    wants: { colour, shape },
    judge: ({ colour: seen, shape: form }) => (seen || form?.corners === 4 ? pass('seen') : fail('odd')),
  });

  it.each([
    ['the one', [observed({ colour: 'red' })], ['pass']],
    ['the other', [failed('not-this-protocol', { heard: 'http' }), observed({ corners: 3 }, { kind: 'shape' })], ['fail']],
    ['neither, for silence', [failed('timed-out')], ['unknown']],
    ['neither, for a closed port', [failed('refused', { portOpen: false })], []],
    ['neither, for another protocol', [failed('not-this-protocol', { heard: 'http' })], []],
  ])('needs none and wants several: %s', (_title, observations, verdicts) => {
    expect(judge([eitherDoor], observations).map((finding) => finding.verdict)).toEqual(verdicts);
  });

  it('loses one result to a check that crashes, not the run', () => {
    const crashing = defineCheck({ ...base, id: 'crashing', needs: { colour }, judge: () => (undefined as unknown as { boom(): never }).boom() });
    expect(judge([crashing, redDoor], [observed({ colour: 'red' })]).map((finding) => finding.verdict)).toEqual(['unknown', 'fail']);
  });

  it('keeps several subjects of one check apart', () => {
    const perDoor = defineCheck({
      ...base,
      needs: { colour },
      judge: () => [
        { subject: 'front', verdict: pass('fine') },
        { subject: 'back', verdict: fail('red') },
      ],
    });
    expect(judge([perDoor], [observed({ colour: 'red' })]).map(({ subject, verdict }) => `${subject} ${verdict}`)).toEqual(['front pass', 'back fail']);
  });
});
