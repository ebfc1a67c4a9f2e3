/** What lies on a share: counts and kinds. No name of a file or a folder, but for that of a file that a rule for malicious files names itself. */
import type { ContentKind } from './content-kind.js';
import type { Estimate } from './exposure.js';

/** What stands in the 128 bytes before DICM (PS3.10 section 7.1), where an executable can hide. */
export const preambleKinds = ['zeros', 'tiff', 'text', 'pe', 'elf', 'mach-o', 'script', 'html', 'pdf', 'archive', 'other'] as const;
export type PreambleKind = (typeof preambleKinds)[number];

/** One file that a rule for malicious files speaks of. */
export interface SuspiciousFile {
  /** Id of the rule (`src/content/malicious-rules.ts`). */
  readonly rule: string;
  /** The name, where the rule names it; its shape where the rule matches by form (`Aaaa.pdf.exe` → `x.pdf.exe`). */
  readonly name: string;
  /** Folders between the root and it. */
  readonly depth: number;
  readonly size: number | null;
}

export interface ContentSurvey {
  readonly files: Estimate;
  readonly folders: Estimate;
  readonly byKind: Readonly<Partial<Record<ContentKind, Estimate>>>;
  /** DICOM files: by name and place, corrected by the sampled first bytes where there are any. */
  readonly images: Estimate;
  readonly bytes: Estimate | null;
  /** Year of last change → files among the entries that were listed. */
  readonly years: readonly { readonly year: number; readonly files: number }[];
  /** Of so many sampled files that look like DICOM by name, so many were DICOM by their first 132 bytes; 0 of 0 where none could be asked for. */
  readonly sampled: { readonly asked: number; readonly dicom: number };
  readonly preambles: Readonly<Partial<Record<PreambleKind, number>>>;
  /** At most 50; `suspiciousCount` says how many there were. */
  readonly suspicious: readonly SuspiciousFile[];
  readonly suspiciousCount: number;
  /** What it cost the server. */
  readonly cost: { readonly listings: number; readonly entries: number; readonly firstBytes: number };
  /** `whole`: every folder was listed. `budget`: the entry budget ended it. `cut-off`: the server or the deadline did. `refused`: folders were refused. */
  readonly ended: 'whole' | 'budget' | 'cut-off' | 'refused';
}
