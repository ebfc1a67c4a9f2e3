/** What can be learnt from a web server: facts, no opinion, no text of a page, no name of a file, nothing that names a person. */
import type { ArchiveMark, ArchiveSeen } from '../../model/archive-door.js';
import type { Transport } from '../../model/connection.js';
import type { ContentCounts } from '../../model/content-kind.js';
import { evidenceKind } from '../../model/evidence.js';
import { addEstimates, type Counting, type Estimate, type Exposure, type TimelineYear, type ValueClass } from '../../model/exposure.js';
import type { Product } from '../../model/product.js';
import type { RecordFacts } from '../../model/record-facts.js';
import { groundsOf, type Rights, type RightsFrom, unknownRights, widestRights } from '../../model/rights.js';
import { allFrom } from '../../model/share.js';
import { webGrounds } from './grounds.js';

/**
 * `open`: it answered with what was asked for. `login`: credentials were demanded (401, a form, a redirect to one).
 * `forbidden`: refused without asking (403). `absent`: nothing there. `unclear`: an error, or an answer that fits nothing.
 */
export type Access = 'open' | 'login' | 'forbidden' | 'absent' | 'unclear';

/** Where a redirect leads. Anything but the same endpoint is not followed, and the name of the other host is not kept. */
export type RedirectTo = 'same-endpoint' | 'https-same-host' | 'same-host-other-port' | 'elsewhere' | 'unreadable';

export type CrossOrigin = 'none' | 'any' | 'reflected' | 'reflected-with-credentials';

export type Indexing = {
  /** robots.txt for crawlers of search engines: `absent` lets them in. */
  readonly robots: 'absent' | 'allowed' | 'partly' | 'disallowed' | 'unclear';
  /** `noindex` in X-Robots-Tag or a meta element. */
  readonly noindex: boolean;
  /** Its sitemap invites crawlers to it. */
  readonly inSitemap: boolean;
  /** Which address the page wants to be listed under (RFC 6596). */
  readonly canonical: 'none' | 'here' | 'elsewhere';
};

/** How a door's figures were come by, and what they cost the server. */
export interface WebCounting {
  /** `own-counters`: the archive was asked for numbers. `study-pages`: its records of studies were counted (QIDO-RS). */
  readonly source: 'own-counters' | 'study-pages';
  /**
   * `stated`: nothing was counted. `at-once`: all studies, page after page. `in-parts`: every stretch of study time was asked. `sampled`: some
   * were, drawn at random. `cut-short`: there is more than was counted.
   */
  readonly method: 'stated' | 'at-once' | 'in-parts' | 'sampled' | 'cut-short';
  /** `stated-total`: the server said how many studies there are (X-Total-Count, or a Warning of what is left), though not all were listed. */
  readonly studiesFrom: 'counter' | 'stated-total' | 'records';
  /** Records that it gives for one question at most; `null` where no limit showed. */
  readonly answerLimit: number | null;
  /** Whether a range of study dates brought the studies of that range. */
  readonly dates: 'not-asked' | 'honoured' | 'ignored' | 'not-found';
  /** HTTP requests, records of studies (of counters: answers), and bytes of their bodies. */
  readonly cost: { readonly requests: number; readonly responses: number; readonly bytes: number };
}

/** The archive was asked for numbers, not for records: so many answers, of so many bytes together. */
export const ownCounters = (answers: number, bytes: number): WebCounting => ({
  source: 'own-counters',
  method: 'stated',
  studiesFrom: 'counter',
  answerLimit: null,
  dates: 'not-asked',
  cost: { requests: answers, responses: answers, bytes },
});

/** Everything that hands out data: an archive's interface, a viewer, a listing. */
export interface WebDoor {
  readonly kind: 'dicomweb' | 'archive-api' | 'viewer' | 'portal' | 'listing' | 'webdav' | 'bucket';
  /** Path on this endpoint: one of ours, or one that the viewer's own configuration names. */
  readonly path: string;
  readonly access: Access;
  readonly status: number;
  readonly rights: Rights;
  readonly images: Estimate | null;
  readonly studies: Estimate | null;
  readonly patients: Estimate | null;
  readonly timeline: readonly TimelineYear[];
  /** By which other doors to the same archive are known; `null` where no study's identifier was seen, or none was to be kept. */
  readonly mark: ArchiveMark | null;
  /** `null` where nothing was counted. */
  readonly counting: WebCounting | null;
  readonly identifiers: Readonly<Record<string, ValueClass>>;
  /** What else the one record showed; `null` where none was looked at. */
  readonly record: RecordFacts | null;
  readonly crossOrigin: CrossOrigin;
  readonly indexing: Indexing | null;
  /** Of a listing: how many entries of each kind, and how many files were seen to be DICOM by their first 132 bytes. */
  readonly content: ContentCounts | null;
  /** DICOMweb's studies name where they are to be had (Retrieve URL (0008,1190), PS3.18 section 10.6.3); it is never gone to. */
  readonly wado: 'offered' | 'not-seen';
  readonly confirmedDicom: number;
}

export interface Login {
  readonly by: 'form' | 'basic' | 'digest' | 'bearer' | 'certificate' | 'other';
  /** The form would send the password over http. */
  readonly submitsInClear: boolean;
}

export interface HttpEvidence {
  readonly transport: Transport;
  readonly product: Product | null;
  /** What stood at `/`, after redirects within the endpoint. */
  readonly front: { readonly status: number; readonly redirect: RedirectTo | null; readonly kind: 'page' | 'login' | 'listing' | 'nothing' };
  readonly login: Login | null;
  /** Seconds of Strict-Transport-Security (RFC 6797); `null`: not sent. */
  readonly hsts: number | null;
  readonly cookies: { readonly count: number; readonly withoutSecure: number; readonly withoutHttpOnly: number; readonly withoutSameSite: number };
  readonly doors: readonly WebDoor[];
  /** `not-tried` below touch `credentials`, or where no published account fits the product. */
  readonly defaultAccount: 'accepted' | 'refused' | 'not-tried';
  readonly requests: number;
  /** The request budget ended before everything was asked. */
  readonly budgetSpent: boolean;
}

/** Doors that gave out data. */
export const openDoors = (evidence: HttpEvidence): readonly WebDoor[] => evidence.doors.filter(({ access }) => access === 'open');
/** Interfaces and listings: they hand out records and files, where a viewer only shows a page. */
export const handsOutData = ({ kind }: WebDoor): boolean => kind !== 'viewer' && kind !== 'portal';

/** Doors that say something of rights; one that gave an error may grant what the others refuse. */
const tellingDoors = ({ doors }: HttpEvidence): readonly WebDoor[] => doors.filter((door) => door.access !== 'absent' && handsOutData(door));

const nothingFound = { door: '', rights: unknownRights, from: allFrom('no interface, listing or share that hands out records or files was found') };

const rights = (evidence: HttpEvidence): Rights => widestRights(tellingDoors(evidence).map((door) => door.rights));
const rightsFrom = (evidence: HttpEvidence): RightsFrom =>
  tellingDoors(evidence).length === 0
    ? groundsOf([nothingFound])
    : groundsOf(tellingDoors(evidence).map((door) => ({ door: '', rights: door.rights, from: webGrounds(door) })));

/** Doors of one endpoint lead to one archive: the figures of the door that says most, not their sum. Listings are added. */
function exposure(evidence: HttpEvidence): Exposure | null {
  const open = openDoors(evidence).filter(handsOutData);
  if (open.length === 0) return null;
  const archives = open.filter(({ kind }) => kind === 'dicomweb' || kind === 'archive-api').sort((a, b) => says(b) - says(a));
  const files = open.filter(({ kind }) => kind === 'listing' || kind === 'webdav' || kind === 'bucket');
  const best = archives[0];
  return {
    images: addEstimates([best?.images ?? null, ...files.map(({ images }) => images)]),
    studies: best?.studies ?? null,
    patients: best?.patients ?? null,
    timeline: archives.find(({ timeline }) => timeline.length > 0)?.timeline ?? [],
    identifiers: Object.assign({}, ...archives.map(({ identifiers }) => identifiers)),
    ...(best?.counting && { counting: countingOf(best.counting) }),
  };
}

/** Listings are no archive: they are counted for themselves. */
function archive(evidence: HttpEvidence): ArchiveSeen | null {
  const archives = openDoors(evidence).filter(({ kind }) => kind === 'dicomweb' || kind === 'archive-api');
  return archives.length === 0 ? null : { mark: archives.find(({ mark }) => mark !== null)?.mark ?? null };
}

function countingOf(counting: WebCounting): Counting {
  return { source: counting.source === 'own-counters' ? 'archive-counters' : 'qido-rs', how: countingInWords(counting), ...counting.cost };
}

const methodWords = {
  stated: 'as the archive states them, without one record',
  'at-once': 'all studies, page by page',
  'in-parts': 'all studies, by stretches of study date',
  sampled: 'a random sample of study dates and times, with a 95 % interval',
  'cut-short': 'as many studies as the server and the budget allowed',
} as const satisfies Record<WebCounting['method'], string>;

const dateWords: Readonly<Partial<Record<WebCounting['dates'], string>>> = {
  ignored: 'it ignores study dates',
  'not-found': 'it finds no study by its date',
};

function countingInWords({ method, studiesFrom, answerLimit, dates }: WebCounting): string {
  const stated = studiesFrom === 'stated-total' ? ['the number of studies as the server states it'] : [];
  const limit = answerLimit === null ? [] : [`it gives at most ${answerLimit} records for one question`];
  return [methodWords[method], ...stated, ...limit, ...[dateWords[dates] ?? []].flat()].join('; ');
}

const says = ({ images, studies, patients }: WebDoor): number =>
  [images, studies, patients].reduce((sum, figure) => sum + (figure === null ? 0 : figure.basis === 'exact' ? 2 : 1), 0);

export const http = evidenceKind<HttpEvidence>('http', 2, {
  service: ({ transport }) => (transport === 'tls' ? 'https' : 'http'),
  product: ({ product }) => product,
  rights,
  rightsFrom,
  exposure,
  archive,
});
