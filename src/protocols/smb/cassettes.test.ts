/**
 * Recorded conversations with servers of the estate, played back at one, three and 4096 bytes a read. DOSIMETER_CASSETTE=record
 * writes them anew.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { closedWindows, guestNas, oldNas, smbPeer, smbSettings } from '../../../test/fixtures/smb-peer.js';
import { canaryStem } from '../../estate/canary.js';
import type { SmbBehaviour } from '../../estate/smb-behaviour.js';
import type { Dial } from '../../model/connection.js';
import type { Touch } from '../../model/touch.js';
import { type CassetteEntry, formatCassette, parseCassette } from '../../net/cassette.js';
import { recordDial } from '../../net/record.js';
import { replayDial } from '../../net/replay.js';
import type { SmbEvidence } from './evidence.js';
import { smbProbe } from './probe.js';

interface Scenario {
  readonly legend: string;
  readonly behaviour: SmbBehaviour;
  readonly touch?: Touch;
  readonly port?: number;
  readonly shows: object;
}

const yes = { read: 'yes', create: 'yes', edit: 'yes', delete: 'yes' };
const readOnly = { read: 'yes', create: 'no', edit: 'no', delete: 'no' };
const none = { read: 'no', create: 'no', edit: 'no', delete: 'no' };

const scenarios: Readonly<Record<string, Scenario>> = {
  'guest-shares': {
    legend:
      'In the manner of Samba with "map to guest = Bad User": a caller without a name is let in and lists the shares; one under a name that nobody has is a guest.\n' +
      'One share may be written but its files may not, one is hidden and open to guests for everything, one is closed. SMB 1 is refused, 2.0.2 is taken.',
    behaviour: guestNas,
    shows: {
      dialect: '3.1.1',
      oldestDialect: '2.0.2',
      smb1: { answer: 'refused' },
      signing: 'enabled',
      encryption: { capable: true, cipher: 'aes-128-gcm', required: 'no' },
      product: { id: 'samba', version: null },
      nullSession: { answer: 'granted', as: 'unmarked' },
      guestSession: { answer: 'granted', as: 'guest' },
      shareList: { answer: 'listed', by: 'anonymous' },
      shares: [
        { number: 1, label: 'imaging', access: 'open', rights: readOnly, content: { images: { value: 3, basis: 'exact' }, sampled: { asked: 3, dicom: 3 } } },
        { number: 2, label: 'incoming$', isHidden: true, access: 'open', rights: yes, openedBy: 'stranger' },
        { number: 3, label: 'staff', access: 'forbidden', rights: none, content: null },
        { number: 4, label: 'IPC$', kind: 'ipc', access: 'not-tried' },
      ],
      farewell: 'logged-off',
    },
  },
  'closed-windows': {
    legend:
      'In the manner of a current Windows Server: it takes compression, so that the conversation goes on over a connection that does not offer it; a null\n' +
      'session is let in and may not list the shares; unknown names are refused; signing is demanded; 2.0.2 and 2.1 are refused.',
    behaviour: closedWindows,
    shows: {
      dialect: '3.1.1',
      oldestDialect: '3.x',
      signing: 'required',
      compression: 'offered',
      encryption: { required: 'unknown' },
      product: { id: 'windows', name: 'Windows Server 2022', version: '10.0.20348' },
      ntlm: { version: '10.0.20348', computer: 'AAAAAA' },
      nullSession: { answer: 'granted', as: 'anonymous' },
      guestSession: { answer: 'refused', status: 0xc000006d, meaning: 'login' },
      shareList: { answer: 'denied', by: 'anonymous' },
      shares: [],
      farewell: 'logged-off',
    },
  },
  'smb1-alone': {
    legend: 'In the manner of a NAS from 2009: it hangs up over SMB 2, and takes SMB 1, in which it names its product.',
    behaviour: oldNas,
    shows: {
      dialect: null,
      smb1: { answer: 'accepted', signing: 'disabled', session: 'granted' },
      signing: 'off',
      encryption: { capable: false, required: 'no' },
      product: { id: 'samba', version: '3.0.24', basis: 'NativeLanMan of SMB 1' },
      nullSession: { answer: 'not-tried' },
    },
  },
  'handshake-only': {
    legend: 'The same server as in guest-shares, at touch handshake: negotiations and nothing else.',
    behaviour: guestNas,
    touch: 'handshake',
    shows: { dialect: '3.1.1', signing: 'enabled', nullSession: { answer: 'not-tried' }, shareList: { answer: 'not-tried' }, shares: [], product: null },
  },
};

const folder = fileURLToPath(new URL('cassettes/', import.meta.url));
const isRecording = process.env['DOSIMETER_CASSETTE'] === 'record';

/** The endpoint is not dialled by the probe itself; evidence does not depend on it. */
const probe = (dial: Dial, touch: Touch): Promise<SmbEvidence> =>
  smbProbe.run({ endpoint: { host: '127.0.0.1', address: '127.0.0.1', port: 445 }, transport: 'plain', settings: { ...smbSettings, touch } }, dial);

async function performed(behaviour: SmbBehaviour, touch: Touch) {
  const peer = await smbPeer(behaviour);
  try {
    const entries: CassetteEntry[] = [];
    const evidence = await probe(
      recordDial(peer.dial(), (entry) => void entries.push(entry)),
      touch,
    );
    await peer.allClosed();
    return { evidence, entries, log: peer.log };
  } finally {
    await peer.stop();
  }
}

const cassette = (name: string): string => readFileSync(`${folder}${name}.cassette`, 'utf8');

describe.each(Object.entries(scenarios))('%s', (name, { legend, behaviour, shows, touch = 'anonymous' }) => {
  it.runIf(isRecording)('is recorded', async () => {
    const { entries } = await performed(behaviour, touch);
    writeFileSync(`${folder}${name}.cassette`, formatCassette(legend, entries));
  });

  it('shows what it is kept for, however the bytes are cut', async () => {
    const entries = parseCassette(cassette(name));
    const evidence = await probe(replayDial(entries), touch);
    expect(evidence).toMatchObject(shows);
    for (const bytesPerRead of [1, 3, 4096]) expect(await probe(replayDial(entries, { bytesPerRead }), touch)).toEqual(evidence);
  });

  it('is what the server of the estate still does, and nothing that a scan may not ask', async () => {
    const { evidence, entries, log } = await performed(behaviour, touch);
    expect(evidence).toEqual(await probe(replayDial(parseCassette(cassette(name))), touch));
    expect(entries).toEqual(parseCassette(cassette(name)));
    expect(log.violations).toEqual([]);
  });

  it('has its legend and no person in it', () => {
    expect(cassette(name).startsWith(`# ${legend.split('\n')[0]}`)).toBe(true);
    const utf16 = Buffer.from(canaryStem, 'utf16le').toString('hex');
    expect([cassette(name).includes(utf16), cassette(name).includes(canaryStem)]).toEqual([false, false]);
  });
});

it('there is no cassette without a scenario', () => {
  expect(readdirSync(folder).sort()).toEqual(
    Object.keys(scenarios)
      .map((name) => `${name}.cassette`)
      .sort(),
  );
});
