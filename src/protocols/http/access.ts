/** An answer → whether one is let in, and what a browser elsewhere could read of it. Judges nothing. */
import type { Right } from '../../model/rights.js';
import type { HttpAnswer } from './conversation.js';
import type { Access, CrossOrigin, WebDoor } from './evidence.js';
import { bodyText, readPage } from './page.js';

/** `isExpected`: the answer holds what was asked for. A page in its place is a login where it has one, else nothing that we know. */
export function accessOf(answer: HttpAnswer, isExpected: boolean): Access {
  const { status } = answer;
  if (status === 401 || status === 407) return 'login';
  if (status === 403) return 'forbidden';
  if (status >= 300 && status < 400) return looksLikeLogin(answer.headers['location'] ?? '') ? 'login' : 'absent';
  if (status >= 500 || status === 408 || status === 429) return status === 501 ? 'absent' : 'unclear';
  if (isExpected && status >= 200 && status < 300) return 'open';
  if (status >= 200 && status < 300 && hasPasswordForm(answer)) return 'login';
  return 'absent';
}

const looksLikeLogin = (location: string): boolean => /log-?in|log-?on|sign-?in|auth|oauth|openid|saml|sso|account/i.test(location);

function hasPasswordForm(answer: HttpAnswer): boolean {
  if (!/html/i.test(answer.headers['content-type'] ?? '') && !answer.headless) return false;
  return readPage(bodyText(answer.body, answer.headers['content-type'])).passwordForms.length > 0;
}

/** `undefined` where the body is not JSON, or was cut. */
export function jsonOf(answer: HttpAnswer): unknown {
  if (answer.truncated) return undefined;
  try {
    return JSON.parse(bodyText(answer.body, undefined)) as unknown;
  } catch {
    return undefined;
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A count as servers write them: a number, or one in quotation marks. */
export function countIn(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** Fetch standard, CORS protocol: may a page of `origin` read this answer? */
export function crossOriginOf(answer: HttpAnswer, origin: string): CrossOrigin {
  const allowed = answer.headers['access-control-allow-origin']?.trim();
  if (allowed === '*') return 'any';
  if (allowed?.toLowerCase() !== origin.toLowerCase()) return 'none';
  return answer.headers['access-control-allow-credentials']?.trim().toLowerCase() === 'true' ? 'reflected-with-credentials' : 'reflected';
}

/**
 * What an empty request for a change shows: a complaint about its emptiness means that the caller was let in, and nothing was changed.
 */
export function rightOfEmptyRequest({ status }: HttpAnswer): Right {
  if (status === 400 || status === 411 || status === 415 || status === 422) return 'negotiated';
  if (status === 401 || status === 403 || status === 405 || status === 501) return 'no';
  return 'unknown';
}

/** A door of which nothing but its access is known. */
export function doorOf(kind: WebDoor['kind'], path: string, access: Access, status: number, more: Partial<WebDoor> = {}): WebDoor {
  const refused = access === 'login' || access === 'forbidden';
  const right: Right = refused ? 'no' : 'unknown';
  return {
    kind,
    path,
    access,
    status,
    rights: { read: access === 'open' ? 'yes' : right, create: right, edit: right, delete: right },
    images: null,
    studies: null,
    patients: null,
    timeline: [],
    mark: null,
    counting: null,
    identifiers: {},
    record: null,
    crossOrigin: 'none',
    indexing: null,
    content: null,
    wado: 'not-seen',
    confirmedDicom: 0,
    ...more,
  };
}
