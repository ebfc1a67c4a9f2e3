/** Whole conversations with scripted peers on loopback: what each odd answer becomes in the evidence. */
import { describe, expect, it } from 'vitest';
import { patientLimits, probeArchive, probeScript } from '../../../test/hostile/probing.js';
import { type Archive, acceptance, answerRows, type Exchange, patient, rejection, studies, study } from '../../../test/hostile/scripted-archive.js';
import type { Caller, HeardMessage } from '../../../test/hostile/scripted-peer.js';
import { key } from './keys.js';
import { contextId } from './requests.js';
import { type ContextName, contextNames } from './wire/contexts.js';
import { type Attribute, encodeDataSet } from './wire/data-set.js';
import { commandFields, encodeCommand, statuses } from './wire/dimse-command.js';
import { encodePdu } from './wire/encode-pdu.js';
import type { AssociateRequest } from './wire/pdu.js';
import { explicitVrLittleEndian, implicitVrLittleEndian } from './wire/uids.js';

const ids = (...names: readonly ContextName[]) => names.map(contextId);
const forEver = Array.from({ length: 3_000 }, (_, index) => study(index));
/** Short, for conversations that end at a deadline; nothing here is compared with a clock. */
const hasty = { ...patientLimits, answerMs: 800, totalMs: 1_600 };

/** For a conversation that ends by count, however busy the machine is. */
const unhurried = { ...patientLimits, answerMs: 20_000, totalMs: 25_000 };

/** One pending response to a C-FIND in Implicit VR Little Endian, as bytes. */
function pendingResponse({ contextId: id, command }: HeardMessage, row: readonly Attribute[]): Uint8Array {
  const response = { ...command, commandField: commandFields['find-response'], messageId: null, messageIdBeingRespondedTo: command.messageId };
  const value = { contextId: id, isLast: true };
  const values = [
    { ...value, isCommand: true, data: encodeCommand({ ...response, hasDataSet: true, status: statuses.pending }) },
    { ...value, isCommand: false, data: encodeDataSet(row, implicitVrLittleEndian) },
  ];
  return encodePdu({ type: 'data-transfer', values });
}

type Answer = ReturnType<NonNullable<Archive['associate']>>;

/** First an answer for those who propose a user identity, then one for those who do not. */
const byIdentity =
  (named: (request: AssociateRequest, caller: Caller) => Answer): NonNullable<Archive['associate']> =>
  (request, caller) =>
    request.userInformation.userIdentity ? named(request, caller) : acceptance(request);

describe('an open archive', () => {
  const archive: Archive = {
    rows: {
      studies: [study(1, '20180304', 10), study(2, '20180511', 5), study(3, '20190101', 7)],
      patients: [patient(2, 15), patient(1, 7)],
      sample: [[key('QueryRetrieveLevel', 'STUDY'), key('PatientName', 'Berger^Clara'), key('PatientID', 'ANON-7'), key('PatientBirthDate')]],
    },
  };
  const expected = {
    transport: 'plain',
    calledTitle: 'unguessable',
    callingTitle: 'unguessable',
    association: { answer: 'accepted' },
    strangerAssociation: { answer: 'accepted' },
    userIdentity: 'ignored',
    implementation: { classUid: '2.25.1234', versionName: 'SCRIPTED_1' },
    maximumPduLength: 16_384,
    contexts: { ...Object.fromEntries(contextNames.map((name) => [name, 'accepted'])), canary: 'abstract-syntax-not-supported' },
    echo: { answer: 'success', status: 0 },
    query: { answer: 'success', status: 0, rows: 0 },
    archive: {
      studies: { value: 3, basis: 'exact', low: 3, high: 3 },
      images: { value: 22, basis: 'exact', low: 22, high: 22 },
      patients: { value: 2, basis: 'exact', low: 2, high: 2 },
      timeline: [
        { year: 2018, studies: 2, images: 15 },
        { year: 2019, studies: 1, images: 7 },
      ],
      method: 'at-once',
      imagesFrom: 'study-counters',
      answerLimit: null,
      dates: 'not-asked',
      mark: null,
      cost: { requests: 2, responses: 7, bytes: expect.any(Number) },
      ended: 'complete',
    },
    identifiers: { PatientName: 'real-looking', PatientID: 'pseudonymous', PatientBirthDate: 'empty' },
    record: { nationalIdentifiers: {}, signs: ['de-identified'] },
    sample: 'taken',
    release: 'released',
  };

  it('is counted, sampled once and left in order', async () => {
    const { evidence, peer } = await probeArchive(archive);
    expect(evidence).toEqual(expected);
    expect(peer.connections).toBe(1);
    expect(peer.heard.at(-1)).toEqual({ type: 'release-request' });
  });

  it.each([
    ['one-byte fragments', { fragment: 1 }],
    ['one-byte fragments in one PDU', { fragment: 1, together: true }],
    ['command and data in one PDU', { together: true }],
    ['fragments of three bytes', { fragment: 3 }],
  ])('gives the same evidence in %s', async (_, cut) => {
    expect((await probeArchive({ ...archive, cut })).evidence).toEqual(expected);
  });

  it('gives the same evidence in explicit VR', async () => {
    const associate = (request: AssociateRequest) => acceptance(request, { transferSyntax: explicitVrLittleEndian });
    expect((await probeArchive({ ...archive, associate })).evidence).toEqual(expected);
  });

  it('keeps no value of the record in the evidence', async () => {
    const { evidence } = await probeArchive(archive);
    expect(JSON.stringify(evidence)).not.toMatch(/berger|clara|anon-7|2\.25\.100/i);
  });

  it('asks for no name before the one record', async () => {
    const { peer } = await probeArchive(archive, { sample: false });
    const sent = peer.heard.flatMap((pdu) => (pdu.type === 'data-transfer' ? pdu.values.map((value) => Buffer.from(value.data).toString('hex')) : []));
    expect(sent.filter((bytes) => bytes.includes('10001000'))).toEqual([]); // (0010,0010)
  });

  it('is asked nothing at touch handshake', async () => {
    const { evidence, peer } = await probeArchive(archive, { touch: 'handshake' });
    expect(evidence).toMatchObject({
      association: { answer: 'accepted' },
      echo: { answer: 'not-tried' },
      query: { answer: 'not-tried' },
      archive: null,
      sample: 'not-tried',
      release: 'released',
    });
    expect(peer.heard.map((pdu) => pdu.type)).toEqual(['associate-request', 'release-request']);
  });

  it('is not sampled where sampling is switched off', async () => {
    const { evidence } = await probeArchive(archive, { sample: false });
    expect(evidence).toEqual({ ...expected, identifiers: {}, record: null, sample: 'switched-off' });
  });

  it('is not sampled where it is empty', async () => {
    const { evidence } = await probeArchive({});
    expect(evidence).toMatchObject({
      archive: { studies: { value: 0, basis: 'exact' }, images: { value: 0 }, patients: { value: 0, basis: 'exact' }, timeline: [], ended: 'complete' },
      sample: 'not-tried',
    });
  });

  it('that gives no record is said so', async () => {
    const { evidence } = await probeArchive({ rows: { studies: [study(1)] } });
    expect(evidence).toMatchObject({ identifiers: {}, sample: 'no-answer', release: 'released' });
  });
});

describe('titles', () => {
  it('an accepted title that the operator gave is not called unguessable', async () => {
    const { evidence, peer } = await probeArchive({}, { calledAeTitle: 'ARCHIVE', touch: 'handshake' });
    expect(evidence.calledTitle).toBe('given');
    expect(peer.heard[0]).toMatchObject({ calledAeTitle: 'ARCHIVE', callingAeTitle: 'DOSIMETER_ABC123' });
  });

  it('an unknown called title is refused', async () => {
    const { evidence, peer } = await probeArchive({ associate: (request) => (request.calledAeTitle === 'ARCHIVE' ? acceptance(request) : rejection(1, 1, 7)) });
    const refused = { answer: 'rejected', result: 1, source: 1, reason: 7, meaning: 'called-ae-not-recognised' };
    expect(evidence).toMatchObject({
      association: refused,
      strangerAssociation: refused,
      userIdentity: 'not-tried',
      contexts: {},
      query: { answer: 'not-tried' },
      archive: null,
      release: 'not-tried',
    });
    expect(peer.heard[0]).toMatchObject({ calledAeTitle: 'UNKNOWN-ABC123' });
    expect(peer.connections).toBe(1);
  });

  it('a registered calling title gets in, a stranger does not', async () => {
    const associate = (request: AssociateRequest) => (request.callingAeTitle === 'WARD1' ? acceptance(request) : rejection(1, 1, 3));
    const { evidence, peer } = await probeArchive({ associate }, { callingAeTitle: 'WARD1' });
    expect(evidence).toMatchObject({
      callingTitle: 'given',
      association: { answer: 'accepted' },
      strangerAssociation: { answer: 'rejected', result: 1, source: 1, reason: 3, meaning: 'calling-ae-not-recognised' },
      query: { answer: 'success' },
      release: 'released',
    });
    expect(peer.heard.filter((pdu) => pdu.type === 'associate-request').map((pdu) => pdu.callingAeTitle)).toEqual(['WARD1', 'DOSIMETER_ABC123']);
  });

  it.each([
    ['aborts', (caller: Caller) => caller.say({ type: 'abort', source: 2, reason: 1 }), { answer: 'aborted', source: 2, reason: 1 }],
    ['hangs up', (caller: Caller) => caller.hangUp(), { answer: 'closed' }],
    ['says nothing', () => undefined, { answer: 'no-answer' }],
  ])('a peer that %s when a stranger calls', async (_, answer, stranger) => {
    const { evidence } = await probeScript(
      async (caller) => {
        const request = await caller.hear();
        if (request.type !== 'associate-request') throw new Error('no request');
        if (request.callingAeTitle !== 'WARD1') return void (await answer(caller));
        await caller.say(acceptance(request));
        await caller.hear();
        await caller.say({ type: 'release-response' });
        caller.hangUp();
      },
      { callingAeTitle: 'WARD1', touch: 'handshake' },
      { ...hasty, totalMs: 5_000 },
    );
    expect(evidence).toMatchObject({ association: { answer: 'accepted' }, strangerAssociation: stranger });
  });
});

describe('a busy peer', () => {
  const busyFor = (times: number, codes: readonly [number, number, number] = [2, 3, 2]): Archive => ({
    associate: (request, caller) => (caller.index < times ? rejection(...codes) : acceptance(request)),
  });

  it('is asked once more', async () => {
    const { evidence, peer } = await probeArchive(busyFor(1));
    expect(evidence).toMatchObject({ association: { answer: 'accepted' }, userIdentity: 'ignored', query: { answer: 'success' } });
    expect(peer.connections).toBe(2);
  });

  it.each([
    [2, 3, 1, 'congestion'],
    [2, 3, 2, 'local-limit'],
    [1, 3, 1, 'congestion'],
    [2, 2, 1, 'no-reason-given'],
  ] as const)('that stays busy with %i/%i/%i is not asked a third time', async (result, source, reason, meaning) => {
    const { evidence, peer } = await probeArchive(busyFor(9, [result, source, reason]));
    expect(evidence).toMatchObject({
      association: { answer: 'rejected', result, source, reason, meaning },
      userIdentity: 'not-tried',
      query: { answer: 'not-tried' },
    });
    expect(peer.connections).toBe(2);
  });

  it('that then hangs up is still known to be busy', async () => {
    const { evidence } = await probeScript(async (caller) => {
      await caller.hear();
      if (caller.index === 0) await caller.say(rejection(2, 3, 2));
      caller.hangUp();
    });
    expect(evidence.association).toEqual({ answer: 'rejected', result: 2, source: 3, reason: 2, meaning: 'local-limit' });
  });
});

describe('user identity', () => {
  it('answered with 59H', async () => {
    const { evidence, peer } = await probeArchive({ associate: byIdentity((request) => acceptance(request, { identityAnswered: true })) });
    expect(evidence).toMatchObject({ userIdentity: 'answered', association: { answer: 'accepted' } });
    expect(peer.connections).toBe(1);
  });

  it('refused with 1/2/1, then accepted without', async () => {
    const { evidence, peer } = await probeArchive({ associate: byIdentity(() => rejection(1, 2, 1)) });
    expect(evidence).toMatchObject({
      userIdentity: 'refused',
      association: { answer: 'accepted' },
      strangerAssociation: { answer: 'accepted' },
      query: { answer: 'success' },
    });
    expect(peer.connections).toBe(2);
  });

  it('refused with 1/2/1, and nothing said without', async () => {
    const { evidence } = await probeScript(async (caller) => {
      await caller.hear();
      if (caller.index === 0) await caller.say(rejection(1, 2, 1));
      caller.hangUp();
    });
    expect(evidence).toMatchObject({
      userIdentity: 'refused',
      association: { answer: 'rejected', result: 1, source: 2, reason: 1, meaning: 'user-identity-refused' },
    });
  });

  it.each([
    ['aborts', (caller: Caller) => caller.say({ type: 'abort', source: 2, reason: 6 })],
    ['hangs up', (caller: Caller) => caller.hangUp()],
    ['resets', (caller: Caller) => caller.reset()],
  ])('a peer that %s over it is asked without', async (_, choke) => {
    const associate = byIdentity((_request, caller) => void choke(caller));
    const { evidence, peer } = await probeArchive({ associate });
    expect(evidence).toMatchObject({ userIdentity: 'not-tried', association: { answer: 'accepted' }, query: { answer: 'success' } });
    expect(peer.connections).toBe(2);
  });

  it('an abort is kept where the second try brings nothing', async () => {
    const { evidence } = await probeScript(async (caller) => {
      await caller.hear();
      if (caller.index === 0) await caller.say({ type: 'abort', source: 2, reason: 6 });
      caller.hangUp();
    });
    expect(evidence).toMatchObject({ association: { answer: 'aborted', source: 2, reason: 6 }, userIdentity: 'not-tried', release: 'not-tried' });
  });

  it('is asked of a stranger only, where the operator gave a title', async () => {
    const { evidence, peer } = await probeArchive(
      { associate: byIdentity((request) => acceptance(request, { identityAnswered: true })) },
      { callingAeTitle: 'WARD1' },
    );
    expect(evidence.userIdentity).toBe('answered');
    expect(peer.heard.filter((pdu) => pdu.type === 'associate-request').map((pdu) => pdu.userInformation.userIdentity !== null)).toEqual([false, true]);
  });

  it('refused to a stranger beside a given title', async () => {
    const { evidence } = await probeArchive({ associate: byIdentity(() => rejection(1, 2, 1)) }, { callingAeTitle: 'WARD1' });
    expect(evidence).toMatchObject({ userIdentity: 'refused', strangerAssociation: { answer: 'accepted' } });
  });
});

describe('presentation contexts', () => {
  it('a promiscuous peer takes the canary', async () => {
    const { evidence } = await probeArchive({ associate: (request) => acceptance(request, { promiscuous: true }) });
    expect(evidence.contexts.canary).toBe('accepted');
  });

  it('without any query model there is no query', async () => {
    const associate = (request: AssociateRequest) => acceptance(request, { without: ids('patient-root-find', 'study-root-find') });
    const { evidence } = await probeArchive({ associate });
    expect(evidence).toMatchObject({ query: { answer: 'not-negotiated', status: null, rows: 0 }, archive: null, release: 'released' });
  });

  it('without verification there is no echo, and the query goes on', async () => {
    const { evidence, peer } = await probeArchive({ associate: (request) => acceptance(request, { without: ids('verification') }) });
    expect(evidence).toMatchObject({ echo: { answer: 'not-negotiated', status: null }, query: { answer: 'success' } });
    expect(peer.connections).toBe(1);
  });

  it('an acceptance that mentions none of them', async () => {
    const { evidence } = await probeArchive({ associate: (request) => ({ ...acceptance(request), contexts: [] }) });
    expect(new Set(Object.values(evidence.contexts))).toEqual(new Set(['not-answered']));
    expect(evidence).toMatchObject({ echo: { answer: 'not-negotiated' }, query: { answer: 'not-negotiated' }, release: 'released' });
  });

  it('Patient Root alone counts patients, their studies and images', async () => {
    const { evidence, peer } = await probeArchive({
      associate: (request) => acceptance(request, { without: ids('study-root-find') }),
      rows: { patients: [patient(2, 15), patient(1, 7)], sample: [[key('PatientName', 'Berger^Clara')]] },
    });
    expect(evidence).toMatchObject({
      query: { answer: 'success', rows: 0 },
      archive: {
        patients: { value: 2, basis: 'exact' },
        studies: { value: 3, basis: 'exact' },
        images: { value: 22, basis: 'exact' },
        timeline: [],
        method: 'by-patient',
        cost: { requests: 1, responses: 3 },
        ended: 'complete',
      },
      identifiers: { PatientName: 'real-looking' },
    });
    // At patient level only attributes of that level may be named (PS3.4 section C.6.1.1.2): no group 0008 but the level itself, no group 0020;
    // what a record says of its de-identification and its trial is the patient's too (PS3.3 tables C.7-1 and C.7-2b).
    const sample = peer.heard
      .flatMap((pdu) => (pdu.type === 'data-transfer' ? pdu.values : []))
      .filter((value) => !value.isCommand && Buffer.from(value.data).includes('10001000', 0, 'hex'));
    expect(sample).toHaveLength(1);
    expect(groupsOf(sample[0]?.data ?? new Uint8Array(0)).filter((tag) => !tag.startsWith('0010'))).toEqual(['00080052', '00120040', '00120062']);
  });

  it('Patient Root that does not say how much its patients have', async () => {
    const { evidence } = await probeArchive({
      associate: (request) => acceptance(request, { without: ids('study-root-find') }),
      rows: { patients: [patient(2, null), patient(null, 7)] },
    });
    expect(evidence.archive).toMatchObject({ patients: { value: 2, basis: 'exact' }, studies: { value: 1, basis: 'at-least' }, images: null });
  });
});

/** Tags of an implicit VR data set without sequences. */
function groupsOf(data: Uint8Array): readonly string[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const found: string[] = [];
  for (let at = 0; at < data.length; at += 8 + view.getUint32(at + 4, true)) {
    found.push(
      view.getUint16(at, true).toString(16).padStart(4, '0') +
        view
          .getUint16(at + 2, true)
          .toString(16)
          .padStart(4, '0'),
    );
  }
  return found;
}

describe('C-ECHO', () => {
  it('refused with a status, and the query goes on in the same association', async () => {
    const { evidence, peer } = await probeArchive({ lastStatus: { echo: statuses.notAuthorised } });
    expect(evidence).toMatchObject({ echo: { answer: 'not-authorised', status: 0x0124 }, query: { answer: 'success' } });
    expect(peer.connections).toBe(1);
  });

  const wrongly =
    (change: Partial<Exchange['heard']['command']>) =>
    async ({ caller, heard }: Exchange) => {
      const command = {
        commandField: 0x8030,
        affectedSopClassUid: null,
        messageId: null,
        messageIdBeingRespondedTo: heard.command.messageId,
        hasDataSet: false,
        status: 0,
        ...change,
      };
      await caller.sayMessage(heard.contextId, command, new Uint8Array(0));
    };

  it.each([
    ['another command', { commandField: 0x8020 }],
    ['an answer to another message', { messageIdBeingRespondedTo: 77 }],
    ['no status', { status: null }],
  ])('answered with %s', async (_, change) => {
    const { evidence } = await probeArchive({ on: { echo: wrongly(change) } });
    expect(evidence).toMatchObject({ echo: { answer: 'wrong-answer', status: null }, query: { answer: 'success' }, release: 'released' });
  });

  it.each([
    ['aborted', 'aborted', ({ caller }: Exchange) => caller.say({ type: 'abort', source: 0, reason: 0 })],
    ['hung up on', 'closed', ({ caller }: Exchange) => caller.hangUp()],
    ['answered with a release request', 'closed', ({ caller }: Exchange) => caller.say({ type: 'release-request' })],
    [
      'answered with data',
      'wrong-answer',
      ({ caller }: Exchange) => caller.say({ type: 'data-transfer', values: [{ contextId: 1, isCommand: false, isLast: true, data: new Uint8Array(4) }] }),
    ],
    ['answered with a second acceptance', 'wrong-answer', ({ caller }: Exchange) => caller.say({ type: 'associate-reject', result: 1, source: 1, reason: 1 })],
  ])('%s: the query gets one more association', async (_, answer, on) => {
    const { evidence, peer } = await probeArchive({ on: { echo: on } });
    expect(evidence).toMatchObject({ echo: { answer, status: null }, query: { answer: 'success' }, release: 'released' });
    expect(peer.connections).toBe(2);
  });

  it('answered with nonsense is left with A-ABORT, a release request with its response', async () => {
    const data = { type: 'data-transfer' as const, values: [{ contextId: 1, isCommand: false, isLast: true, data: new Uint8Array(4) }] };
    const nonsense = await probeArchive({ on: { echo: ({ caller }) => caller.say(data) } });
    expect(nonsense.peer.heard[2]).toEqual({ type: 'abort', source: 0, reason: 0 });
    const early = await probeArchive({
      on: {
        echo: async ({ caller }) => {
          await caller.say({ type: 'release-request' });
          await caller.hear();
        },
      },
    });
    expect(early.peer.heard[2]).toEqual({ type: 'release-response' });
  });

  it('of a peer that leaves right after its acceptance', async () => {
    const script = async (caller: Caller) => {
      const request = await caller.hear();
      if (request.type !== 'associate-request') throw new Error('no request');
      await caller.say(acceptance(request));
      caller.hangUp();
    };
    const { evidence, peer } = await probeScript(script);
    expect(evidence).toMatchObject({ association: { answer: 'accepted' }, echo: { answer: 'closed' }, query: { answer: 'closed' }, release: 'closed' });
    expect(peer.connections).toBe(2);
  });
});

describe('a query for nothing', () => {
  it.each([
    [0x0000, 'success'],
    [0x0124, 'not-authorised'],
    [0xa900, 'failed'],
    [0xc001, 'failed'],
  ])('with status %i is %s', async (status, answer) => {
    const { evidence } = await probeArchive({ rows: { studies: studies(2) }, lastStatus: { nothing: status } });
    expect(evidence.query).toEqual({ answer, status, rows: 0 });
    expect(evidence.archive === null).toBe(answer !== 'success');
    expect(evidence.release).toBe('released');
  });

  it.each([
    ['aborted', 'aborted', ({ caller }: Exchange) => caller.say({ type: 'abort', source: 2, reason: 0 })],
    ['closed', 'closed', ({ caller }: Exchange) => caller.hangUp()],
    ['closed', 'closed', ({ caller }: Exchange) => caller.reset()],
    ['closed', 'closed', ({ caller }: Exchange) => caller.say({ type: 'release-request' })],
  ])('is %s', async (answer, release, nothing) => {
    const { evidence, peer } = await probeArchive({ on: { nothing } });
    expect(evidence).toMatchObject({ echo: { answer: 'success' }, query: { answer, status: null, rows: 0 }, archive: null, release });
    expect(peer.connections).toBe(1);
  });

  it('is never answered', async () => {
    const { evidence } = await probeArchive({ on: { nothing: () => undefined } }, {}, hasty);
    expect(evidence).toMatchObject({ query: { answer: 'no-answer', status: null, rows: 0 }, archive: null, release: 'no-answer' });
  });

  it('that brings rows all the same: the rows are told, and cancelled', async () => {
    const { evidence } = await probeArchive({ rows: { nothing: studies(50), studies: studies(2) } });
    expect(evidence.query).toMatchObject({ answer: 'success', rows: 3 });
  });

  it('with a response to another message', async () => {
    const other = async ({ caller, heard }: Exchange) => {
      const command = { commandField: 0x8020, affectedSopClassUid: null, messageId: null, messageIdBeingRespondedTo: 77, hasDataSet: false, status: 0 };
      await caller.sayMessage(heard.contextId, command, new Uint8Array(0));
    };
    const { evidence, peer } = await probeArchive({ on: { nothing: other } });
    expect(evidence).toMatchObject({ query: { answer: 'wrong-answer', status: null }, release: 'aborted' });
    expect(peer.heard.at(-1)).toEqual({ type: 'abort', source: 0, reason: 0 });
  });
});

describe('counting', () => {
  it('stops at the budget with C-CANCEL and says at least', async () => {
    const { evidence, peer } = await probeArchive({ rows: { studies: studies(40) } }, { responseBudget: 10, sample: false });
    expect(evidence.archive).toMatchObject({
      studies: { value: 8, basis: 'at-least', low: 8, high: null },
      images: { value: 80, basis: 'at-least' },
      ended: 'budget',
    });
    expect(cancelRequests(peer.heard)).toBe(1);
    expect(evidence.release).toBe('released');
  });

  it('is exact where the archive ends before the budget', async () => {
    const { evidence, peer } = await probeArchive({ rows: { studies: studies(7) } }, { responseBudget: 10, sample: false });
    expect(evidence.archive).toMatchObject({ studies: { value: 7, basis: 'exact' }, ended: 'complete' });
    expect(cancelRequests(peer.heard)).toBe(0);
  });

  it('of patients stops at what is left of the budget', async () => {
    const patients = Array.from({ length: 40 }, () => patient(1, 1));
    const { evidence } = await probeArchive({ rows: { studies: studies(4), patients } }, { responseBudget: 10, sample: false });
    expect(evidence.archive).toMatchObject({
      studies: { value: 4, basis: 'exact' },
      patients: { value: 4, basis: 'at-least' },
      cost: { requests: 2 },
      ended: 'complete',
    });
  });

  it('a peer that ignores C-CANCEL for ever is left with A-ABORT', async () => {
    const deaf = async ({ caller, heard }: Exchange) => {
      const rows = Buffer.concat(studies(500).map((row) => pendingResponse(heard, row)));
      for (;;) await caller.sayBytes(rows);
    };
    const { evidence, peer } = await probeArchive({ on: { studies: deaf } }, { responseBudget: 10 }, unhurried);
    expect(evidence.archive).toMatchObject({
      studies: { value: 8, basis: 'at-least' },
      patients: null,
      cost: { requests: 1, responses: 508 },
      ended: 'budget',
    });
    expect(evidence).toMatchObject({ query: { answer: 'success' }, sample: 'not-tried', release: 'aborted' });
    expect(peer.connections).toBe(1);
  });

  it('a peer that sends the rest all the same and then ends is not aborted', async () => {
    const orthancLike = async ({ respond }: Exchange) => {
      for (const row of forEver.slice(0, 500)) await respond(statuses.pending, row);
      await respond(statuses.success);
    };
    const { evidence } = await probeArchive({ on: { studies: orthancLike } }, { responseBudget: 10, sample: false });
    expect(evidence).toMatchObject({ archive: { studies: { value: 8, basis: 'at-least' }, ended: 'budget' }, release: 'released' });
  });

  it.each([
    ['aborted', 'released', 3, ({ caller }: Exchange) => caller.say({ type: 'abort', source: 2, reason: 0 })],
    ['closed', 'closed', 1, ({ caller }: Exchange) => caller.hangUp()],
  ])('%s in the middle keeps what was counted', async (ended, release, connections, end) => {
    const on = async (exchange: Exchange) => {
      for (const row of studies(3)) await exchange.respond(statuses.pending, row);
      await end(exchange);
    };
    const { evidence, peer } = await probeArchive({ on: { studies: on } }, { sample: false });
    expect(evidence).toMatchObject({
      archive: { studies: { value: 3, basis: 'at-least' }, images: { value: 30, basis: 'at-least' }, patients: null, ended },
      release,
    });
    expect(peer.connections).toBe(connections);
  });

  it.each([
    ['aborted', ({ caller }: Exchange) => caller.say({ type: 'abort', source: 2, reason: 0 })],
    ['closed', ({ caller }: Exchange) => caller.hangUp()],
  ])('%s over the patients keeps the studies and says how it ended', async (release, patients) => {
    const { evidence } = await probeArchive({ rows: { studies: studies(3) }, on: { patients } });
    expect(evidence).toMatchObject({ archive: { studies: { value: 3, basis: 'exact' }, patients: null, ended: 'complete' }, release });
  });

  it('failed in the middle keeps what was counted', async () => {
    const { evidence } = await probeArchive({ rows: { studies: studies(3) }, lastStatus: { studies: 0xa700 } }, { sample: false });
    expect(evidence.archive).toMatchObject({ studies: { value: 3, basis: 'at-least' }, ended: 'failed' });
  });

  it('a peer that goes silent in the middle keeps what was counted', async () => {
    const silent = async ({ respond }: Exchange) => {
      for (const row of studies(3)) await respond(statuses.pending, row);
    };
    const { evidence } = await probeArchive({ on: { studies: silent } }, {}, hasty);
    expect(evidence).toMatchObject({ archive: { studies: { value: 3, basis: 'at-least' }, ended: 'no-answer' }, release: 'no-answer' });
  });

  it.each([
    ['says nowhere how many images', [study(1, '20180101', null), study(2, '20180101', null)], null, [{ year: 2018, studies: 2, images: null }]],
    [
      'says it of one study only',
      [study(1, '20180101', 5), study(2, '20180101', null)],
      { value: 5, basis: 'at-least', low: 5, high: null },
      [{ year: 2018, studies: 2, images: 5 }],
    ],
    ['says it unreadably', [study(1, '20180101', 'many'), study(2, '20180101', '-4')], null, [{ year: 2018, studies: 2, images: null }]],
    ['says zero', [study(1, '20180101', 0)], { value: 0, basis: 'exact', low: 0, high: 0 }, [{ year: 2018, studies: 1, images: 0 }]],
  ])('an archive that %s', async (_, rows, images, timeline) => {
    const { evidence } = await probeArchive({ rows: { studies: rows } }, { sample: false });
    expect(evidence.archive).toMatchObject({ studies: { value: rows.length, basis: 'exact' }, images, timeline });
  });

  it('puts undated studies last', async () => {
    const dates = ['', null, 'yesterday', '00010101', '21500101', '20181301', '2019.05.06', '20170203', '18950101'];
    const { evidence } = await probeArchive({ rows: { studies: dates.map((date, index) => study(index, date, 1)) } }, { sample: false });
    expect(evidence.archive?.timeline).toEqual([
      { year: 1895, studies: 1, images: 1 },
      { year: 2017, studies: 1, images: 1 },
      { year: 2019, studies: 1, images: 1 },
      { year: null, studies: 6, images: 6 },
    ]);
  });

  it('takes a pending response with a warning for a row', async () => {
    const on = async ({ respond }: Exchange) => {
      await respond(statuses.pendingWithWarning, study(1));
      await respond(statuses.success);
    };
    const { evidence } = await probeArchive({ on: { studies: on } }, { sample: false });
    expect(evidence.archive).toMatchObject({ studies: { value: 1, basis: 'exact' } });
  });

  it('ends at malformed rows with A-ABORT and keeps what came before', async () => {
    const on = async ({ caller, heard, respond }: Exchange) => {
      await respond(statuses.pending, study(1));
      const command = {
        commandField: 0x8020,
        affectedSopClassUid: null,
        messageId: null,
        messageIdBeingRespondedTo: heard.command.messageId,
        hasDataSet: true,
        status: statuses.pending,
      };
      await caller.sayMessage(heard.contextId, command, Uint8Array.of(8, 0, 0x20, 0, 0xff, 0, 0, 0, 1));
    };
    const { evidence, peer } = await probeArchive({ on: { studies: on } });
    expect(evidence).toMatchObject({ archive: { studies: { value: 1, basis: 'at-least' }, ended: 'failed' }, release: 'aborted' });
    expect(peer.heard.at(-1)).toEqual({ type: 'abort', source: 0, reason: 0 });
  });

  it('asks the one record of a study it has seen', async () => {
    const { peer } = await probeArchive({ rows: { studies: [study(7)], sample: [[key('PatientName', 'Berger^Clara')]] } });
    const asked = peer.heard
      .flatMap((pdu) => (pdu.type === 'data-transfer' ? pdu.values : []))
      .filter((value) => !value.isCommand)
      .map((value) => Buffer.from(value.data).toString('latin1'));
    expect(asked.at(-1)).toContain('2.25.1007');
  });

  it('takes one record only, however many come', async () => {
    const others = Array.from({ length: 50 }, () => [key('PatientName', 'Berger^Clara'), key('PatientID', '4711')]);
    const on = (exchange: Exchange) => answerRows(exchange, [[key('PatientName', 'Berger^Clara')], ...others], statuses.success);
    const { evidence, peer } = await probeArchive({ rows: { studies: studies(2) }, on: { sample: on } });
    expect(evidence.identifiers).toEqual({ PatientName: 'real-looking' });
    expect(evidence).toMatchObject({ sample: 'taken', release: 'released' });
    expect(cancelRequests(peer.heard)).toBe(1);
  });
});

/** Command Field 0FFFH, little endian, after (0000,0100) and its length. */
function cancelRequests(heard: readonly { readonly type: string; readonly values?: readonly { data: Uint8Array }[] }[]): number {
  const commands = heard.flatMap((pdu) => pdu.values ?? []).map((value) => Buffer.from(value.data).toString('hex'));
  return commands.filter((bytes) => bytes.includes('0000000102000000ff0f')).length;
}

describe('release', () => {
  it.each([
    ['aborted', (caller: Caller) => caller.say({ type: 'abort', source: 0, reason: 0 })],
    ['closed', (caller: Caller) => caller.hangUp()],
    ['closed', (caller: Caller) => caller.reset()],
    ['closed', (caller: Caller) => caller.sayBytes(Uint8Array.of(0xff))],
    ['no-answer', () => undefined],
  ])('%s', async (release, onRelease) => {
    const { evidence } = await probeArchive({ onRelease }, { touch: 'handshake' }, hasty);
    expect(evidence.release).toBe(release);
  });

  it('of both sides at once is answered', async () => {
    const onRelease = async (caller: Caller) => {
      await caller.say({ type: 'release-request' });
      expect(await caller.hear()).toEqual({ type: 'release-response' });
      await caller.say({ type: 'release-response' });
      caller.hangUp();
    };
    const { evidence } = await probeArchive({ onRelease }, { touch: 'handshake' });
    expect(evidence.release).toBe('released');
  });

  it('lets late data pass, but not for ever', async () => {
    const late = { type: 'data-transfer' as const, values: [{ contextId: 1, isCommand: false, isLast: false, data: new Uint8Array(9) }] };
    const few = await probeArchive(
      { onRelease: async (caller) => caller.say(...Array.from({ length: 20 }, () => late), { type: 'release-response' }) },
      { touch: 'handshake' },
    );
    expect(few.evidence.release).toBe('released');
    const many = await probeArchive({ onRelease: async (caller) => caller.say(...Array.from({ length: 200 }, () => late)) }, { touch: 'handshake' });
    expect(many.evidence.release).toBe('aborted');
  });
});
