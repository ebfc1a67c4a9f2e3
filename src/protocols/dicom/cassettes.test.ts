/**
 * Recorded conversations with scripted peers, played back at one, three and 4096 bytes a read. DOSIMETER_CASSETTE=record
 * writes them anew. What may not stand in a cassette is tested too.
 */
import { describe, expect, it } from 'vitest';
import { type RecordedScenario, testRecordedConversations } from '../../../test/fixtures/recorded-conversations.js';
import { dialTo, strangerSettings } from '../../../test/hostile/probing.js';
import { type Archive, acceptance, archiveScript, patient, rejection, study } from '../../../test/hostile/scripted-archive.js';
import { scriptedPeer } from '../../../test/hostile/scripted-peer.js';
import { type CassetteEntry, formatCassette, fromHex, parseCassette, toHex } from '../../net/cassette.js';
import type { DicomEvidence } from './evidence.js';
import { dicomProbe } from './probe.js';
import { ByteWriter } from './wire/byte-writer.js';
import { encodeDataSet, readAttributes } from './wire/data-set.js';
import { decodePdu } from './wire/decode-pdu.js';
import { encodePdu } from './wire/encode-pdu.js';
import type { Pdu } from './wire/pdu.js';
import { implicitVrLittleEndian } from './wire/uids.js';

interface Scenario extends RecordedScenario {
  readonly archive: Archive;
}

/** Sampling is off: a recording holds no identifying value, not even an invented one. */
const scenarios: Readonly<Record<string, Scenario>> = {
  'open-archive': {
    legend:
      'An archive that takes any caller and any called title, and answers queries.\nAssociation with user identity, which it ignores; C-ECHO; a query for nothing; three studies; two patients; release.',
    archive: { rows: { studies: [study(1, '20180304', 10), study(2, '20180511', 5), study(3, '20190101', 7)], patients: [patient(2, 15), patient(1, 7)] } },
    shows: {
      association: { answer: 'accepted' },
      userIdentity: 'ignored',
      query: { answer: 'success', rows: 0 },
      archive: { studies: { value: 3, basis: 'exact' }, images: { value: 22, basis: 'exact' }, patients: { value: 2, basis: 'exact' } },
      sample: 'switched-off',
      release: 'released',
    },
  },
  'called-title-refused': {
    legend: 'A peer that knows its own name: rejected-permanent, source 1, reason 7, called AE title not recognised.',
    archive: { associate: () => rejection(1, 1, 7) },
    shows: { association: { answer: 'rejected', result: 1, source: 1, reason: 7, meaning: 'called-ae-not-recognised' }, query: { answer: 'not-tried' } },
  },
  'calling-title-refused': {
    legend: 'A peer that keeps a list of callers: rejected-permanent, source 1, reason 3, calling AE title not recognised.',
    archive: { associate: () => rejection(1, 1, 3) },
    shows: {
      association: { answer: 'rejected', result: 1, source: 1, reason: 3, meaning: 'calling-ae-not-recognised' },
      strangerAssociation: { answer: 'rejected' },
    },
  },
  'query-aborted': {
    legend: 'In the manner of Orthanc with its defaults: any association and C-ECHO are taken, C-FIND is answered with A-ABORT.',
    archive: { on: { nothing: ({ caller }) => caller.say({ type: 'abort', source: 0, reason: 0 }) } },
    shows: { association: { answer: 'accepted' }, echo: { answer: 'success' }, query: { answer: 'aborted', status: null }, archive: null, release: 'aborted' },
  },
  promiscuous: {
    legend: 'A peer that takes every presentation context, even one that nobody knows: a honeypot, or an archive set to take anything.',
    archive: { associate: (request) => acceptance(request, { promiscuous: true }) },
    shows: { contexts: { canary: 'accepted' }, query: { answer: 'success' }, archive: { studies: { value: 0 } } },
  },
  'identity-refused': {
    legend: 'A peer that refuses a user identity (rejected-permanent, source 2, reason 1) and lets in who brings none.',
    archive: { associate: (request) => (request.userInformation.userIdentity ? rejection(1, 2, 1) : acceptance(request)) },
    shows: { association: { answer: 'accepted' }, userIdentity: 'refused' },
  },
  'identity-hung-up': {
    legend: 'An old peer that hangs up without a word over a user identity and lets in who brings none.',
    archive: {
      associate: (request, caller) => {
        if (!request.userInformation.userIdentity) return acceptance(request);
        caller.hangUp();
        return undefined;
      },
    },
    shows: { association: { answer: 'accepted' }, userIdentity: 'not-tried' },
  },
};

const settings = { ...strangerSettings, nonce: 'TAPE00', sample: false };

testRecordedConversations<Scenario, DicomEvidence>({
  folder: new URL('cassettes/', import.meta.url),
  scenarios,
  /** The endpoint is not dialled by the probe itself; evidence does not depend on it. */
  probe: (dial) => dicomProbe.run({ endpoint: { host: '127.0.0.1', address: '127.0.0.1', port: 104 }, transport: 'plain', settings }, dial),
  async withPeer({ archive }, talk) {
    const peer = await scriptedPeer(archiveScript(archive));
    await talk(dialTo(peer)).finally(() => peer.stop());
  },
  isRepeatable: true,
  check: (text) => expect(offences(text)).toEqual([]),
});

/** Everything in a cassette that has no place there: content of group 0010, and addresses other than loopback. */
function offences(text: string): readonly string[] {
  const entries = parseCassette(text);
  const legend = text.split('\n').filter((line) => line.startsWith('#'));
  const bytes = [joined(entries, 'send'), joined(entries, 'receive')];
  const texts = [...legend, ...bytes.map((part) => String.fromCharCode(...part))];
  return [...texts.flatMap(foreignAddresses), ...bytes.flatMap(patientContents)];
}

function joined(entries: readonly CassetteEntry[], direction: 'send' | 'receive'): Uint8Array {
  return fromHex(entries.map((entry) => (direction === 'send' ? 'send' in entry && entry.send : 'receive' in entry && entry.receive) || '').join(''));
}

/** Four numbers with dots and no fifth: UIDs are longer. And anything with the colons of IPv6. */
function foreignAddresses(text: string): readonly string[] {
  const four = text.match(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g) ?? [];
  const six = text.match(/(?<![\da-f:])(?:[\da-f]{0,4}:){2,7}[\da-f]{1,4}(?![\da-f:])/gi) ?? [];
  return [...four, ...six].filter((address) => !address.startsWith('127.') && address !== '::1').map((address) => `address ${address}`);
}

function patientContents(bytes: Uint8Array): readonly string[] {
  return pdusOf(bytes).flatMap((pdu) =>
    pdu.type === 'data-transfer' ? pdu.values.filter((value) => !value.isCommand).flatMap((value) => filledPatientTags(value.data)) : [],
  );
}

function pdusOf(bytes: Uint8Array): readonly Pdu[] {
  const pdus: Pdu[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const decoded = decodePdu(rest, 1_000_000);
    if (!decoded) throw new Error('the cassette ends in the middle of a PDU');
    pdus.push(decoded.message);
    rest = rest.subarray(decoded.consumed);
  }
  return pdus;
}

/** Wants every tag of group 0010. */
class PatientGroup extends Set<number> {
  override has(tag: number): boolean {
    return tag >>> 16 === 0x0010;
  }
}

function filledPatientTags(data: Uint8Array): readonly string[] {
  const found = readAttributes(data, implicitVrLittleEndian, new PatientGroup());
  return [...found].filter(([, value]) => value.some((byte) => byte !== 0 && byte !== 0x20)).map(([tag]) => `patient ${tag.toString(16)}`);
}

describe('a cassette is rejected', () => {
  const withRow = (tag: number, value: string) => {
    const data = encodeDataSet([{ tag, vr: 'LO', value }], implicitVrLittleEndian);
    return formatCassette('legend', [
      { open: 'plain' },
      { receive: toHex(encodePdu({ type: 'data-transfer', values: [{ contextId: 5, isCommand: false, isLast: true, data }] })) },
    ]);
  };

  it.each([
    ['a name', withRow(0x00100010, 'Berger^Clara'), ['patient 100010']],
    ['an ID', withRow(0x00100020, '4711'), ['patient 100020']],
    ['an address of the patient', withRow(0x00101040, 'Example Street'), ['patient 101040']],
    ['an address in its legend', formatCassette('recorded at 192.0.2.7', []), ['address 192.0.2.7']],
    ['an IPv6 address in its legend', formatCassette('recorded at 2001:db8::7', []), ['address 2001:db8::7']],
    [
      'an address in its bytes',
      formatCassette('legend', [
        {
          send: toHex(
            encodePdu({
              type: 'data-transfer',
              values: [{ contextId: 1, isCommand: true, isLast: true, data: new ByteWriter().ascii('at 198.51.100.3!').finish() }],
            }),
          ),
        },
      ]),
      ['address 198.51.100.3'],
    ],
  ])('that holds %s', (_, text, found) => {
    expect(offences(text)).toEqual(found);
  });

  it.each([
    ['an empty patient ID', withRow(0x00100020, '  ')],
    ['another group', withRow(0x00200010, '17')],
    ['loopback', formatCassette('recorded at 127.0.0.1 and ::1', [])],
    ['UIDs', formatCassette('context 1.2.840.10008.1.1 and 2.25.1234', [])],
  ])('but not for %s', (_, text) => {
    expect(offences(text)).toEqual([]);
  });
});
