import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeOf, shareLabel } from './share-label.js';

describe('the label of a share', () => {
  it.each([
    ['imaging', 'imaging'],
    ['backup$', 'backup$'],
    ['/srv/pacs/archive', '/srv/pacs/archive'],
    ['Public Data', 'Public Data'],
    ['CT_Images_2', 'CT_Images_2'],
    ['Quimbly_Hortensia', 'Aaaaaaa_Aaaaaaaaa'],
    ['home/quimbly', 'home/aaaaaaa'],
    ['19700101', '00000000'],
    ['ward7', 'aaaa7'],
    ['\u001b[2J', '??2A'],
  ])('%s is shown as %s', (name, label) => {
    expect(shareLabel(name)).toBe(label);
  });

  it('shows no control character, and nothing long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (name) => {
        const label = shareLabel(name);
        expect(label.length).toBeLessThanOrEqual(60);
        expect(label).not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  it('has a shape for every character', () => {
    expect(shapeOf('Ünal-9')).toBe('Aaaa?0');
  });
});
