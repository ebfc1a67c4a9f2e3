import { describe, expect, it } from 'vitest';
import { asRegisteredCaller, busy, openNode, rejected, turnedAway, unknownCaller, unknownTitle } from '../../../test/fixtures/dicom-evidence.js';
import { type DicomEvidence, dicom } from './evidence.js';

const rights = (evidence: DicomEvidence) => dicom.readers.rights?.(evidence);
const exposure = (evidence: DicomEvidence) => dicom.readers.exposure?.(evidence);

describe('what was granted to a calling title that the operator gave', () => {
  it('is not what any caller may do', () => {
    expect(rights(openNode)).toMatchObject({ read: 'yes', create: 'negotiated' });
    expect(rights(asRegisteredCaller(unknownCaller))).toEqual({ read: 'no', create: 'no', edit: 'no', delete: 'no' });
    expect(rights(asRegisteredCaller(unknownTitle))).toMatchObject({ read: 'no', create: 'no' });
    expect(rights(asRegisteredCaller({ answer: 'accepted' }))).toEqual({ read: 'unknown', create: 'unknown', edit: 'unknown', delete: 'unknown' });
    expect(rights(asRegisteredCaller(busy))).toMatchObject({ read: 'unknown', create: 'unknown' });
  });

  it('does not lie open', () => {
    expect(exposure(openNode)?.studies).toMatchObject({ value: 3, basis: 'exact' });
    expect(exposure(asRegisteredCaller(unknownCaller))).toBeNull();
    expect(exposure(asRegisteredCaller({ answer: 'accepted' }))).toBeNull();
  });
});

describe('a stranger who is turned away', () => {
  it.each([
    ['for good', unknownCaller, 'no'],
    ['for now only', rejected('calling-ae-not-recognised', [2, 1, 3]), 'unknown'],
    ['for the title that was called', unknownTitle, 'unknown'],
    ['by a busy device', busy, 'unknown'],
  ])('%s', (_, association, right) => {
    expect(rights(turnedAway(association))).toMatchObject({ read: right, create: right });
  });
});
