/** Observations as NDJSON: one header line, then one observation a line. Read and written by the two halves of a scan. */

import type { Observation } from '../model/observation.js';
import type { ReportScan } from '../model/report.js';
import { UsageError } from './exit-codes.js';

export const observationsSchema = 'dosimeter.observations/1';

export type StreamHead = Omit<ReportScan, 'startedAt' | 'finishedAt'> & { readonly startedAt: number; readonly finishedAt: number | null };

export const headLine = (scan: StreamHead): string => `${JSON.stringify({ schema: observationsSchema, scan })}\n`;
/** Closes the stream: without it, the reader knows that the first half ended early. */
export const endLine = (finishedAt: number, complete: boolean): string => `${JSON.stringify({ finishedAt, complete })}\n`;
export const observationLine = (observation: Observation): string => `${JSON.stringify(observation)}\n`;

export interface ReadStream {
  readonly scan: StreamHead;
  readonly observations: readonly Observation[];
}

/** Lines → what was observed. A line that is not JSON is named by its number, never quoted. */
export async function readObservations(lines: AsyncIterable<string>): Promise<ReadStream> {
  let scan: StreamHead | undefined;
  const observations: Observation[] = [];
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    const value = parseLine(line, number);
    if (!scan) scan = headOf(value);
    else if ('kind' in value && 'endpoint' in value) observations.push(value as unknown as Observation);
    else if ('complete' in value) scan = { ...scan, finishedAt: value['finishedAt'] as number, complete: value['complete'] === true };
    else throw new UsageError(`line ${number} is neither an observation nor the end: give the output of "dosimeter observe"`);
  }
  if (!scan) throw new UsageError('nothing to judge: give the output of "dosimeter observe", as a file or on stdin');
  return { scan, observations };
}

function parseLine(line: string, number: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below, without quoting the line.
  }
  throw new UsageError(`line ${number} is not JSON: give the output of "dosimeter observe"`);
}

function headOf(value: Record<string, unknown>): StreamHead {
  if (value['schema'] !== observationsSchema) throw new UsageError(`this is not ${observationsSchema}: give the output of "dosimeter observe" of this version`);
  return { ...(value['scan'] as StreamHead), complete: false };
}
