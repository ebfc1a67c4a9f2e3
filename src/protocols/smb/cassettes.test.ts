/**
 * Recorded conversations with servers of the estate, played back at one, three and 4096 bytes a read. DOSIMETER_CASSETTE=record
 * writes them anew.
 */
import { expect } from 'vitest';
import { type RecordedScenario, testRecordedConversations } from '../../../test/fixtures/recorded-conversations.js';
import { closedWindows, guestNas, oldNas, smbPeer, smbSettings } from '../../../test/fixtures/smb-peer.js';
import { canaryStem } from '../../estate/canary.js';
import type { SmbBehaviour } from '../../estate/smb-behaviour.js';
import type { Touch } from '../../model/touch.js';
import type { SmbEvidence } from './evidence.js';
import { smbProbe } from './probe.js';

interface Scenario extends RecordedScenario {
  readonly behaviour: SmbBehaviour;
  readonly touch?: Touch;
  readonly port?: number;
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
    legend:
      'In the manner of a NAS from 2009: it hangs up over SMB 2, and takes SMB 1, in which it names its product, lists its shares to a caller without a name, and\n' +
      'lets guests read. What may be done in folders Samba does not tell over SMB 1: one share may be written as far as it goes itself.',
    behaviour: oldNas,
    shows: {
      dialect: null,
      smb1: { answer: 'accepted', signing: 'disabled', session: 'granted' },
      signing: 'off',
      encryption: { capable: false, required: 'no' },
      product: { id: 'samba', version: '3.0.24', basis: 'NativeLanMan of SMB 1' },
      nullSession: { answer: 'granted', as: 'unmarked' },
      guestSession: { answer: 'granted', as: 'guest' },
      shareList: { answer: 'listed', by: 'anonymous' },
      shares: [
        {
          ...{ number: 1, label: 'imaging', access: 'open', rights: { read: 'yes', create: 'negotiated', edit: 'no', delete: 'negotiated' } },
          content: { images: { value: 3, basis: 'exact' }, sampled: { asked: 3, dicom: 3 } },
        },
        { number: 2, label: 'incoming$', isHidden: true, access: 'open', rights: { read: 'yes', create: 'negotiated', edit: 'yes', delete: 'negotiated' } },
        { number: 3, label: 'staff', access: 'forbidden', rights: none, content: null },
        { number: 4, label: 'IPC$', kind: 'ipc', access: 'not-tried' },
      ],
      farewell: 'logged-off',
    },
  },
  'handshake-only': {
    legend: 'The same server as in guest-shares, at touch handshake: negotiations and nothing else.',
    behaviour: guestNas,
    touch: 'handshake',
    shows: { dialect: '3.1.1', signing: 'enabled', nullSession: { answer: 'not-tried' }, shareList: { answer: 'not-tried' }, shares: [], product: null },
  },
};

testRecordedConversations<Scenario, SmbEvidence>({
  folder: new URL('cassettes/', import.meta.url),
  scenarios,
  /** The endpoint is not dialled by the probe itself; evidence does not depend on it. */
  probe: (dial, { touch = 'anonymous' }) =>
    smbProbe.run({ endpoint: { host: '127.0.0.1', address: '127.0.0.1', port: 445 }, transport: 'plain', settings: { ...smbSettings, touch } }, dial),
  async withPeer({ behaviour }, talk) {
    const peer = await smbPeer(behaviour);
    try {
      await talk(peer.dial());
      await peer.allClosed();
      expect(peer.log.violations).toEqual([]);
    } finally {
      await peer.stop();
    }
  },
  isRepeatable: true,
  /** No person in it. */
  check(text) {
    const utf16 = Buffer.from(canaryStem, 'utf16le').toString('hex');
    expect([text.includes(utf16), text.includes(canaryStem)]).toEqual([false, false]);
  },
});
