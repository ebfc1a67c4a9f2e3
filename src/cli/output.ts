/** Where results go: stdout or a file. Progress and remarks go to stderr. */
import { writeFile } from 'node:fs/promises';
import { styleText } from 'node:util';
import type { Report } from '../model/report.js';
import { type ReportFormat, renderReport, reportFormats } from '../report/index.js';
import { UsageError } from './exit-codes.js';

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan' | 'magenta';

/** Colour only where a person looks at it; honours NO_COLOR and FORCE_COLOR. */
export const colour = (style: Style, text: string): string => styleText(style, text, { stream: process.stdout });

export function isReportFormat(text: string): text is ReportFormat {
  return (reportFormats as readonly string[]).includes(text);
}

/** The format that was asked for, else the one that the file's ending names, else the terminal's. */
export function chooseFormat(format: string | undefined, output: string | undefined): ReportFormat {
  const ending = output?.split('.').at(-1)?.toLowerCase() ?? '';
  const chosen = format ?? (ending === 'htm' ? 'html' : isReportFormat(ending) ? ending : 'terminal');
  if (!isReportFormat(chosen)) throw new UsageError(`unknown format "${chosen}": choose one of ${reportFormats.join(', ')}`);
  return chosen;
}

export async function writeReport(report: Report, format: ReportFormat, output: string | undefined): Promise<void> {
  const plain = (_style: Style, text: string) => text;
  const text = renderReport(format, report, {
    width: Math.max(40, Math.min(process.stdout.columns ?? 100, 120)),
    colour: output === undefined ? colour : plain,
  });
  if (output === undefined) await writeOut(text);
  else await writeResult(output, text);
}

/** Reports name devices and their holes: only the owner may read the file. */
export async function writeResult(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { mode: 0o600 });
  } catch (error) {
    const code = (error as { code?: string }).code ?? 'error';
    throw new UsageError(`cannot write ${path} (${code}): choose another --output`);
  }
}

/** Waits where the reader is slow, so that a pipe never makes memory grow. */
export async function writeOut(text: string): Promise<void> {
  if (process.stdout.write(text)) return;
  await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
}

export function remark(text: string): void {
  process.stderr.write(`${text}\n`);
}
