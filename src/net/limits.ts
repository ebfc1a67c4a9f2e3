/** How long and how much: every connection has all of these. */

export interface DialLimits {
  /** Milliseconds for the TCP handshake. */
  readonly connectMs: number;
  /** Milliseconds for one whole answer, unless the probe allows more for that one. */
  readonly answerMs: number;
  /** Milliseconds for the whole connection, whatever the probe allows. */
  readonly totalMs: number;
  /** Bytes that one connection may receive. */
  readonly receiveBytes: number;
  /** Milliseconds from the first connection of a probe to the end of its last; absent: as long as its connections take. */
  readonly probeMs?: number;
}

export const defaultLimits: DialLimits = { connectMs: 3_000, answerMs: 3_000, totalMs: 120_000, receiveBytes: 8 * 1024 * 1024, probeMs: 300_000 };
