/** The order of keys in a printed document: as the report's shapes declare them, whatever order the store gave them back in. */

/** Shapes of `model/report.ts`, from the outside in. A key that stands in several shapes is listed where all of them agree. */
const declared = [
  ...['schema', 'scan', 'summary', 'since', 'endpoints', 'checks'],
  ...[
    'host',
    'address',
    'port',
    'service',
    'product',
    'id',
    'name',
    'startedAt',
    'finishedAt',
    'authorisedBy',
    'touch',
    'version',
    'complete',
    'value',
    'basis',
  ],
  ...['targets', 'exposedEndpoints', 'readableEndpoints', 'writableEndpoints', 'offeringEndpoints', 'shared'],
  ...['exposure', 'furtherDoorTo', 'rights', 'rightsFrom', 'observations'],
  ...['check', 'title', 'why', 'subject', 'severity', 'verdict', 'reason', 'because', 'findings', 'verdicts', 'outcomes', 'remedy', 'references'],
  ...['critical', 'high', 'medium', 'low', 'fail', 'unknown', 'pass', 'not-applicable'],
  ...['year', 'images', 'studies', 'patients', 'timeline', 'identifiers', 'counting'],
  ...['how', 'requests', 'responses'],
  ...['before', 'days', 'remarks', 'inBoth', 'appeared', 'unmentioned', 'silent', 'notAsked', 'change', 'perDay', 'unsaid'],
  ...['grew', 'stood', 'shrank', 'opened', 'firstSeen', 'closed', 'unclear'],
  ...['read', 'create', 'edit', 'delete'],
  ...['kind', 'transport', 'at', 'durationMs', 'outcome', 'detail', 'traffic', 'evidence', 'connections', 'messagesSent', 'bytesSent', 'bytesReceived'],
  ...['text', 'products', 'where', 'lines', 'rollback', 'note', 'prove', 'requirement', 'target', 'weakness', 'url'],
];
const rank = new Map(declared.map((key, index) => [key, index]));

/** One step for each key that objects have had so far, in the order in which they had it: a shape that was seen before is not sorted again. */
interface Shape {
  readonly next: Map<string, Shape>;
  order?: readonly string[];
}

const shapes: Shape = { next: new Map() };

/** The same value with its keys in order: declared ones first, all others by code unit. */
export function inKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKeyOrder);
  if (typeof value !== 'object' || value === null) return value;
  const ordered: Record<string, unknown> = {};
  for (const key of orderedKeys(value)) set(ordered, key, inKeyOrder((value as Record<string, unknown>)[key]));
  return ordered;
}

function orderedKeys(value: object): readonly string[] {
  const keys = Object.keys(value);
  let shape = shapes;
  for (const key of keys) shape = stepFrom(shape, key);
  shape.order ??= keys.sort(compareKeys);
  return shape.order;
}

function stepFrom(shape: Shape, key: string): Shape {
  const known = shape.next.get(key);
  if (known) return known;
  const step: Shape = { next: new Map() };
  shape.next.set(key, step);
  return step;
}

/** Assignment to `__proto__` would set the prototype. */
function set(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true });
  else object[key] = value;
}

function compareKeys(a: string, b: string): number {
  const byRank = (rank.get(a) ?? declared.length) - (rank.get(b) ?? declared.length);
  return byRank || (a < b ? -1 : a > b ? 1 : 0);
}
