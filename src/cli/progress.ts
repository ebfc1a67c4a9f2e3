/** How far a scan is: a live line on a terminal, a plain line now and then elsewhere, nothing with --quiet. */
import type { Batch } from './batch.js';

export interface Progress {
  batch(batch: Batch): void;
  stop(): void;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

interface State {
  hosts: number;
  open: number;
  exposed: number;
  silent: number;
}

const liveEveryMs = 100;
const plainEveryMs = 5_000;

export function createProgress(stream: Stream, totalHosts: number | undefined, quiet: boolean): Progress {
  if (quiet) return { batch: () => undefined, stop: () => undefined };
  const state: State = { hosts: 0, open: 0, exposed: 0, silent: 0 };
  const live = stream.isTTY === true;
  const startedAt = performance.now();
  const show = () => {
    const line = progressLine(state, totalHosts, performance.now() - startedAt);
    stream.write(live ? `\r\u001b[2K${line.slice(0, (stream.columns ?? 80) - 1)}` : `${line}\n`);
  };
  const timer = setInterval(show, live ? liveEveryMs : plainEveryMs);
  timer.unref();
  return {
    batch: (batch) => note(state, batch),
    stop() {
      clearInterval(timer);
      if (live) stream.write('\r\u001b[2K');
    },
  };
}

function note(state: State, { totals, hosts, silentHosts }: Batch): void {
  state.hosts += hosts;
  state.open += totals.endpoints;
  state.exposed += totals.exposedEndpoints;
  state.silent += silentHosts;
}

export function progressLine(state: State, total: number | undefined, elapsedMs: number): string {
  const done = total === undefined ? `${state.hosts} hosts` : `${state.hosts}/${total} hosts`;
  const left = total === undefined || state.hosts === 0 ? '' : `, about ${duration(((total - state.hosts) * elapsedMs) / state.hosts)} left`;
  return `Scanning: ${done}, ${state.open} open ports, ${state.exposed} exposed, ${state.silent} silent hosts, ${duration(elapsedMs)}${left}`;
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
