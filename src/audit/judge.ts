/** Checks → findings, for what was observed of one endpoint. Pure: no clock, no sockets, no store. */
import type { AnyCheck, SubjectVerdict, Verdict } from '../model/check.js';
import { unknown } from '../model/check.js';
import type { Finding } from '../model/finding.js';
import { foundOpen, type Observation } from '../model/observation.js';

/** `observations` are all of one endpoint. One check that crashes costs one result, never the run. */
export function judge(checks: readonly AnyCheck[], observations: readonly Observation[]): readonly Finding[] {
  if (!observations.some(foundOpen)) return [];
  const now = Math.max(...observations.map(({ at }) => at));
  const asked = new Set(observations.map(({ kind }) => kind));
  return checks.filter((check) => readBy(check).all.some(([, { name }]) => asked.has(name))).flatMap((check) => judgeOne(check, observations, now));
}

function judgeOne(check: AnyCheck, observations: readonly Observation[], now: number): readonly Finding[] {
  const first = observations[0];
  const verdicts = verdictsOf(check, observations, now);
  if (!first) return [];
  return verdicts.map(({ subject, verdict }) => ({
    check: check.id,
    endpoint: first.endpoint,
    subject,
    severity: (verdict.verdict === 'fail' && verdict.severity) || check.severity,
    verdict: verdict.verdict,
    reason: verdict.reason,
    because: verdict.because,
  }));
}

const whole = (verdict: Verdict): readonly SubjectVerdict[] => [{ subject: '', verdict }];

type Kind = { readonly name: string; readonly version: number };
type Named = readonly (readonly [string, Kind])[];

interface ReadBy {
  readonly needed: Named;
  readonly wanted: Named;
  readonly all: Named;
}

/** Looked up once a check, not once an endpoint. */
const known = new WeakMap<AnyCheck, ReadBy>();

function readBy(check: AnyCheck): ReadBy {
  const found = known.get(check);
  if (found) return found;
  const needed = Object.entries<Kind>(check.needs);
  const wanted = Object.entries<Kind>(check.wants ?? {});
  const kinds = { needed, wanted, all: [...needed, ...wanted] };
  known.set(check, kinds);
  return kinds;
}

/** Nothing where the check has no place here: what it needs was never asked for, or something else speaks on this port. */
function verdictsOf(check: AnyCheck, observations: readonly Observation[], now: number): readonly SubjectVerdict[] {
  const { needed, wanted, all } = readBy(check);
  const lacking = needed.find(([, kind]) => !evidenceOf(kind, observations));
  if (lacking) return missing(lacking[1], observations);
  const evidence: Record<string, unknown> = {};
  for (const [name, kind] of all) {
    const observation = evidenceOf(kind, observations);
    if (observation) evidence[name] = observation.evidence;
  }
  if (Object.keys(evidence).length === 0) return wanted.flatMap(([, kind]) => missing(kind, observations)).slice(0, 1);
  return run(check, evidence, now);
}

function run(check: AnyCheck, evidence: Readonly<Record<string, unknown>>, now: number): readonly SubjectVerdict[] {
  try {
    const verdict = check.judge(evidence, { now });
    return isList(verdict) ? verdict : whole(verdict);
  } catch {
    return whole(unknown('the check itself failed on this evidence: please report it', { crashed: true }));
  }
}

const isList = (verdict: Verdict | readonly SubjectVerdict[]): verdict is readonly SubjectVerdict[] => Array.isArray(verdict);

function evidenceOf(kind: Kind, observations: readonly Observation[]) {
  return observations.find((observation) => observation.outcome === 'observed' && observation.kind === kind.name && observation.version === kind.version) as
    | Extract<Observation, { outcome: 'observed' }>
    | undefined;
}

function missing(kind: Kind, observations: readonly Observation[]): readonly SubjectVerdict[] {
  const tried = observations.filter((observation) => observation.kind === kind.name);
  const last = tried.at(-1);
  if (!last) return [];
  if (last.outcome === 'observed')
    return whole(unknown(`the ${kind.name} evidence is of version ${last.version}, this check reads version ${kind.version}: observe again`));
  if (last.outcome === 'not-this-protocol' || !last.portOpen) return [];
  if (gaveNoAnswer.has(last.outcome) && observations.some(isOtherService(kind.name))) return [];
  return whole(unknown(`no ${kind.name} evidence: ${last.detail}`, { outcome: last.outcome }));
}

const gaveNoAnswer: ReadonlySet<string> = new Set(['closed', 'timed-out']);
/** What these saw says nothing of the service that speaks there. */
const carriers: ReadonlySet<string> = new Set(['port', 'tls']);

/** A port holds one service: where another one answered, silence towards this one is no open question. */
const isOtherService =
  (kind: string) =>
  (observation: Observation): boolean =>
    observation.outcome === 'observed' && observation.kind !== kind && !carriers.has(observation.kind) && !carriers.has(kind);
