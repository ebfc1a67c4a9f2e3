/** What a count cost the device, in words. */
import type { Counting } from '../../model/exposure.js';
import { bytes, counted } from '../words.js';

/** `2 requests, 7 responses (1.2 kB)`. */
export const countingCost = ({ requests, responses, bytes: size }: Counting): string =>
  `${counted(requests, 'request')}, ${counted(responses, 'response')} (${bytes(size)})`;

export const sourceWords = { 'c-find': 'C-FIND' } as const satisfies Record<Counting['source'], string>;
