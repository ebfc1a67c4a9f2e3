/** Where results go: stdout or a file. Progress and remarks go to stderr. */
import { open, writeFile } from 'node:fs/promises';
import { styleText } from 'node:util';
import type { Report, ReportEndpoint } from '../model/report.js';
import { type ReportFormat, renderReport, reportFormats } from '../report/index.js';
import { jsonPieces } from '../report/json.js';
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

/** The JSON report of a scan with more endpoints than memory should hold; no more is read than the reader has taken. */
export async function streamJson(report: Report, endpoints: AsyncIterable<ReportEndpoint>, output: string | undefined): Promise<void> {
  const pieces = jsonPieces(report);
  const file = output === undefined ? undefined : await openResult(output);
  const write = async (text: string) => void (file ? await file.appendFile(text) : await writeOut(text));
  try {
    let text = pieces.opening;
    let index = 0;
    for await (const endpoint of endpoints) {
      text += pieces.endpoint(endpoint, index++);
      if (text.length < enoughToWrite) continue;
      await write(text);
      text = '';
    }
    await write(text + pieces.closing(index));
  } finally {
    await file?.close();
  }
}

/** Characters. */
const enoughToWrite = 65_536;

async function openResult(path: string) {
  try {
    return await open(path, 'w', 0o600);
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

function cannotWrite(path: string, error: unknown): UsageError {
  return new UsageError(`cannot write ${path} (${(error as { code?: string }).code ?? 'error'}): choose another --output`);
}

/** Reports name devices and their holes: only the owner may read the file. */
export async function writeResult(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { mode: 0o600 });
  } catch (error) {
    throw cannotWrite(path, error);
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
