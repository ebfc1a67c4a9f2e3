/** How far the listing of folders is: a live line on a terminal, a plain line now and then elsewhere, nothing with --quiet. Names no file. */

export interface FolderProgress {
  listed(entries: number): void;
  /** One more file was shown to YARA. */
  scanned(): void;
  stop(): void;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const liveEveryMs = 100;
const plainEveryMs = 5_000;

/** `now` in milliseconds, from any start. */
export function folderProgress(stream: Stream, quiet: boolean, now = (): number => performance.now()): FolderProgress {
  if (quiet) return { listed: () => undefined, scanned: () => undefined, stop: () => undefined };
  const isLive = stream.isTTY === true;
  let folders = 0;
  let entries = 0;
  let scanned = 0;
  let shownAt = now();
  const show = (): void => {
    const line = `${entries.toLocaleString('en-US')} entries in ${folders.toLocaleString('en-US')} folders listed${scanned > 0 ? `, ${scanned.toLocaleString('en-US')} files shown to YARA` : ''}`;
    stream.write(isLive ? `\r\u001b[2K${line.slice(0, (stream.columns ?? 80) - 1)}` : `${line}\n`);
  };
  const showNowAndThen = (): void => {
    if (now() - shownAt < (isLive ? liveEveryMs : plainEveryMs)) return;
    shownAt = now();
    show();
  };
  return {
    listed(more) {
      folders += 1;
      entries += more;
      showNowAndThen();
    },
    scanned() {
      scanned += 1;
      showNowAndThen();
    },
    stop: () => void (isLive && stream.write('\r\u001b[2K')),
  };
}
