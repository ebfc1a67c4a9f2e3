/** An earlier scan from a file: the observations of `dosimeter observe`, or a JSON report. What it came to is held in memory, so not for millions of endpoints. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { judge } from '../audit/judge.js';
import { recordEndpoint } from '../audit/record-endpoint.js';
import { checks } from '../checks/index.js';
import { type Report, reportSchema } from '../model/report.js';
import { evidenceKinds } from '../protocols/index.js';
import type { ScanSide } from '../watch/compare-scans.js';
import { type Snapshot, snapshotOfRecord, snapshotOfReported } from '../watch/snapshot.js';
import { UsageError } from './exit-codes.js';
import { observationsSchema, openObservations } from './observation-stream.js';
import { sideInMemory } from './scan-sides.js';

/** A report of a hundred thousand endpoints is larger; their scans are compared in a store. */
const mostBytes = 256 * 1024 * 1024;

/** Throws `UsageError` where the file cannot be read or is neither. */
export async function sideOfFile(path: string): Promise<ScanSide> {
  const found = await stat(path).catch(() => raise(`cannot read ${path}: check the name`));
  const { size } = found;
  if (found.isDirectory()) raise(`${path} is a folder: give a JSON report or the output of "dosimeter observe"`);
  if (size > mostBytes) raise(`${path} is larger than 256 MB: compare two scans of one store instead, with --since and the scan's id`);
  if (await beginsAsObservations(path))
    return sideOfObservations(createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY }));
  return sideOfReport(parsed(await readFile(path, 'utf8'), path), path);
}

async function beginsAsObservations(path: string): Promise<boolean> {
  for await (const chunk of createReadStream(path, { encoding: 'utf8', end: 1023 })) return String(chunk).includes(`"${observationsSchema}"`);
  return false;
}

/** What the observations come to, judged by the checks of today. */
async function sideOfObservations(lines: AsyncIterable<string>): Promise<ScanSide> {
  const { head, endpoints, end } = await openObservations(lines);
  const snapshots: Snapshot[] = [];
  for await (const observations of endpoints) {
    const { record, measured } = recordEndpoint(evidenceKinds, observations, judge(checks, observations));
    snapshots.push(snapshotOfRecord(record, measured ?? { service: 'closed', exposure: null }));
  }
  return sideInMemory({ ...head, ...end(), caller: null }, snapshots);
}

function parsed(text: string, path: string): Report {
  try {
    const value = JSON.parse(text) as Partial<Report> | null;
    if (value?.schema === reportSchema && Array.isArray(value.endpoints) && Number.isFinite(Date.parse(value.scan?.startedAt ?? ''))) return value as Report;
  } catch {
    // Said below, without quoting the file.
  }
  return raise(`${path} is neither a JSON report nor the output of "dosimeter observe"`);
}

function sideOfReport({ scan, endpoints }: Report, path: string): ScanSide {
  try {
    const finishedAt = Date.parse(scan.finishedAt ?? '');
    const head = { ...scan, startedAt: Date.parse(scan.startedAt), finishedAt: Number.isFinite(finishedAt) ? finishedAt : null, caller: null };
    return sideInMemory(head, endpoints.map(snapshotOfReported));
  } catch {
    return raise(`${path} is not a whole JSON report: write it again with "dosimeter report --format json"`);
  }
}

function raise(message: string): never {
  throw new UsageError(message);
}
