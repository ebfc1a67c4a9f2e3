/** Several endpoints that lead to one archive, in words. */
import { endpointName } from '../../model/endpoint.js';
import type { TimelineYear } from '../../model/exposure.js';
import type { Report, ReportEndpoint } from '../../model/report.js';
import { count, counted } from '../words.js';

/** `3 endpoints are doors to one archive, which is counted once`; `null` where every archive has one door. */
export function sharedDoors({ summary: { shared } }: Report): string | null {
  if (!shared) return null;
  const archives = shared.archives === 1 ? 'one archive, which is counted once' : `${count(shared.archives)} archives, each of which is counted once`;
  return `${counted(shared.doors, 'endpoint')} are doors to ${archives}`;
}

export const furtherDoor = ({ furtherDoorTo }: ReportEndpoint): string | null =>
  furtherDoorTo === undefined ? null : `a further door to the archive at ${furtherDoorTo}, and counted there`;

/** Studies by year of each archive once: where the endpoint that stands for it does not know them, as a further door does. */
export function timelinesOnce({ endpoints }: Report): readonly (readonly TimelineYear[])[] {
  const byArchive = new Map<string, readonly TimelineYear[]>();
  for (const endpoint of endpoints) {
    const archive = endpoint.furtherDoorTo ?? endpointName(endpoint);
    const timeline = endpoint.exposure?.timeline ?? [];
    const known = byArchive.get(archive) ?? [];
    if (known.length === 0 || (endpoint.furtherDoorTo === undefined && timeline.length > 0)) byArchive.set(archive, timeline);
  }
  return [...byArchive.values()];
}
