/** What a DICOM node shows to a caller it has never heard of. Facts only, and no value of any patient. */
import type { ArchiveMark, ArchiveSeen } from '../../model/archive-door.js';
import type { Transport } from '../../model/connection.js';
import { evidenceKind } from '../../model/evidence.js';
import type { Estimate, Exposure, TimelineYear, ValueClass } from '../../model/exposure.js';
import { atLeast } from '../../model/exposure.js';
import type { RecordFacts } from '../../model/record-facts.js';
import { groundsOf, type Right, type Rights, type RightsFrom, unknownRights } from '../../model/rights.js';
import { dicomGrounds } from './grounds.js';
import { identifyProduct } from './products.js';
import type { ContextName, ContextResult } from './wire/contexts.js';

/** What a rejection says, PS3.8 section 9.3.4 and PS3.7 section D.3.3.7.3. */
export type RejectMeaning =
  | 'calling-ae-not-recognised'
  | 'called-ae-not-recognised'
  | 'user-identity-refused'
  | 'congestion'
  | 'local-limit'
  | 'application-context-not-supported'
  | 'protocol-version-not-supported'
  | 'no-reason-given'
  | 'other';

export type AssociationAnswer =
  | { readonly answer: 'accepted' }
  /** The three numbers as they came (PS3.8 table 9-21), and what they mean. */
  | { readonly answer: 'rejected'; readonly result: number; readonly source: number; readonly reason: number; readonly meaning: RejectMeaning }
  | { readonly answer: 'aborted'; readonly source: number; readonly reason: number }
  | { readonly answer: 'closed' }
  | { readonly answer: 'no-answer' }
  | { readonly answer: 'not-tried' };

/** How a DIMSE request was answered. `failed`: a status other than success, see the status beside it. */
export type DimseAnswer = 'success' | 'not-authorised' | 'failed' | 'aborted' | 'closed' | 'no-answer' | 'wrong-answer' | 'not-negotiated' | 'not-tried';

export interface ArchiveCount {
  readonly studies: Estimate;
  readonly images: Estimate | null;
  readonly patients: Estimate | null;
  readonly timeline: readonly TimelineYear[];
  /**
   * `at-once`: one answer held all studies. `in-parts`: every stretch of study time was asked. `sampled`: some were, drawn at random.
   * `by-patient`: patients told how many studies they have. `cut-short`: there is more than was counted.
   */
  readonly method: 'at-once' | 'in-parts' | 'sampled' | 'by-patient' | 'cut-short';
  /** Who said how many images there are; `image-list`: nobody, they were counted one by one. */
  readonly imagesFrom: 'study-counters' | 'patient-counters' | 'series-counters' | 'image-list' | null;
  /** Rows that the archive gives in one answer at most; `null` where no limit showed. */
  readonly answerLimit: number | null;
  /** Whether a range of study dates brought the studies of that range. */
  readonly dates: 'not-asked' | 'honoured' | 'ignored' | 'not-found';
  /** By which other doors to it are known; `null` where no study's identifier was seen, or none was to be kept. */
  readonly mark: ArchiveMark | null;
  /** What these figures cost the device: C-FIND requests, all responses to them, and the bytes of the responses. */
  readonly cost: { readonly requests: number; readonly responses: number; readonly bytes: number };
  /** Why counting ended: `complete` is the only one that makes the figures exact. `device-limit`: the archive does not say more. */
  readonly ended: 'complete' | 'budget' | 'device-limit' | 'failed' | 'aborted' | 'closed' | 'no-answer';
}

export interface DicomEvidence {
  readonly transport: Transport;
  /** Whether the called AE title was one that no device has, or given by the operator. */
  readonly calledTitle: 'unguessable' | 'given';
  /** Likewise the calling AE title. What was granted to a given title, which may be a registered one, says nothing of strangers. */
  readonly callingTitle: 'unguessable' | 'given';
  /** The association that everything is asked in. */
  readonly association: AssociationAnswer;
  /** An association under a calling AE title that no list can hold: the same as `association` unless the operator gave a title. */
  readonly strangerAssociation: AssociationAnswer;
  /** Proposed to the peer as a stranger (PS3.7 section D.3.3.7). `answered`: a server response sub-item (59H) came back, the only proof that identity is looked at. */
  readonly userIdentity: 'answered' | 'ignored' | 'refused' | 'not-tried';
  readonly implementation: { readonly classUid: string | null; readonly versionName: string | null };
  /** Bytes; 0 means no limit (PS3.8 section D.1); `null` when not stated. */
  readonly maximumPduLength: number | null;
  readonly contexts: Readonly<Partial<Record<ContextName, ContextResult>>>;
  readonly echo: { readonly answer: DimseAnswer; readonly status: number | null };
  /** C-FIND with a key that matches nothing: decides whether queries are granted. `rows`: responses that came all the same. */
  readonly query: { readonly answer: DimseAnswer; readonly status: number | null; readonly rows: number };
  readonly archive: ArchiveCount | null;
  /** Class of each identifying attribute in the one record that was asked for. */
  readonly identifiers: Readonly<Record<string, ValueClass>>;
  /** What else that record showed; `null` where none was looked at. */
  readonly record: RecordFacts | null;
  readonly sample: 'taken' | 'switched-off' | 'no-answer' | 'not-tried';
  /** How the first association ended. */
  readonly release: 'released' | 'aborted' | 'closed' | 'no-answer' | 'not-tried';
}

/** The peer took at least one of these contexts. */
export function negotiated(evidence: DicomEvidence, ...names: readonly ContextName[]): boolean {
  return names.some((name) => evidence.contexts[name] === 'accepted');
}

/** Accepts an abstract syntax that does not exist: a honeypot, or an archive set to take anything. */
export const isPromiscuous = (evidence: DicomEvidence): boolean => negotiated(evidence, 'canary');

export const storageContexts = ['storage-ct', 'storage-mr', 'storage-cr', 'storage-dx', 'storage-us', 'storage-sc'] as const satisfies readonly ContextName[];
export const retrieveContexts = ['patient-root-get', 'study-root-get', 'patient-root-move', 'study-root-move'] as const satisfies readonly ContextName[];

const productOf = (evidence: DicomEvidence) => identifyProduct(evidence.implementation, evidence.contexts);

function readRight(evidence: DicomEvidence): Right {
  if (evidence.query.answer === 'success') return 'yes';
  if (evidence.query.answer === 'not-authorised' || evidence.association.answer === 'rejected') return refusedForCaller(evidence);
  if (evidence.query.answer === 'aborted' && productOf(evidence)?.id === 'orthanc') return 'no'; // Orthanc aborts what it does not authorise
  return negotiated(evidence, 'patient-root-find', 'study-root-find', ...retrieveContexts) ? 'negotiated' : 'unknown';
}

function refusedForCaller(evidence: DicomEvidence): Right {
  const answer = evidence.association;
  if (answer.answer !== 'rejected') return 'no';
  if (answer.result !== 1) return 'unknown'; // rejected-transient: it may be another answer tomorrow
  if (evidence.userIdentity === 'refused') return 'no';
  return answer.meaning === 'calling-ae-not-recognised' || answer.meaning === 'user-identity-refused' ? 'no' : 'unknown';
}

function createRight(evidence: DicomEvidence): Right {
  if (negotiated(evidence, ...storageContexts)) return 'negotiated';
  if (evidence.association.answer === 'rejected') return refusedForCaller(evidence);
  return evidence.association.answer === 'accepted' ? 'no' : 'unknown';
}

/** What follows in the evidence was shown to the title that the operator gave, not to any caller. */
export const isGrantedToGivenTitle = (evidence: DicomEvidence): boolean => evidence.callingTitle === 'given' && evidence.association.answer === 'accepted';

/** DICOM has no operation that edits or deletes for a caller without storing; both stay unknown where storing is negotiated. */
function rights(evidence: DicomEvidence): Rights {
  if (isGrantedToGivenTitle(evidence)) return strangersRights(evidence);
  const create = createRight(evidence);
  const change: Right = create === 'no' ? 'no' : 'unknown';
  return { read: readRight(evidence), create, edit: change, delete: change };
}

function rightsFrom(evidence: DicomEvidence): RightsFrom {
  const own = rights(evidence);
  return groundsOf([{ door: '', rights: own, from: dicomGrounds(evidence, own) }]);
}

const refusals: ReadonlySet<RejectMeaning> = new Set<RejectMeaning>([
  'calling-ae-not-recognised',
  'called-ae-not-recognised',
  'user-identity-refused',
  'no-reason-given',
]);

/**
 * The stranger was turned away for good where the given title had just been let in, under the same called title: then the
 * caller made the difference, whatever the reason says (DCMTK's dcmqrscp blames the called title).
 */
export function isRefusedBesideGivenTitle(evidence: DicomEvidence): boolean {
  const stranger = evidence.strangerAssociation;
  return isGrantedToGivenTitle(evidence) && stranger.answer === 'rejected' && stranger.result === 1 && refusals.has(stranger.meaning);
}

/** Only the door was tried as a stranger: refused there, nothing is allowed; let in, nothing more is known. */
const strangersRights = (evidence: DicomEvidence): Rights =>
  isRefusedBesideGivenTitle(evidence) ? { read: 'no', create: 'no', edit: 'no', delete: 'no' } : unknownRights;

function exposure(evidence: DicomEvidence): Exposure | null {
  if (evidence.query.answer !== 'success' || isGrantedToGivenTitle(evidence)) return null;
  const { archive } = evidence;
  if (archive === null) return { images: null, studies: atLeast(0), patients: null, timeline: [], identifiers: evidence.identifiers };
  const { images, studies, patients, timeline } = archive;
  return {
    images,
    studies,
    patients,
    timeline,
    identifiers: evidence.identifiers,
    counting: { source: 'c-find', how: countingInWords(archive), ...archive.cost },
  };
}

const methodWords = {
  'at-once': 'all studies in one answer',
  'in-parts': 'all studies, by stretches of study date',
  sampled: 'a random sample of study dates and times, with a 95 % interval',
  'by-patient': 'patient by patient',
  'cut-short': 'as many studies as the archive and the budget allowed',
} as const satisfies Record<ArchiveCount['method'], string>;

const imageWords = {
  'study-counters': 'images as each study states them',
  'patient-counters': 'images as each patient’s record states them',
  'series-counters': 'images as the series state them',
  'image-list': 'images counted one by one in the studies that were asked',
} as const satisfies Record<NonNullable<ArchiveCount['imagesFrom']>, string>;

const dateWords: Readonly<Partial<Record<ArchiveCount['dates'], string>>> = {
  ignored: 'it ignores study dates',
  'not-found': 'it finds no study by its date',
};

function countingInWords({ method, imagesFrom, answerLimit, dates }: ArchiveCount): string {
  const limit = answerLimit === null ? [] : [`it gives at most ${answerLimit} rows an answer`];
  return [methodWords[method], ...(imagesFrom === null ? [] : [imageWords[imagesFrom]]), ...limit, ...[dateWords[dates] ?? []].flat()].join('; ');
}

const archiveSeen = ({ archive }: DicomEvidence): ArchiveSeen | null => archive && { mark: archive.mark };

export const dicom = evidenceKind<DicomEvidence>('dicom', 3, {
  service: (evidence) => (evidence.transport === 'tls' ? 'dicom over tls' : 'dicom'),
  product: productOf,
  rights,
  rightsFrom,
  exposure,
  archive: archiveSeen,
});
