/** One folder through the control and a data connection: MLSD where the server offers it, LIST otherwise. Stores no name beyond the entries that it returns. */
import { type Connection, ConnectionFailure } from '../../model/connection.js';
import type { FtpControl } from './control.js';
import type { FtpCommand } from './wire/command.js';
import type { ListedEntry } from './wire/entry.js';
import { readFactsLine } from './wire/facts.js';
import { LineSplitter } from './wire/lines.js';
import { type ListDialect, readListLine } from './wire/list-line.js';

/** `refused`: by a reply. `no-data-connection`: none could be had. `failed`: TLS on it did not come about, or it broke off. */
export type TransferEnd = 'done' | 'refused' | 'no-data-connection' | 'failed';

export interface FolderRead {
  readonly end: TransferEnd;
  readonly entries: readonly ListedEntry[];
  readonly dialect: 'mlsd' | ListDialect | null;
  /** Everything came, and every line could be read. */
  readonly isWhole: boolean;
  /** Lines that are no entry, headings not counted. */
  readonly unreadable: number;
}

export async function readFolder(control: FtpControl, path: string, how: 'mlsd' | 'list', atMost: number): Promise<FolderRead> {
  if (how === 'mlsd') return transfer(control, { verb: 'MLSD', path }, new EntryReader(readFacts), atMost);
  const { code } = await control.ask({ verb: 'CWD', path });
  if (code < 200 || code >= 300) return nothing('refused');
  const now = Date.now();
  return transfer(control, 'LIST', new EntryReader((line) => readListLine(line, now)), atMost);
}

const readFacts = (line: string) => {
  const entry = readFactsLine(line);
  return entry && { dialect: 'mlsd' as const, entry };
};

const nothing = (end: TransferEnd): FolderRead => ({ end, entries: [], dialect: null, isWhole: false, unreadable: 0 });

/** Lines → entries, as long as fewer than so many came. */
class EntryReader {
  readonly #read: (line: string) => { readonly dialect: 'mlsd' | ListDialect; readonly entry: ListedEntry } | undefined;
  readonly #splitter = new LineSplitter();
  readonly entries: ListedEntry[] = [];
  dialect: FolderRead['dialect'] = null;
  #unreadable = 0;

  constructor(read: (line: string) => { readonly dialect: 'mlsd' | ListDialect; readonly entry: ListedEntry } | undefined) {
    this.#read = read;
  }

  push(chunk: Uint8Array): void {
    for (const line of this.#splitter.push(chunk)) this.read(line);
  }

  end(): void {
    for (const line of this.#splitter.rest()) this.read(line);
  }

  get unreadable(): number {
    return this.#unreadable + this.#splitter.dropped;
  }

  read(line: string): void {
    const found = this.#read(line);
    if (found) {
      this.dialect ??= found.dialect;
      this.entries.push(found.entry);
    } else if (!isHeading(line)) this.#unreadable += 1;
  }
}

const isHeading = (line: string): boolean => line.trim() === '' || /^total \d/.test(line);

/** Lines that nobody can read are not waited for without end. */
const mostUnreadable = 1_000;

async function transfer(control: FtpControl, command: FtpCommand, reader: EntryReader, atMost: number): Promise<FolderRead> {
  const outcome = await receiveData(control, command, (chunk) => {
    reader.push(chunk);
    return reader.entries.length < atMost && reader.unreadable < mostUnreadable;
  });
  if (outcome.end === 'done') reader.end();
  const { entries, dialect, unreadable } = reader;
  return { end: outcome.end, entries, dialect, unreadable, isWhole: outcome.isWhole && unreadable === 0 };
}

/**
 * The data that one command brings, until `take` has enough of it. `agreed`: asked right before the command, with the data connection open. Throws `ConnectionFailure` where the control connection is over, and
 * `WireError` where what it says is no reply.
 */
export async function receiveData(
  control: FtpControl,
  command: FtpCommand,
  take: (chunk: Uint8Array) => boolean,
  agreed?: () => Promise<boolean>,
): Promise<{ readonly end: TransferEnd; readonly isWhole: boolean }> {
  const data = await dataConnection(control);
  if (!data) return { end: 'no-data-connection', isWhole: false };
  let open = data;
  try {
    if (agreed && !(await agreed())) return { end: 'refused', isWhole: false };
    const begun = await control.begin(command);
    if (begun.code >= 400) return { end: 'refused', isWhole: false };
    if (control.protectsData) open = await secured(data);
    const ended = await drain(open, take);
    open.close(); // at once: ProFTPD waits for that with its reply
    const final = begun.code >= 200 ? begun : await control.finalReply();
    return { end: 'done', isWhole: ended && final.code < 300 && !saysTruncated(final.lines) };
  } catch (error) {
    if (!(error instanceof DataFailure)) throw error;
    open.close();
    await control.finalReply(); // 425, 426, 522: why, which is not asked
    return { end: 'failed', isWhole: false };
  } finally {
    open.close();
  }
}

/** Pure-FTPd stops at its own limit and says so. */
const saysTruncated = (lines: readonly string[]): boolean => /truncated/i.test(lines.join(' ').slice(0, 500));

class DataFailure extends Error {}

async function dataConnection(control: FtpControl): Promise<Connection | undefined> {
  try {
    return await control.openData();
  } catch (error) {
    if (error instanceof ConnectionFailure && !error.connected) return undefined; // the data port is closed or filtered; the control connection stands
    throw error;
  }
}

async function secured(data: Connection): Promise<Connection> {
  try {
    return await data.startTls();
  } catch (error) {
    if (error instanceof ConnectionFailure) throw new DataFailure();
    throw error;
  }
}

const some = (bytes: Uint8Array) => (bytes.length > 0 ? { message: bytes.slice(), consumed: bytes.length } : undefined);

/** Milliseconds for one folder: a server that drips does not hold the survey up. */
const folderMs = 30_000;

/** True where the peer ended it, false where we had enough. A connection that is closed is the end of the data (RFC 959 section 3.4.1). */
async function drain(data: Connection, take: (chunk: Uint8Array) => boolean): Promise<boolean> {
  const until = performance.now() + folderMs;
  for (;;) {
    try {
      if (!take(await data.receive(some)) || performance.now() > until) return false;
    } catch (error) {
      if (!(error instanceof ConnectionFailure)) throw error;
      if (error.outcome === 'closed') return true;
      return false;
    }
  }
}
