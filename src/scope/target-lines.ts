/**
 * Targets from a file or a pipe, a line at a time: as on the command line, as masscan writes lists (`-oL`), or a JSON object a line with
 * `ip` (or `ip_str`, `address`, `host`) and `port`, as exports of search engines have them. Opens no files and resolves nothing.
 */
import { AddressList } from './address-list.js';
import { parseTarget, type Target, TargetError } from './target.js';

/** Host names stay as they are; addresses, of which there may be millions, are gathered by port. */
export interface TargetLines {
  /** Port, `null` where the line named none → the addresses. */
  readonly lists: Map<number | null, AddressList>;
  readonly names: string[];
  /** Lines that named something. */
  count: number;
}

export const noTargetLines = (): TargetLines => ({ lists: new Map(), names: [], count: 0 });

const longestLine = 20_000;

/** Adds the line to `into`. Throws `TargetError` with `source:number`. Empty lines and comments (`#`) are passed over. */
export function readTargetLine(line: string, source: string, number: number, into: TargetLines): void {
  if (line.length > longestLine) throw new TargetError(`${source}:${number}: the line is longer than ${longestLine} characters: one target a line`);
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return;
  try {
    add(targetText(text.replace(/\s+#.*$/, '')), into);
  } catch (error) {
    if (error instanceof TargetError) throw new TargetError(`${source}:${number}: ${error.message}`, { cause: error });
    throw error;
  }
}

function add(text: string, into: TargetLines): void {
  into.count += 1;
  const target: Target = parseTarget(text);
  if (target.kind === 'host') {
    into.names.push(text);
    return;
  }
  const list = into.lists.get(target.port) ?? new AddressList();
  into.lists.set(target.port, list);
  list.add(target);
}

function targetText(text: string): string {
  if (text.startsWith('{')) return ofJson(text);
  const [state, protocol, port, address] = text.split(/\s+/);
  return state === 'open' && protocol === 'tcp' && port !== undefined && address !== undefined ? withPort(address, port) : text;
}

function ofJson(text: string): string {
  const row = parsed(text);
  const host = [row['ip'], row['ip_str'], row['address'], row['host']].find((value) => typeof value === 'string' && value !== '');
  if (typeof host !== 'string') throw new TargetError('the object has no "ip", "ip_str", "address" or "host": add one of them');
  const port = row['port'];
  return port === undefined || port === null ? host : withPort(host, String(port));
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (cause) {
    throw new TargetError('the line begins like JSON and is none: one object a line', { cause });
  }
}

const withPort = (host: string, port: string): string => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);
