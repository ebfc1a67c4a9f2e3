/** Lets connections start at an even pace, for the whole scan. The arithmetic is in `budget`. */
import { nextStart } from './budget.js';

export function createPace(perSecond: number): () => Promise<void> {
  let reserved = 0;
  return async () => {
    const now = performance.now();
    reserved = nextStart(reserved, now, perSecond);
    if (reserved > now) await new Promise((resolve) => setTimeout(resolve, reserved - now));
  };
}
