/** Orthanc's own interface: version, exact counts and rights, without one record of a patient. */
import { exactly } from '../../model/exposure.js';
import type { Product } from '../../model/product.js';
import type { Rights } from '../../model/rights.js';
import { accessOf, countIn, crossOriginOf, doorOf, isRecord, jsonOf, rightOfEmptyRequest } from './access.js';
import type { HttpConversation } from './conversation.js';
import { type Access, ownCounters, type WebDoor } from './evidence.js';

export interface OrthancSeen {
  readonly door: WebDoor | null;
  readonly product: Product | null;
}

/** `base`: path in front of the interface, without a slash at its end. `isKnown`: the front page was Orthanc's already. */
export async function askOrthanc(conversation: HttpConversation, base: string, origin: string, isKnown: boolean): Promise<OrthancSeen> {
  const answer = await conversation.request({ method: 'GET', path: `${base}/system`, headers: { origin } });
  const system = jsonOf(answer);
  const isOrthanc = isRecord(system) && typeof system['ApiVersion'] === 'number' && typeof system['DicomAet'] === 'string';
  if (isOrthanc) return openOrthanc(conversation, base, system, crossOriginOf(answer, origin), answer.status);
  const isItsRealm = /Orthanc Secure Area/.test(answer.headers['www-authenticate'] ?? '');
  const access = accessOf(answer, false);
  if ((!isItsRealm && !isKnown) || access === 'absent') return { door: null, product: null };
  return {
    door: doorOf('archive-api', `${base}/system`, access, answer.status, { crossOrigin: crossOriginOf(answer, origin) }),
    product: isItsRealm ? orthancOf(null, 'name of the protected area') : null,
  };
}

async function openOrthanc(
  conversation: HttpConversation,
  base: string,
  system: Readonly<Record<string, unknown>>,
  crossOrigin: WebDoor['crossOrigin'],
  status: number,
): Promise<OrthancSeen> {
  const statistics = await conversation.request({ method: 'GET', path: `${base}/statistics` });
  const counts = jsonOf(statistics);
  const figure = (key: string) => {
    const count = isRecord(counts) ? countIn(counts[key]) : null;
    return count === null ? null : exactly(count);
  };
  const images = figure('CountInstances');
  const access: Access = accessOf(statistics, images !== null);
  const version = typeof system['Version'] === 'string' && /^\d{1,3}(?:\.\d{1,3}){1,3}$/.test(system['Version']) ? system['Version'] : null;
  const door = doorOf('archive-api', `${base}/statistics`, access, access === 'open' ? status : statistics.status, {
    ...(access === 'open' && { rights: await orthancRights(conversation, base) }),
    images,
    studies: figure('CountStudies'),
    patients: figure('CountPatients'),
    counting: images === null ? null : ownCounters(1, statistics.body.length),
    crossOrigin,
  });
  return { door, product: orthancOf(version, 'its own answer to /system') };
}

/** Each is sent without a body, and Orthanc complains of that after it has let the caller in. */
async function orthancRights(conversation: HttpConversation, base: string): Promise<Rights> {
  const ask = async (path: string) => rightOfEmptyRequest(await conversation.request({ method: 'POST', path: `${base}${path}` }));
  return { read: 'yes', create: await ask('/instances'), edit: await ask('/tools/bulk-modify'), delete: await ask('/tools/bulk-delete') };
}

const orthancOf = (version: string | null, basis: string): Product => ({ id: 'orthanc', name: 'Orthanc', version, basis });
