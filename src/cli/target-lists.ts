/** Reads targets from files and from standard input, a line at a time. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type AddressList, readAddressList } from '../scope/address-list.js';
import { noTargetLines, readTargetLine } from '../scope/target-lines.js';
import { UsageError } from './exit-codes.js';

export interface TargetLists {
  /** Port, `null` for the scan's ports → addresses. */
  readonly byPort: ReadonlyMap<number | null, AddressList>;
}

export const noTargetLists: TargetLists = { byPort: new Map() };

/** What the command line names itself, and what its files and standard input hold. */
export async function allTargets(
  targets: readonly string[],
  options: { readonly targets: readonly string[] },
): Promise<{ readonly named: readonly string[]; readonly lists: TargetLists }> {
  const sources = [...options.targets, ...(targets.includes('-') ? ['-'] : [])];
  const read = await readTargetLists(sources);
  return { named: [...targets.filter((target) => target !== '-'), ...read.names], lists: read };
}

interface ReadTargets extends TargetLists {
  /** Host names and targets with a scheme, as they stood. */
  readonly names: readonly string[];
}

/** `sources`: paths; `-` is standard input. Throws `TargetError` with file and line, `UsageError` where a file cannot be read or names nothing. */
async function readTargetLists(sources: readonly string[]): Promise<ReadTargets> {
  const into = noTargetLines();
  for (const source of sources) await readSource(source, into);
  if (sources.length > 0 && into.count === 0) throw new UsageError(`${sources.map(nameOf).join(', ')} names no target: write one a line`);
  return { byPort: into.lists, names: into.names };
}

const nameOf = (source: string): string => (source === '-' ? 'standard input' : source);

async function readSource(source: string, into: ReturnType<typeof noTargetLines>): Promise<void> {
  const input = source === '-' ? process.stdin : createReadStream(source);
  let number = 0;
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      readTargetLine(line, nameOf(source), number, into);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') throw new UsageError(`cannot read targets from ${source} (${code}): check the path`);
    throw error;
  }
}

/** Port as text → addresses as text: what a scan keeps in order to be taken up again. */
export type StoredLists = Readonly<Record<string, string>>;

export const storedLists = ({ byPort }: TargetLists): StoredLists => Object.fromEntries([...byPort].map(([port, list]) => [String(port), list.text()]));

export function listsOf(stored: StoredLists = {}): TargetLists {
  return { byPort: new Map(Object.entries(stored).map(([port, text]) => [port === 'null' ? null : Number(port), readAddressList(text)])) };
}
