/** Recorded conversations with synthetic daemons (`cassettes/`), played back in pieces of every size. `DOSIMETER_CASSETTE=record` writes them anew. */
import { expect } from 'vitest';
import { type RecordedScenario, testRecordedConversations } from '../../../test/fixtures/recorded-conversations.js';
import { strangerSettings } from '../../../test/hostile/probing.js';
import { ordinaryDaemon, type RsyncScript, rsyncPeer } from '../../../test/hostile/rsync-peer.js';
import type { RsyncEvidence } from './evidence.js';
import { rsyncProbe } from './probe.js';

interface Scenario extends RecordedScenario {
  readonly script: RsyncScript;
}

const images = { '': [{ name: 'CT', mode: 0o040755 }, { name: 'DICOMDIR' }], 'CT/': [{ name: 'IM0001' }, { name: 'IM0002' }] };

const scenarios: Readonly<Record<string, Scenario>> = {
  'read-only-and-login': {
    legend: 'In the manner of rsync 3.2: a message of the day, a read-only module with two images in a folder, and one that asks for a password.',
    script: ordinaryDaemon({ imaging: images, backup: null }, { motd: 'Maintenance on Sunday\n\n' }),
    shows: {
      protocol: 31,
      modules: [
        { label: 'imaging', access: 'open', rights: { read: 'yes', create: 'no' }, content: { images: { value: 2 } } },
        { label: 'backup', access: 'login' },
      ],
    },
  },
  writable: {
    legend: 'A module that waits for files: nothing comes after the seed, and the caller leaves.',
    script: ordinaryDaemon({ upload: { '': [] } }, { writable: ['upload'] }),
    shows: { modules: [{ label: 'upload', rights: { read: 'yes', create: 'negotiated' }, content: { files: { value: 0 } } }] },
  },
};

testRecordedConversations<Scenario, RsyncEvidence>({
  folder: new URL('cassettes/', import.meta.url),
  scenarios,
  probe: (dial) => rsyncProbe.run({ endpoint: { host: '127.0.0.1', address: '127.0.0.1', port: 873 }, transport: 'plain', settings: strangerSettings }, dial),
  async withPeer({ script }, talk) {
    const peer = await rsyncPeer(script);
    await talk(peer.dial()).finally(() => peer.stop());
  },
  isRepeatable: false,
  check(_text, [greeting]) {
    expect(String.fromCharCode(...(greeting ?? []))).toMatch(/^@RSYNCD: 29/);
  },
});
