import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { abstractSyntaxes, type ContextName } from '../protocols/dicom/wire/contexts.js';
import { encodeDataSet } from '../protocols/dicom/wire/data-set.js';
import { decodePdu } from '../protocols/dicom/wire/decode-pdu.js';
import { commandFields, decodeCommand, encodeCommand, statuses } from '../protocols/dicom/wire/dimse-command.js';
import { encodePdu } from '../protocols/dicom/wire/encode-pdu.js';
import type { Pdu } from '../protocols/dicom/wire/pdu.js';
import { implicitVrLittleEndian } from '../protocols/dicom/wire/uids.js';
import { virtualArchive } from './archive.js';
import { tagOf } from './attributes.js';
import type { DicomBehaviour } from './behaviour.js';
import { canaryNaming } from './canary.js';
import { contexts, dcmtk } from './identities.js';
import { type RunningDevice, type StartedDevice, startDevice } from './running-device.js';
import { nothingLearnt } from './truth.js';

let started: StartedDevice | undefined;
afterEach(async () => {
  await started?.stop();
  started = undefined;
});

const archive = virtualArchive({ patients: 1_700_000, studies: 5_000_000, imagesPerStudy: [1, 500], years: [1998, 2025] });
const open: DicomBehaviour = { speaks: 'dicom', identity: dcmtk, contexts: contexts.orthanc, archive };

async function start(behaviour: DicomBehaviour): Promise<RunningDevice> {
  const spec = { id: 'test', what: 'test', port: 11112, behaviour, truth: { ...nothingLearnt, service: 'dicom', verdicts: {} } };
  const noCredentials = new Promise<never>(() => undefined); // a device in the clear waits for none
  started = await startDevice(spec, [{ host: '127.77.204.1', port: 0 }], noCredentials);
  return started.device;
}

/** A peer that says what it is told and keeps what it hears, in whole PDUs. */
class Caller {
  readonly heard: Pdu[] = [];
  readonly #socket: net.Socket;
  #pending: Buffer = Buffer.alloc(0);
  #wake: () => void = () => undefined;
  closed = false;

  constructor({ host, port }: RunningDevice) {
    this.#socket = net.connect({ host, port, noDelay: true });
    this.#socket.on('data', (chunk) => this.#take(chunk));
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => {
      this.closed = true;
      this.#wake();
    });
  }

  #take(chunk: Buffer): void {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    for (let decoded = decodePdu(this.#pending, 131_072); decoded; decoded = decodePdu(this.#pending, 131_072)) {
      this.heard.push(decoded.message);
      this.#pending = this.#pending.subarray(decoded.consumed);
    }
    this.#wake();
  }

  say(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  hangUp(): void {
    this.#socket.destroy();
  }

  /** Stops reading, so that what the device sends piles up. */
  deaf(): void {
    this.#socket.pause();
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition() && !this.closed) await new Promise<void>((resolve) => (this.#wake = resolve));
    if (!condition()) throw new Error('the connection closed before that');
  }

  async associate(maximumLength = 16_384): Promise<void> {
    const names: readonly ContextName[] = ['verification', 'study-root-find', 'storage-ct'];
    const proposed = names.map((name, index) => ({ id: index * 2 + 1, abstractSyntax: abstractSyntaxes[name], transferSyntaxes: [implicitVrLittleEndian] }));
    this.say(
      encodePdu({
        type: 'associate-request',
        calledAeTitle: 'ANY',
        callingAeTitle: 'TEST',
        contexts: proposed,
        userInformation: { maximumLength, implementationClassUid: '2.25.1', implementationVersionName: null, userIdentity: null, userIdentityAnswered: false },
      }),
    );
    await this.until(() => this.heard.some(({ type }) => type === 'associate-accept'));
  }

  get responses() {
    const parts = this.heard.flatMap((pdu) => (pdu.type === 'data-transfer' ? pdu.values : []));
    return parts.filter(({ isCommand }) => isCommand).map(({ data }) => decodeCommand(data));
  }

  get finalStatus(): number | null | undefined {
    return this.responses.find(({ status }) => status !== statuses.pending)?.status;
  }
}

function message(contextId: number, commandField: number, dataSet?: Uint8Array, messageId = 1): Uint8Array {
  const isCancel = commandField === commandFields['cancel-request'];
  const command = encodeCommand({
    commandField,
    affectedSopClassUid: isCancel ? null : '1.2.3',
    messageId: isCancel ? null : messageId,
    messageIdBeingRespondedTo: isCancel ? messageId : null,
    hasDataSet: dataSet !== undefined,
    status: null,
  });
  const value = { contextId, isLast: true };
  const values = [{ ...value, isCommand: true, data: command }, ...(dataSet ? [{ ...value, isCommand: false, data: dataSet }] : [])];
  return encodePdu({ type: 'data-transfer', values });
}

const longNames = { ...canaryNaming, institution: 'X'.repeat(60_000) };
const institutionOfEveryStudy = encodeDataSet(
  [
    { tag: tagOf('InstitutionName'), vr: 'LO', value: '' },
    { tag: tagOf('QueryRetrieveLevel'), vr: 'CS', value: 'STUDY' },
  ],
  implicitVrLittleEndian,
);
const everyStudy = encodeDataSet(
  [
    { tag: tagOf('QueryRetrieveLevel'), vr: 'CS', value: 'STUDY' },
    { tag: tagOf('StudyInstanceUID'), vr: 'UI', value: '' },
  ],
  implicitVrLittleEndian,
);
const find = (messageId = 1) => message(3, commandFields['find-request'], everyStudy, messageId);
const cancel = (messageId = 1) => message(3, commandFields['cancel-request'], undefined, messageId);
const echo = message(1, commandFields['echo-request']);
const release = encodePdu({ type: 'release-request' });

describe('a device', () => {
  it('answers C-ECHO and lets go in order', async () => {
    const device = await start(open);
    const caller = new Caller(device);
    await caller.associate();
    caller.say(echo);
    await caller.until(() => caller.finalStatus === statuses.success);
    caller.say(release);
    await caller.until(() => caller.heard.at(-1)?.type === 'release-response');
    expect(device.log).toMatchObject({ connections: 1, associations: 1, accepted: 1, echo: 1, released: 1, brokenOff: 0, violations: [] });
  });

  it('understands a caller that sends one byte at a time', async () => {
    const device = await start(open);
    const caller = new Caller(device);
    await caller.associate();
    for (const byte of Buffer.concat([echo, release])) {
      caller.say(new Uint8Array([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await caller.until(() => caller.heard.at(-1)?.type === 'release-response');
    expect(device.log).toMatchObject({ echo: 1, released: 1 });
  });

  it.each<[string, number, number, 'store' | 'get' | 'move' | 'other', string]>([
    ['C-STORE', 5, 0x0001, 'store', 'C-STORE'],
    ['C-GET', 3, 0x0010, 'get', 'C-GET'],
    ['C-MOVE', 3, 0x0021, 'move', 'C-MOVE'],
    ['N-ACTION', 5, 0x0130, 'other', 'command 0130H'],
  ])('answers %s with A-ABORT and writes it down', async (_name, contextId, commandField, counter, violation) => {
    const device = await start(open);
    const caller = new Caller(device);
    await caller.associate();
    caller.say(message(contextId, commandField, new Uint8Array(8)));
    await caller.until(() => caller.heard.at(-1)?.type === 'abort');
    expect(device.log).toMatchObject({ [counter]: 1, violations: [violation], abortedByDevice: 1, released: 0 });
  });

  it.each<[string, Uint8Array]>([
    ['bytes of no protocol', new Uint8Array([0xee, 1, 2, 3])],
    ['an endless PDU', new Uint8Array([4, 0, 0xff, 0xff, 0xff, 0xff])],
    ['a message before the association', echo],
    ['a release before the association', release],
  ])('aborts on %s', async (_name, bytes) => {
    const device = await start(open);
    const caller = new Caller(device);
    caller.say(bytes);
    await caller.until(() => caller.closed);
    expect(caller.heard).toEqual([expect.objectContaining({ type: 'abort', source: 2 })]);
    expect(device.log).toMatchObject({ accepted: 0, abortedByDevice: 0 });
  });

  it('aborts on a context that was never accepted, and on a malformed identifier', async () => {
    const device = await start(open);
    for (const bytes of [message(9, commandFields['echo-request']), message(3, commandFields['find-request'], new Uint8Array([1, 2, 3]))]) {
      const caller = new Caller(device);
      await caller.associate();
      caller.say(bytes);
      await caller.until(() => caller.heard.at(-1)?.type === 'abort');
    }
    expect(device.log).toMatchObject({ accepted: 2, abortedByDevice: 2 });
  });

  it('refuses C-STORE at its command, before any of the image has come', async () => {
    const device = await start(open);
    const caller = new Caller(device);
    await caller.associate();
    const command = message(5, 0x0001, new Uint8Array(2));
    const decoded = decodePdu(command, 1_000);
    if (decoded?.message.type !== 'data-transfer') throw new Error('not a P-DATA-TF');
    caller.say(encodePdu({ type: 'data-transfer', values: decoded.message.values.slice(0, 1) }));
    await caller.until(() => caller.heard.at(-1)?.type === 'abort');
    expect(device.log.violations).toEqual(['C-STORE']);
  });

  it('aborts on a message of endless fragments', async () => {
    const device = await start(open);
    const caller = new Caller(device);
    await caller.associate();
    const fragment = encodePdu({ type: 'data-transfer', values: [{ contextId: 1, isCommand: true, isLast: false, data: new Uint8Array(8) }] });
    caller.say(Buffer.concat(Array(100).fill(fragment)));
    await caller.until(() => caller.heard.at(-1)?.type === 'abort');
    expect(device.log).toMatchObject({ echo: 0, abortedByDevice: 1 });
  });

  it('counts a caller that aborts and one that vanishes', async () => {
    const device = await start(open);
    const [one, other] = [new Caller(device), new Caller(device)];
    await Promise.all([one.associate(), other.associate()]);
    one.say(encodePdu({ type: 'abort', source: 0, reason: 0 }));
    other.hangUp();
    await one.until(() => one.closed);
    await other.until(() => other.closed);
    while (device.log.brokenOff === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(device.log).toMatchObject({ aborted: 1, brokenOff: 1, released: 0 });
  });
});

describe('a query over five million studies', () => {
  it('ends soon after C-CANCEL, and another can follow in the same association', async () => {
    const device = await start(open);
    const caller = new Caller(device);
    await caller.associate();
    caller.say(find(1));
    await caller.until(() => caller.responses.length >= 100);
    caller.say(cancel(1));
    await caller.until(() => caller.finalStatus === statuses.cancelled);
    const sent = device.log.rows;
    expect(sent).toBeGreaterThanOrEqual(100);
    expect(sent).toBeLessThan(100 + 2_000);
    caller.say(find(2));
    await caller.until(() => caller.responses.filter(({ messageIdBeingRespondedTo }) => messageIdBeingRespondedTo === 2).length > 50);
    caller.say(cancel(2));
    await caller.until(() => caller.responses.filter(({ status }) => status === statuses.cancelled).length === 2);
    caller.say(release);
    await caller.until(() => caller.heard.at(-1)?.type === 'release-response');
    expect(device.log).toMatchObject({ find: 2, cancel: 2, released: 1 });
  });

  it('forgets a cancellation that came too late', async () => {
    const device = await start({ ...open, archive: virtualArchive({ patients: 30, studies: 30, imagesPerStudy: [1, 1], years: [2020, 2020] }) });
    const caller = new Caller(device);
    await caller.associate();
    caller.say(find(1));
    await caller.until(() => caller.responses.length === 31);
    caller.say(Buffer.concat([cancel(1), find(1)]));
    await caller.until(() => caller.responses.length === 62);
    expect(caller.responses.map(({ status }) => status).filter((status) => status !== statuses.pending)).toEqual([statuses.success, statuses.success]);
  });

  it('waits for a caller that does not read, and stops when the caller is gone', async () => {
    // Long rows: few of them fill what the system buffers.
    const wordy = virtualArchive({ patients: 1_700_000, studies: 5_000_000, imagesPerStudy: [1, 500], years: [1998, 2025], naming: longNames });
    const device = await start({ ...open, archive: wordy });
    const caller = new Caller(device);
    await caller.associate();
    caller.deaf();
    caller.say(message(3, commandFields['find-request'], institutionOfEveryStudy));
    let before = -1;
    while (device.log.rows !== before || before === 0) {
      before = device.log.rows;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(before).toBeLessThan(5_000); // what the system buffers, not what there is
    caller.hangUp();
    while (device.log.brokenOff === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(device.log.rows).toBeLessThanOrEqual(before + 16);
  });

  it('keeps to the length that the caller takes', async () => {
    const device = await start(open);
    const caller = new Caller(device);
    await caller.associate(128);
    caller.say(find());
    await caller.until(() => caller.responses.length >= 20);
    const longest = Math.max(...caller.heard.map((pdu) => (pdu.type === 'data-transfer' ? pdu.values.reduce((sum, { data }) => sum + data.length + 6, 0) : 0)));
    expect(longest).toBeLessThanOrEqual(128);
    expect(longest).toBeGreaterThan(0);
  });
});
