/** How hard a probe leans on a device. Each level includes the ones before it. Decides nothing: `scope` does. */
export const touchLevels = ['connect', 'handshake', 'anonymous', 'credentials'] as const;

/**
 * `connect`: is the port open. `handshake`: protocol negotiation only. `anonymous`: what anyone could ask.
 * `credentials`: published vendor defaults, only where the scope file says so.
 */
export type Touch = (typeof touchLevels)[number];

/** True when a probe that needs `needed` may run under the ceiling `allowed`. */
export function touchAllows(allowed: Touch, needed: Touch): boolean {
  return touchLevels.indexOf(needed) <= touchLevels.indexOf(allowed);
}

/** The gentler of two levels. */
export function gentlerTouch(a: Touch, b: Touch): Touch {
  return touchAllows(a, b) ? b : a;
}
