/** FILETIME (MS-DTYP section 2.3.3): 100 nanoseconds since 1601. */
const epochDifference = 11_644_473_600_000n;

/** Milliseconds since 1970; `null` for 0 and for what no calendar of ours holds. */
export function fileTimeMs(value: bigint): number | null {
  const ms = value / 10_000n - epochDifference;
  return value === 0n || ms < -epochDifference || ms > 8_640_000_000_000_000n ? null : Number(ms);
}

export const toFileTime = (ms: number): bigint => (BigInt(Math.trunc(ms)) + epochDifference) * 10_000n;
