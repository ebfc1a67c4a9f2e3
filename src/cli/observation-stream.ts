/** Observations as NDJSON: one header line, then one observation a line, those of one endpoint together. Read and written by the two halves of a scan. */

import { endpointName } from '../model/endpoint.js';
import type { Observation } from '../model/observation.js';
import type { ReportScan } from '../model/report.js';
import { UsageError } from './exit-codes.js';

export const observationsSchema = 'dosimeter.observations/1';

export type StreamHead = Omit<ReportScan, 'startedAt' | 'finishedAt'> & { readonly startedAt: number; readonly finishedAt: number | null };

export const headLine = (scan: StreamHead): string => `${JSON.stringify({ schema: observationsSchema, scan })}\n`;
/** Closes the stream: without it, the reader knows that the first half ended early. */
export const endLine = (finishedAt: number, complete: boolean): string => `${JSON.stringify({ finishedAt, complete })}\n`;
export const observationLine = (observation: Observation): string => `${JSON.stringify(observation)}\n`;

export interface ObservationStream {
  /** As it was when the first half began. */
  readonly head: StreamHead;
  /** Everything that was observed of one endpoint at a time. */
  readonly endpoints: AsyncIterable<readonly Observation[]>;
  /** What the last line said, once `endpoints` has been read; `undefined`: the first half ended early. */
  end(): { readonly finishedAt: number; readonly complete: boolean } | undefined;
}

/** Reads the header; the rest as it is asked for. A line that is not understood is named by its number, never quoted. */
export async function openObservations(lines: AsyncIterable<string>): Promise<ObservationStream> {
  const values = parsed(lines);
  const first = await values.next();
  if (first.done) throw new UsageError('nothing to judge: give the output of "dosimeter observe", as a file or on stdin');
  const head = headOf(first.value.value);
  let end: { finishedAt: number; complete: boolean } | undefined;
  async function* endpoints(): AsyncGenerator<readonly Observation[]> {
    const seen = new Set<string>();
    let current = '';
    let group: Observation[] = [];
    for await (const { value, number } of values) {
      if ('complete' in value) {
        end = endOf(value, number);
        continue;
      }
      const observation = observationOf(value, number);
      const name = endpointName(observation.endpoint);
      if (name !== current) {
        if (group.length > 0) yield group;
        if (seen.has(name))
          throw new UsageError(`line ${number} is of an endpoint that other lines stand between: give the output of "dosimeter observe" as it was`);
        seen.add(name);
        current = name;
        group = [];
      }
      group.push(observation);
    }
    if (group.length > 0) yield group;
  }
  return { head, endpoints: endpoints(), end: () => end };
}

interface Line {
  readonly value: Record<string, unknown>;
  /** From 1. */
  readonly number: number;
}

async function* parsed(lines: AsyncIterable<string>): AsyncGenerator<Line> {
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() !== '') yield { value: parseLine(line, number), number };
  }
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

function observationOf(value: Record<string, unknown>, number: number): Observation {
  const endpoint = value['endpoint'];
  if ('kind' in value && typeof endpoint === 'object' && endpoint !== null) return value as unknown as Observation;
  throw neither(number);
}

function endOf({ finishedAt, complete }: Record<string, unknown>, number: number) {
  if (!isTime(finishedAt)) throw neither(number);
  return { finishedAt, complete: complete === true };
}

const neither = (number: number): UsageError => new UsageError(`line ${number} is neither an observation nor the end: give the output of "dosimeter observe"`);

/** Milliseconds that a date can be made of (ECMA-262 section 21.4.1.1). */
const isTime = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= 8.64e15;

function headOf(value: Record<string, unknown>): StreamHead {
  if (value['schema'] !== observationsSchema) throw new UsageError(`this is not ${observationsSchema}: give the output of "dosimeter observe" of this version`);
  const scan = value['scan'] as Partial<StreamHead> | null | undefined;
  if (typeof scan?.id !== 'string' || !isTime(scan.startedAt))
    throw new UsageError('line 1 does not say which scan this was of: give the output of "dosimeter observe" as it was');
  return { ...(scan as StreamHead), complete: false };
}
