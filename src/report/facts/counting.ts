/** What a count cost the device, in words. */
import type { Counting } from '../../model/exposure.js';
import { bytes, counted } from '../words.js';

/** `2 requests, 7 responses (1.2 kB)`. */
export const countingCost = ({ source, requests, responses, bytes: size }: Counting): string =>
  `${counted(requests, 'request')}, ${counted(responses, responseWords[source])} (${bytes(size)})`;

const responseWords = { 'c-find': 'response', 'qido-rs': 'record', 'archive-counters': 'answer' } as const satisfies Record<Counting['source'], string>;

export const sourceWords = {
  'c-find': 'C-FIND',
  'qido-rs': 'QIDO-RS',
  'archive-counters': 'the archive’s own counters',
} as const satisfies Record<Counting['source'], string>;
