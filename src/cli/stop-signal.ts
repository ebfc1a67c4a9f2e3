/** Ctrl-C: the first one stops in order (what was observed is stored), the second one at once. */
import { remark } from './output.js';

export interface StopSignal {
  readonly signal: AbortSignal;
  /** Takes the handlers off again. */
  dispose(): void;
}

export function stopOnInterrupt(): StopSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(130);
    remark('\nStopping: what was observed is kept. Press Ctrl-C again to leave at once.');
    controller.abort();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return { signal: controller.signal, dispose: () => process.off('SIGINT', stop).off('SIGTERM', stop) };
}
