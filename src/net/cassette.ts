/**
 * A recorded conversation, one JSON object a line: what was opened, sent and received, and how it ended.
 * Only conversations with synthetic peers are recorded; the bytes are hexadecimal.
 */
import type { FailureOutcome, SecureSession, Transport } from '../model/connection.js';

/** What a probe may conclude from besides the outcome; absent in `end` means that the connection stood and the peer had spoken. */
export interface EndingFacts {
  readonly alert?: string;
  readonly connected?: boolean;
  readonly spoke?: boolean;
}

interface RecordedSession {
  readonly version: string;
  readonly cipherSuite: string;
  readonly chain: readonly string[];
}

export type CassetteEntry =
  /** `port`: another one of the same address, as FTP data connections and rpcbind have them. `from`: the source port was below 1024. */
  | { readonly open: Transport; readonly port?: number; readonly from?: 'reserved'; readonly secure?: RecordedSession }
  | { readonly startTls: true; readonly secure?: RecordedSession }
  | ({ readonly refuse: FailureOutcome } & EndingFacts)
  | { readonly send: string }
  | { readonly receive: string }
  | ({ readonly end: FailureOutcome } & EndingFacts);

export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const fromHex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

/** Lines that start with `#` are the legend in plain words. */
export function parseCassette(text: string): readonly CassetteEntry[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return lines.map((line) => JSON.parse(line) as CassetteEntry);
}

export function formatCassette(legend: string, entries: readonly CassetteEntry[]): string {
  const head = legend.split('\n').map((line) => `# ${line}`.trimEnd());
  return `${[...head, ...entries.map((entry) => JSON.stringify(entry))].join('\n')}\n`;
}

export function sessionEntry(session: SecureSession): RecordedSession {
  return { version: session.version, cipherSuite: session.cipherSuite, chain: session.chain.map(toHex) };
}
