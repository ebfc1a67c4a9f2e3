/** A check is a pure function from evidence to a verdict. It sees the evidence it declares and nothing else. */
import type { AnyEvidenceKind, EvidenceKind } from './evidence.js';

export const severities = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** Facts behind a verdict, as data: the report words them. */
export type Because = Readonly<Record<string, string | number | boolean | readonly string[] | null>>;

/**
 * `fail`: the exposed state was seen. `pass`: its absence was seen. `not-applicable`: the question does not arise.
 * `unknown`: it could not be learnt; silence is never a pass.
 */
export type Verdict =
  | { readonly verdict: 'fail'; readonly reason: string; readonly because: Because; readonly severity?: Severity }
  | { readonly verdict: 'pass'; readonly reason: string; readonly because: Because }
  | { readonly verdict: 'not-applicable'; readonly reason: string; readonly because: Because }
  | { readonly verdict: 'unknown'; readonly reason: string; readonly because: Because };

/** `reason` is one sentence that a person reads; `severity` only when this case weighs less or more than the check's own. */
export function fail(reason: string, because: Because = {}, severity?: Severity): Verdict {
  return severity === undefined ? { verdict: 'fail', reason, because } : { verdict: 'fail', reason, because, severity };
}
export const pass = (reason: string, because: Because = {}): Verdict => ({ verdict: 'pass', reason, because });
export const notApplicable = (reason: string, because: Because = {}): Verdict => ({ verdict: 'not-applicable', reason, because });
export const unknown = (reason: string, because: Because = {}): Verdict => ({ verdict: 'unknown', reason, because });

/** One clause that a finding cites. */
export interface Reference {
  /** Short and exact: `PS3.15 B.12`, `45 CFR 164.312(e)(1)`, `CWE-306`. */
  readonly id: string;
  readonly title: string;
  readonly url: string;
}

/** Every finding cites a requirement (law or contract), a target (technical profile) and a weakness (CWE). */
export interface References {
  readonly requirement: readonly Reference[];
  readonly target: readonly Reference[];
  readonly weakness: readonly Reference[];
}

/** The setting that closes the hole in one product, and the line that takes the change back. */
export interface ProductRemedy {
  /** Key of `Product.id`. */
  readonly product: string;
  readonly name: string;
  /** For these services only, as `EvidenceKind` names them (`dicom`, `https`); absent: whatever it speaks. */
  readonly services?: readonly string[];
  /** Where the lines go: a file or a place in the administration pages. */
  readonly where: string;
  readonly lines: readonly string[];
  readonly rollback: string;
  /** A trap to know of before changing it. */
  readonly note?: string;
}

export interface Remedy {
  /** What to do, for any product, in one or two sentences. */
  readonly text: string;
  readonly products: readonly ProductRemedy[];
  /** A command that shows it closed. `{host}` and `{port}` stand for the endpoint, `{url}` for `https://host:port`. */
  readonly prove: string;
}

export type Needs = Readonly<Record<string, AnyEvidenceKind>>;
export type EvidenceOf<N extends Needs> = { readonly [K in keyof N]: N[K] extends EvidenceKind<infer Evidence> ? Evidence : never };

export interface JudgeContext {
  /** When the evidence was gathered, milliseconds since the epoch: checks read no clock. */
  readonly now: number;
}

export interface SubjectVerdict {
  /** What within the endpoint, for example a share's number; empty for the endpoint itself. */
  readonly subject: string;
  readonly verdict: Verdict;
}

// biome-ignore lint/complexity/noBannedTypes: "wants nothing" is the empty record
export interface Check<N extends Needs = Needs, W extends Needs = {}> {
  /** The exposed state; also the file's name. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly remedy: Remedy;
  readonly references: References;
  /** Without all of these there is nothing to judge; where none is named, at least one of `wants` has to be there. */
  readonly needs: N;
  /** Judged with these where they were seen. */
  readonly wants?: W;
  judge(evidence: EvidenceOf<N> & Partial<EvidenceOf<W>>, context: JudgeContext): Verdict | readonly SubjectVerdict[];
}

// biome-ignore lint/suspicious/noExplicitAny: a list of checks is a list of different types
export type AnyCheck = Check<any, any>;

// biome-ignore lint/complexity/noBannedTypes: "wants nothing" is the empty record
export function defineCheck<N extends Needs, W extends Needs = {}>(check: Check<N, W>): Check<N, W> {
  return check;
}
