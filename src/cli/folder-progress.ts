/** How far the listing of folders is: a live line on a terminal, a plain line now and then elsewhere, nothing with --quiet. Names no file. */

export interface FolderProgress {
  listed(entries: number): void;
  stop(): void;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const liveEveryMs = 100;
const plainEveryMs = 5_000;

export function folderProgress(stream: Stream, quiet: boolean): FolderProgress {
  if (quiet) return { listed: () => undefined, stop: () => undefined };
  const isLive = stream.isTTY === true;
  let folders = 0;
  let entries = 0;
  let shownAt = performance.now();
  const show = (): void => {
    const line = `${entries.toLocaleString('en-US')} entries in ${folders.toLocaleString('en-US')} folders listed`;
    stream.write(isLive ? `\r\u001b[2K${line.slice(0, (stream.columns ?? 80) - 1)}` : `${line}\n`);
  };
  return {
    listed(more) {
      folders += 1;
      entries += more;
      const now = performance.now();
      if (now - shownAt < (isLive ? liveEveryMs : plainEveryMs)) return;
      shownAt = now;
      show();
    },
    stop: () => void (isLive && stream.write('\r\u001b[2K')),
  };
}
