/** Recorded conversations with synthetic daemons (`cassettes/`), played back in pieces of every size. `DOSIMETER_CASSETTE=record` writes them anew. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { strangerSettings } from '../../../test/hostile/probing.js';
import { ordinaryDaemon, type RsyncScript, rsyncPeer } from '../../../test/hostile/rsync-peer.js';
import type { Dial } from '../../model/connection.js';
import { type CassetteEntry, formatCassette, parseCassette } from '../../net/cassette.js';
import { recordDial } from '../../net/record.js';
import { replayDial } from '../../net/replay.js';
import type { RsyncEvidence } from './evidence.js';
import { rsyncProbe } from './probe.js';

interface Scenario {
  readonly legend: string;
  readonly script: RsyncScript;
  /** What makes this conversation worth keeping. */
  readonly shows: object;
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

const folder = fileURLToPath(new URL('cassettes/', import.meta.url));
const isRecording = process.env['DOSIMETER_CASSETTE'] === 'record';

const probe = (dial: Dial): Promise<RsyncEvidence> =>
  rsyncProbe.run({ endpoint: { host: '127.0.0.1', address: '127.0.0.1', port: 873 }, transport: 'plain', settings: strangerSettings }, dial);

async function performed(script: RsyncScript): Promise<{ evidence: RsyncEvidence; entries: readonly CassetteEntry[] }> {
  const peer = await rsyncPeer(script);
  try {
    const entries: CassetteEntry[] = [];
    const evidence = await probe(recordDial(peer.dial(), (entry) => void entries.push(entry)));
    return { evidence, entries };
  } finally {
    await peer.stop();
  }
}

const cassette = (name: string): string => readFileSync(`${folder}${name}.cassette`, 'utf8');

describe.each(Object.entries(scenarios))('%s', (name, { legend, script, shows }) => {
  it.runIf(isRecording)('is recorded', async () => {
    const { entries } = await performed(script);
    writeFileSync(`${folder}${name}.cassette`, formatCassette(legend, entries));
  });

  it('shows what it is kept for, however the bytes are cut', async () => {
    const entries = parseCassette(cassette(name));
    const evidence = await probe(replayDial(entries));
    expect(evidence).toMatchObject(shows);
    for (const bytesPerRead of [1, 3, 4096]) expect(await probe(replayDial(entries, { bytesPerRead }))).toEqual(evidence);
  });

  it('is what the scripted peer still does', async () => {
    const { evidence } = await performed(script);
    expect(evidence).toEqual(await probe(replayDial(parseCassette(cassette(name)))));
    expect(cassette(name).startsWith(`# ${legend}`)).toBe(true);
  });
});

it('there is no cassette without a scenario', () => {
  expect(readdirSync(folder).sort()).toEqual(
    Object.keys(scenarios)
      .map((name) => `${name}.cassette`)
      .sort(),
  );
});
