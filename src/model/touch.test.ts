import { describe, expect, it } from 'vitest';
import { gentlerTouch, touchAllows, touchLevels } from './touch.js';

describe('touch', () => {
  it('allows what leans no harder than the ceiling', () => {
    const allowed = touchLevels.map((ceiling) => touchLevels.filter((level) => touchAllows(ceiling, level)).length);
    expect(allowed).toEqual([1, 2, 3, 4]);
  });

  it('takes the gentler of two', () => {
    expect(gentlerTouch('anonymous', 'handshake')).toBe('handshake');
    expect(gentlerTouch('connect', 'credentials')).toBe('connect');
  });
});
