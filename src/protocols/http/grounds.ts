/** What the rights at a door of a web server rest on, in words. Decides no right. */
import type { DoorRights, Right, Rights } from '../../model/rights.js';
import { allFrom } from '../../model/share.js';

interface DoorFacts {
  readonly kind: string;
  readonly path: string;
  readonly access: 'open' | 'login' | 'forbidden' | 'absent' | 'unclear';
  readonly status: number;
  readonly rights: Rights;
}

export function webGrounds(door: DoorFacts): DoorRights['from'] {
  const { kind, access, status, rights } = door;
  const path = placeOf(door);
  const answered = `${kind === 'webdav' ? 'PROPFIND' : 'GET'} ${path} was answered ${status}`;
  if (access === 'login') return allFrom(`${answered}${status === 401 || status === 407 ? '' : ' with a login'}: it asks for credentials`);
  if (access === 'forbidden') return allFrom(`${answered}: refused`);
  if (access !== 'open') return allFrom(`${answered}, which does not tell`);
  const read = `${answered} with ${shown[kind] ?? 'what was asked for'}`;
  if (kind === 'dicomweb')
    return { read, create: emptyRequest(rights.create, path), edit: notAsked, delete: allowed(rights.delete, `OPTIONS of a study under ${path}`, 'DELETE') };
  if (kind === 'archive-api' && path.endsWith('/statistics')) {
    const base = path.slice(0, -'/statistics'.length);
    return {
      read,
      create: emptyRequest(rights.create, `${base}/instances`),
      edit: emptyRequest(rights.edit, `${base}/tools/bulk-modify`),
      delete: emptyRequest(rights.delete, `${base}/tools/bulk-delete`),
    };
  }
  if (kind === 'webdav') {
    const options = `OPTIONS ${path}`;
    return {
      read,
      create: allowed(rights.create, options, 'PUT, MKCOL or COPY'),
      edit: allowed(rights.edit, options, 'PUT, PROPPATCH or MOVE'),
      delete: allowed(rights.delete, options, 'DELETE'),
    };
  }
  return { ...allFrom(notAsked), read };
}

/** People name folders after people: a folder of files is not named here. */
const placeOf = ({ kind, path }: DoorFacts): string => (path !== '/' && (kind === 'listing' || kind === 'webdav' || kind === 'bucket') ? 'of a folder' : path);

const notAsked = 'it has no request that would tell without changing something';

const shown: Readonly<Record<string, string>> = {
  dicomweb: 'a list of studies',
  'archive-api': 'what it holds',
  listing: 'a list of files',
  webdav: 'a list of files',
  bucket: 'a list of files',
};

/** As `rightOfEmptyRequest` reads statuses. */
function emptyRequest(right: Right, path: string): string {
  const asked = `POST ${path} with nothing in it`;
  if (right === 'yes' || right === 'negotiated') return `${asked} was turned down for being empty (400, 411, 415 or 422), after the caller had been let in`;
  return right === 'no' ? `${asked} was refused (401, 403, 405 or 501)` : `the answer to ${asked} does not tell`;
}

function allowed(right: Right, request: string, methods: string): string {
  if (right === 'yes' || right === 'negotiated') return `Allow names ${methods} in the answer to ${request}`;
  return right === 'no' ? `Allow does not name ${methods} in the answer to ${request}` : `the answer to ${request} does not tell of ${methods}`;
}
