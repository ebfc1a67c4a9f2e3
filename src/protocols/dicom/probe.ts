/**
 * The DICOM conversation. One association, under a title that no list can hold, proposes everything and reads the peer's
 * rights off what it takes; at touch `anonymous` it also asks C-ECHO and C-FIND. Only where the operator gave a calling
 * title, which may be a registered one, a second small association shows what a stranger gets. Never sends C-STORE, C-GET, C-MOVE or any N-service. Judges nothing.
 */
import { ConnectionFailure, type Dial, type Transport } from '../../model/connection.js';
import { defineProbe, type ProbeSettings, type ProbeTarget } from '../../model/probe.js';
import { touchAllows } from '../../model/touch.js';
import { answerOf, associationBrokeOff, brokeOff, contextResult, isBusy, rejectMeaning } from './answers.js';
import { type Association, type Reply, type Requested, requestAssociation } from './association.js';
import { countArchive } from './count.js';
import { echo } from './echo.js';
import { type AssociationAnswer, type DicomEvidence, dicom } from './evidence.js';
import { acceptedTransferSyntax, find } from './find.js';
import { sampleIdentifiers } from './identifiers.js';
import { key } from './keys.js';
import { QueryLine } from './query-line.js';
import { associateRequest, contextId, namedIdentity } from './requests.js';
import { type ContextName, contextNames } from './wire/contexts.js';
import type { AssociateRequest, UserIdentityRequest } from './wire/pdu.js';
import { studyThatNobodyHas } from './wire/uids.js';

/** A busy peer is asked once more, this much later. */
const busyPauseMs = 1_500;
/** Rows that a query for nothing may return before it is clear that the key is ignored. */
const rowsOfNothing = 3;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export const dicomProbe = defineProbe<DicomEvidence>({
  id: 'dicom',
  produces: dicom,
  ports: [104, 11112, 4242, 2761, 2762],
  tried: 'anywhere',
  touch: 'handshake',
  transports: ['plain', 'tls'],
  async run(target, dial) {
    const { settings, transport } = target;
    const { reply, association, answer, identity, again } = await callFirst(dial, target);
    const evidence = negotiation(target, reply, answer);
    if (settings.callingAeTitle === null) Object.assign(evidence, { strangerAssociation: evidence.association, userIdentity: identity });
    if (!association) return evidence;
    if (touchAllows(settings.touch, 'anonymous')) await ask(association, evidence, settings, again);
    else evidence.release = await association.release();
    if (settings.callingAeTitle !== null) await callAsStranger(dial, transport, settings, evidence);
    return evidence;
  },
});

interface FirstCall extends Requested {
  readonly answer: AssociationAnswer;
  readonly identity: DicomEvidence['userIdentity'];
  /** The same request once more, for a peer that hung up in between. */
  again(): Promise<Requested>;
}

/**
 * As a stranger a user identity is proposed too (PS3.7 section D.3.3.7). Where it was refused, or where a peer aborted or
 * hung up over it, the same is asked without; where that brings nothing, the first answer stands.
 */
async function callFirst(dial: Dial, { settings, transport }: ProbeTarget): Promise<FirstCall> {
  const bare = associateRequest(settings, contextNames, null);
  const again = () => requestAssociation(dial, transport, bare);
  const call = (requested: Requested, identity: DicomEvidence['userIdentity'], proposed: boolean) => ({
    ...requested,
    answer: answerOf(requested.reply, proposed),
    identity,
    again,
  });
  if (settings.callingAeTitle !== null) return call(await requestPatiently(dial, transport, bare), 'not-tried', false);
  const named = await requestPatiently(dial, transport, associateRequest(settings, contextNames, namedIdentity)).catch(hungUp);
  if (named && named.reply.type !== 'abort' && !refusedIdentity(named.reply)) return call(named, identityAnswer(named.reply), true);
  const identity = named && refusedIdentity(named.reply) ? 'refused' : 'not-tried';
  try {
    return call(await requestPatiently(dial, transport, bare), identity, false);
  } catch (error) {
    if (named && error instanceof ConnectionFailure) return call(named, identity, true);
    throw error;
  }
}

/** Closed without a byte; a TLS alert or anything else that was said is an answer, and is thrown on. */
function hungUp(error: unknown): undefined {
  if (error instanceof ConnectionFailure && error.outcome === 'closed' && !error.spoke && error.alert === undefined && error.connected) return undefined;
  throw error;
}

const refusedIdentity = (reply: Reply): boolean => reply.type === 'associate-reject' && rejectMeaning(reply, true) === 'user-identity-refused';

function identityAnswer(reply: Reply): DicomEvidence['userIdentity'] {
  if (reply.type !== 'associate-accept') return 'not-tried';
  return reply.userInformation.userIdentityAnswered ? 'answered' : 'ignored';
}

/** A peer that is out of room is tried once more; the second answer stands. */
async function requestPatiently(dial: Dial, transport: Transport, request: AssociateRequest): Promise<Requested> {
  const first = await requestAssociation(dial, transport, request);
  if (!isBusy(first.reply)) return first;
  await dial.pause(busyPauseMs);
  return requestAssociation(dial, transport, request).catch(() => first);
}

/** What the answer to the first association request says by itself. */
function negotiation({ settings, transport }: ProbeTarget, reply: Reply, association: AssociationAnswer): Mutable<DicomEvidence> {
  const accept = reply.type === 'associate-accept' ? reply : undefined;
  const results = contextNames.map((name) => [name, contextResult(accept?.contexts.find((context) => context.id === contextId(name))?.result)] as const);
  return {
    transport,
    calledTitle: settings.calledAeTitle === null ? 'unguessable' : 'given',
    callingTitle: settings.callingAeTitle === null ? 'unguessable' : 'given',
    association,
    strangerAssociation: { answer: 'not-tried' },
    userIdentity: 'not-tried',
    implementation: {
      classUid: accept?.userInformation.implementationClassUid ?? null,
      versionName: accept?.userInformation.implementationVersionName ?? null,
    },
    maximumPduLength: accept?.userInformation.maximumLength ?? null,
    contexts: accept ? Object.fromEntries(results) : {},
    echo: { answer: 'not-tried', status: null },
    query: { answer: 'not-tried', status: null, rows: 0 },
    archive: null,
    identifiers: {},
    record: null,
    sample: 'not-tried',
    release: 'not-tried',
  };
}

/** C-ECHO, then whether C-FIND is granted, then how much it lists. A peer that hangs up over C-ECHO gets one more association for the query. */
async function ask(association: Association, evidence: Mutable<DicomEvidence>, settings: ProbeSettings, again: () => Promise<Requested>): Promise<void> {
  evidence.echo = await echo(association);
  const current = association.isOpen ? association : (await again().catch(() => undefined))?.association;
  if (!current) {
    evidence.release = evidence.echo.answer === 'aborted' ? 'aborted' : 'closed';
    return;
  }
  evidence.query = await askForNothing(current);
  const line = new QueryLine(current, async () => (await again().catch(() => undefined))?.association);
  if (evidence.query.answer === 'success' && current.isOpen) await measureArchive(line, evidence, settings);
  evidence.release = line.association.isOpen ? await line.association.release() : howItEnded(line.association);
}

/** A unique key that matches nothing: the answer tells whether queries are granted, and no row is touched. */
async function askForNothing(association: Association): Promise<DicomEvidence['query']> {
  const hasStudyRoot = acceptedTransferSyntax(association, 'study-root-find') !== undefined;
  const keys = hasStudyRoot
    ? [key('QueryRetrieveLevel', 'STUDY'), key('StudyInstanceUID', studyThatNobodyHas)]
    : [key('QueryRetrieveLevel', 'PATIENT'), key('PatientID', 'DOSIMETER-NOBODY')];
  const context: ContextName = hasStudyRoot ? 'study-root-find' : 'patient-root-find';
  const { answer, status, rows } = await find(association, { context, keys, reads: [], budget: rowsOfNothing });
  return { answer, status, rows };
}

/** Counting a large archive may take so long; the rest of a minute is for what comes before and after. */
const countingMs = 50_000;

async function measureArchive(line: QueryLine, evidence: Mutable<DicomEvidence>, settings: ProbeSettings): Promise<void> {
  const until = performance.now() + countingMs;
  const { archive, studyInstanceUid } = await countArchive(line, {
    budget: settings.responseBudget,
    seed: settings.seed,
    archiveKey: settings.archiveKey,
    today: Math.floor(Date.now() / 86_400_000),
    isTimeUp: () => performance.now() > until,
  });
  evidence.archive = archive;
  if (!settings.sample) evidence.sample = 'switched-off';
  else if (archive.studies.value > 0 && line.association.isOpen) Object.assign(evidence, await sampleIdentifiers(line.association, studyInstanceUid));
}

/** Where nothing broke off, or the peer made no sense, it was we who aborted. */
function howItEnded({ brokenOffBy }: Association): DicomEvidence['release'] {
  const how = brokenOffBy === undefined ? 'wrong-answer' : brokeOff(brokenOffBy);
  return how === 'wrong-answer' ? 'aborted' : how;
}

/** Under a title that no list can hold, with user identity first; without it where it was refused or where an old peer chokes on it. */
async function callAsStranger(dial: Dial, transport: Transport, settings: ProbeSettings, evidence: Mutable<DicomEvidence>): Promise<void> {
  const stranger = { ...settings, callingAeTitle: null };
  const named = await knock(dial, transport, stranger, namedIdentity);
  evidence.strangerAssociation = named.answer;
  if (named.answer.answer === 'accepted') evidence.userIdentity = named.identity;
  const refused = named.answer.answer === 'rejected' && named.answer.meaning === 'user-identity-refused';
  if (refused) evidence.userIdentity = 'refused';
  if (refused || named.answer.answer === 'aborted' || named.answer.answer === 'closed') {
    evidence.strangerAssociation = (await knock(dial, transport, stranger, null)).answer;
  }
}

async function knock(dial: Dial, transport: Transport, settings: ProbeSettings, identity: UserIdentityRequest | null) {
  try {
    const { reply, association } = await requestPatiently(dial, transport, associateRequest(settings, ['verification'], identity));
    await association?.release();
    return { answer: answerOf(reply, identity !== null), identity: identityAnswer(reply) };
  } catch (error) {
    return { answer: associationBrokeOff(error), identity: 'not-tried' as const };
  }
}
