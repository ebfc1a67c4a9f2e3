/**
 * Shows how far a scan is: a live line on a terminal, a plain line now and then elsewhere, records with --log-format json, nothing with
 * --quiet. SIGUSR1, and the key i on a terminal, print a status.
 */
import type { Batch } from './batch.js';
import { afterBatch, notBegun, type ProgressState, progressLine, statusLines, statusRecord } from './progress-state.js';

export interface Progress {
  batch(batch: Batch): void;
  stop(): void;
}

export const logFormats = ['text', 'json'] as const;
export type LogFormat = (typeof logFormats)[number];

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface ProgressOptions {
  readonly stream: Stream;
  readonly totalHosts: number | undefined;
  readonly quiet: boolean;
  readonly format: LogFormat;
}

const liveEveryMs = 100;
const plainEveryMs = 5_000;

interface Display {
  readonly everyMs: number;
  show(state: ProgressState, elapsedMs: number): void;
  status(state: ProgressState, elapsedMs: number): void;
  end(state: ProgressState, elapsedMs: number): void;
}

export async function createProgress({ stream, totalHosts, quiet, format }: ProgressOptions): Promise<Progress> {
  if (quiet) return { batch: () => undefined, stop: () => undefined };
  const display = format === 'json' ? await records(stream) : stream.isTTY === true ? liveLine(stream) : plainLines(stream);
  let state = notBegun(totalHosts);
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  const timer = setInterval(() => display.show(state, elapsed()), display.everyMs);
  timer.unref();
  const silence = onAsking(() => display.status(state, elapsed()));
  return {
    batch(batch) {
      state = afterBatch(state, batch);
    },
    stop() {
      clearInterval(timer);
      silence();
      display.end(state, elapsed());
    },
  };
}

const memory = (): number => process.memoryUsage.rss();

function liveLine(stream: Stream): Display {
  return {
    everyMs: liveEveryMs,
    show: (state, elapsedMs) => void stream.write(`\r\u001b[2K${progressLine(state, elapsedMs).slice(0, (stream.columns ?? 80) - 1)}`),
    status: (state, elapsedMs) => void stream.write(`\r\u001b[2K${statusLines(state, elapsedMs, memory()).join('\n')}\n`),
    end: () => void stream.write('\r\u001b[2K'),
  };
}

function plainLines(stream: Stream): Display {
  return {
    everyMs: plainEveryMs,
    show: (state, elapsedMs) => void stream.write(`${progressLine(state, elapsedMs)}\n`),
    status: (state, elapsedMs) => void stream.write(`${statusLines(state, elapsedMs, memory()).join('\n')}\n`),
    end: () => undefined,
  };
}

/** pino is loaded only where it is asked for. It writes to our own stream: no thread, no file, nothing of a peer's words. */
async function records(stream: Stream): Promise<Display> {
  const { default: pino } = await import('pino');
  const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write: (line) => void stream.write(line) });
  return {
    everyMs: plainEveryMs,
    show: (state, elapsedMs) => log.info(statusRecord(state, elapsedMs, memory()), 'scanning'),
    status: (state, elapsedMs) => log.info(statusRecord(state, elapsedMs, memory()), 'status'),
    end: (state, elapsedMs) => log.info(statusRecord(state, elapsedMs, memory()), 'stopped asking'),
  };
}

/** Calls back on SIGUSR1, and on the key i where standard input is a terminal that nobody else reads. Returns what ends that. */
function onAsking(ask: () => void): () => void {
  process.on('SIGUSR1', ask);
  const { stdin } = process;
  if (stdin.isTTY !== true || typeof stdin.setRawMode !== 'function') return () => process.off('SIGUSR1', ask);
  const onKey = (keys: Buffer) => {
    if (keys.includes('i')) ask();
    // A raw terminal sends no signals of its own.
    if (keys.includes(0x03)) process.kill(process.pid, 'SIGINT');
  };
  stdin.setRawMode(true);
  stdin.on('data', onKey).resume().unref();
  return () => {
    process.off('SIGUSR1', ask);
    stdin.off('data', onKey).pause();
    stdin.setRawMode(false);
  };
}
