/** What has become of things since an earlier scan: how fast images come, which findings are new or closed, what answers no longer. */
import type { FailureOutcome } from './connection.js';
import type { Estimate } from './exposure.js';
import type { Touch } from './touch.js';

/** How one figure of one endpoint moved between two scans. */
export interface Growth {
  /** Now less then; negative where the archive shrank. `exact` or `estimate`. `null`: cannot be said. */
  readonly change: Estimate | null;
  /** The same for each day between. A fraction is kept to a hundredth. `null`: cannot be said. */
  readonly perDay: Estimate | null;
  /** Why one of them is `null`. */
  readonly unsaid: string | null;
}

export interface ChangedFinding {
  /** Id of the check. */
  readonly check: string;
  readonly subject: string;
}

/** Findings by what became of them. Those that failed then and fail now are in none of the lists. */
export interface FindingChanges {
  /** Fails now; was judged then, and did not. */
  readonly opened: readonly ChangedFinding[];
  /** Fails now; then it was not judged or could not be learnt, so it may be old. */
  readonly firstSeen: readonly ChangedFinding[];
  /** Failed then; was judged now, and does not fail: closed, or the question no longer arises. */
  readonly closed: readonly ChangedFinding[];
  /** Failed then; could not be learnt now, which is not the same as closed. */
  readonly unclear: readonly ChangedFinding[];
}

export interface EndpointChange extends FindingChanges {
  /** In the earlier scan. `unmentioned`: it says nothing of this endpoint, so whether it was there is not known. */
  readonly before: 'answered' | 'did-not-answer' | 'unmentioned';
  /** When it was observed then, ISO 8601, UTC. */
  readonly at: string | null;
  /** `null` where neither scan knows a figure. */
  readonly images: Growth | null;
  readonly studies: Growth | null;
}

/** It answered then and does not now. Closed or merely unreachable: nothing of it counts as closed. */
export interface SilentEndpoint {
  readonly host: string;
  readonly address: string;
  readonly port: number;
  /** As it was then. */
  readonly service: string;
  /** Failed checks then. */
  readonly failed: number;
  /** How the connection ended now. */
  readonly outcome: FailureOutcome | null;
}

/** One figure over all endpoints that answered in both scans. */
export interface TotalGrowth {
  /** Sum over the endpoints that grew or stood still: what leaves through one is not set off against what comes in at another. */
  readonly perDay: Estimate | null;
  /** Endpoints, by what could be said of them. */
  readonly grew: number;
  readonly stood: number;
  readonly shrank: number;
  readonly unsaid: number;
}

export interface ScanChange {
  /** The earlier one. */
  readonly scan: {
    readonly id: string;
    /** ISO 8601, UTC. */
    readonly startedAt: string;
    readonly finishedAt: string | null;
    readonly touch: Touch;
    /** Version of Dosimeter. */
    readonly version: string;
    readonly complete: boolean;
  };
  /** Between the beginnings of the two scans, to a hundredth; `null` where the earlier one has the later clock. */
  readonly days: number | null;
  /** Why the two do not compare in everything. Sentences without a capital and a full stop. */
  readonly remarks: readonly string[];
  readonly endpoints: {
    readonly inBoth: number;
    /** Was asked then and did not answer. */
    readonly appeared: number;
    readonly unmentioned: number;
    readonly silent: number;
    /** Answered then and was not asked now. */
    readonly notAsked: number;
  };
  /** Numbers of findings. */
  readonly findings: { readonly opened: number; readonly firstSeen: number; readonly closed: number; readonly unclear: number };
  readonly images: TotalGrowth;
  readonly studies: TotalGrowth;
  /** At most 200, by name; `endpoints.silent` says how many there are. */
  readonly silent: readonly SilentEndpoint[];
}
