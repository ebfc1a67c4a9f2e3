/** Archives that speak DICOM properly and answer without end, or with data sets that are meant to hurt. */
import { encodeDataSet } from '../../../src/protocols/dicom/wire/data-set.js';
import { statuses } from '../../../src/protocols/dicom/wire/dimse-command.js';
import { implicitVrLittleEndian } from '../../../src/protocols/dicom/wire/uids.js';
import { type Archive, archiveScript, type Exchange, studies, study } from '../scripted-archive.js';
import { Caller } from '../scripted-peer.js';
import { type Behaviour, hex, type Line, say } from './behaviour.js';

const archive =
  (what: Archive | ((line: Line) => Archive)): Behaviour['serve'] =>
  (line) =>
    void archiveScript(typeof what === 'function' ? what(line) : what)(new Caller(line.socket, line.index, [])).catch(() => undefined); // other probes' bytes are no PDUs

const answered = (exchange: Exchange, dataSet: Uint8Array): Promise<void> => {
  const { caller, heard } = exchange;
  const command = {
    commandField: 0x8020,
    affectedSopClassUid: heard.command.affectedSopClassUid,
    messageId: null,
    messageIdBeingRespondedTo: heard.command.messageId,
    hasDataSet: true,
    status: statuses.pending,
  };
  return caller.sayMessage(heard.contextId, command, dataSet, { fragment: 16_000 });
};

const withDataSet = (dataSet: Uint8Array): Archive => ({
  rows: { nothing: [] },
  on: {
    studies: async (exchange) => {
      await answered(exchange, dataSet);
      await exchange.respond(statuses.success);
    },
  },
});

const pendingForEver = async ({ respond }: Exchange): Promise<void> => {
  for (let number = 0; ; number += 1) await respond(statuses.pending, study(number));
};

const nested = (depth: number): Uint8Array => hex('08001511 ffffffff feff00e0 ffffffff'.repeat(depth));
const wide = encodeDataSet(
  Array.from({ length: 20_000 }, () => study(1)[1] as never),
  implicitVrLittleEndian,
);

export const archiveBehaviours: readonly Behaviour[] = [
  { name: 'grants a query for nothing for ever', serve: archive({ on: { nothing: pendingForEver } }) },
  { name: 'lists studies for ever', serve: archive({ on: { studies: pendingForEver } }) },
  {
    name: 'lists one study for ever',
    serve: archive({
      on: {
        studies: async ({ respond }) => {
          for (;;) await respond(statuses.pending, study(1));
        },
      },
    }),
  },
  { name: 'lists patients for ever', serve: archive({ rows: { studies: studies(3) }, on: { patients: pendingForEver } }) },
  { name: 'samples for ever', serve: archive({ rows: { studies: studies(3) }, on: { sample: pendingForEver } }) },
  { name: 'never answers a query', serve: archive({ on: { nothing: () => undefined } }) },
  { name: 'never answers an echo', serve: archive({ on: { echo: () => undefined } }) },
  { name: 'never lets go', serve: archive({ onRelease: () => undefined }) },
  {
    name: 'lists on when it should let go',
    serve: archive({
      rows: { studies: studies(2) },
      onRelease: async (caller) => {
        for (;;) await caller.sayBytes(hex('040000000006 00000002 0102'));
      },
    }),
  },
  { name: 'resets when it should let go', serve: archive(({ reset }) => ({ onRelease: reset })) },
  {
    name: 'resets in the middle of its studies',
    serve: archive(({ reset }) => ({
      on: {
        studies: async ({ respond }) => {
          await respond(statuses.pending, study(1));
          reset();
        },
      },
    })),
  },
  { name: 'lists studies in sequences of ten thousand levels', serve: archive(withDataSet(nested(10_000))) },
  { name: 'lists a study of twenty thousand attributes', serve: archive(withDataSet(wide)) },
  { name: 'lists a study whose attribute has four gigabytes', serve: archive(withDataSet(hex('20000d00 feffffff 322e3235'))) },
  { name: 'lists a study of noise', serve: archive(withDataSet(hex('ff00ff00'.repeat(1_000)))) },
  {
    name: 'begins a message and never ends it',
    serve: archive({
      on: {
        echo: async ({ caller, heard }) => {
          for (;;)
            await caller.say({ type: 'data-transfer', values: [{ contextId: heard.contextId, isCommand: true, isLast: false, data: new Uint8Array(8_000) }] });
        },
      },
    }),
  },
  { name: 'answers an association with an association', serve: ({ socket }) => void socket.once('data', (heard: Buffer) => say(socket, heard)) },
];
