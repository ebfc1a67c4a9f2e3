/** How fast: pure arithmetic over times in milliseconds. Waits for nothing and reads no clock. */

/** When the next connection may start, for an even pace of `perSecond`. `previous`: when the last one was to start. */
export function nextStart(previous: number, now: number, perSecond: number): number {
  return Math.max(now, previous + 1000 / perSecond);
}

/** A host that stays silent is given less and less time, but never less than an eighth. */
export function nextPatience(patience: number, wasSilent: boolean): number {
  return wasSilent ? Math.max(0.125, patience / 2) : patience;
}
