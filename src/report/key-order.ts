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
  ...['targets', 'exposedEndpoints', 'readableEndpoints', 'writableEndpoints', 'offeringEndpoints', 'exposure', 'rights', 'observations'],
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

/** The same value with its keys in order: declared ones first, all others by code unit. */
export function inKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKeyOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => compareKeys(a, b))
      .map(([key, part]) => [key, inKeyOrder(part)]),
  );
}

function compareKeys(a: string, b: string): number {
  const byRank = (rank.get(a) ?? declared.length) - (rank.get(b) ?? declared.length);
  return byRank || (a < b ? -1 : a > b ? 1 : 0);
}
