/** A verdict with its place: what was judged, where and how grave. What to do about it stands with the check. */
import type { Severity, Verdict } from './check.js';
import type { Endpoint } from './endpoint.js';

export interface Finding {
  /** Id of the check. */
  readonly check: string;
  readonly endpoint: Endpoint;
  readonly subject: string;
  readonly severity: Severity;
  readonly verdict: Verdict['verdict'];
  readonly reason: string;
  readonly because: Verdict['because'];
}
