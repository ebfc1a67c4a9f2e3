/**
 * Recorded conversations with the estate's NFS server, played back at any number of bytes a read. `DOSIMETER_CASSETTE=record` writes them
 * again; that is needed only when the probe sends something else.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type NfsPeerOptions, nfsPeer } from '../../../test/hostile/nfs-peer.js';
import { strangerSettings } from '../../../test/hostile/probing.js';
import type { NfsBehaviour } from '../../estate/behaviour.js';
import { folderOf, virtualFile, virtualTree } from '../../estate/virtual-tree.js';
import type { Dial } from '../../model/connection.js';
import { type CassetteEntry, formatCassette, fromHex, parseCassette } from '../../net/cassette.js';
import { recordDial } from '../../net/record.js';
import { replayDial } from '../../net/replay.js';
import type { NfsEvidence } from './evidence.js';
import { nfsProbe } from './probe.js';

interface Scenario {
  readonly legend: string;
  readonly behaviour: Omit<NfsBehaviour, 'speaks'>;
  readonly options?: NfsPeerOptions;
  readonly shows: object;
}

const tree = virtualTree(folderOf({ DICOM: folderOf({ IM000001: virtualFile('dicom', 526_336) }), 'backup.zip': virtualFile('zip', 1_048_576) }));

const scenarios: Readonly<Record<string, Scenario>> = {
  'open-to-everyone': {
    legend: 'NFSv3 and NFSv4; one export, writable, for everyone, and root is not squashed. One image of two files, looked at by its first 132 bytes.',
    behaviour: { versions: [3, 4], exports: [{ path: '/srv/imaging', tree, isWritable: true, squash: 'none' }] },
    shows: { shares: [{ access: 'open', alsoOver4: true, squash: 'none', rights: { create: 'yes' }, content: { sampled: { asked: 1, dicom: 1 } } }] },
  },
  'version-4-alone': {
    legend: 'NFSv4 without rpcbind and MOUNT: the exports are found from the root. One is read-only, one wants Kerberos with encryption; TLS is offered.',
    behaviour: {
      versions: [4],
      exports: [
        { path: '/imaging', tree },
        { path: '/backup', tree, flavours: ['krb5', 'krb5p'] },
      ],
      offersTls: true,
    },
    shows: {
      tls: 'offered',
      shares: [
        { access: 'open', over: 'nfs4', flavours: ['sys'] },
        { access: 'login', flavours: ['krb5', 'krb5p'] },
      ],
    },
  },
  'privileged-port': {
    legend: 'NFSv3; the export is refused to source ports of 1024 and above with AUTH_TOOWEAK, and granted below.',
    behaviour: { versions: [3], exports: [{ path: '/srv/imaging', tree, isSecure: true }] },
    options: { mayBePrivileged: true },
    shows: { shares: [{ access: 'open', sourcePort: 'privileged', rights: { read: 'yes', create: 'no' } }] },
  },
};

const folder = fileURLToPath(new URL('cassettes/', import.meta.url));
const isRecording = process.env['DOSIMETER_CASSETTE'] === 'record';
const probe = (dial: Dial): Promise<NfsEvidence> =>
  nfsProbe.run({ endpoint: { host: '127.0.0.1', address: '127.0.0.1', port: 2_049 }, transport: 'plain', settings: strangerSettings }, dial);

async function performed({ behaviour, options }: Scenario): Promise<{ evidence: NfsEvidence; entries: readonly CassetteEntry[] }> {
  const peer = await nfsPeer({ speaks: 'nfs', ...behaviour }, options);
  try {
    const entries: CassetteEntry[] = [];
    const evidence = await probe(recordDial(peer.dial, (entry) => void entries.push(entry)));
    return { evidence, entries };
  } finally {
    await peer.stop();
  }
}

const cassette = (name: string): string => readFileSync(`${folder}${name}.cassette`, 'utf8');

describe.each(Object.entries(scenarios))('%s', (name, scenario) => {
  it.runIf(isRecording)('is recorded', async () => {
    const { entries } = await performed(scenario);
    writeFileSync(`${folder}${name}.cassette`, formatCassette(scenario.legend, entries));
  });

  it('shows what it is kept for, however the bytes are cut', async () => {
    const entries = parseCassette(cassette(name));
    const evidence = await probe(replayDial(entries));
    expect(evidence).toMatchObject(scenario.shows);
    for (const bytesPerRead of [1, 3, 4096]) expect(await probe(replayDial(entries, { bytesPerRead }))).toEqual(evidence);
  });

  it('is what the simulated server still does', async () => {
    const { evidence } = await performed(scenario);
    expect(evidence).toEqual(await probe(replayDial(parseCassette(cassette(name)))));
  });

  it('has its legend, and sends calls of ONC RPC in one fragment each', () => {
    expect(cassette(name).startsWith(`# ${scenario.legend}`)).toBe(true);
    const sent = parseCassette(cassette(name)).flatMap((entry) => ('send' in entry ? [fromHex(entry.send)] : []));
    for (const bytes of sent) expect([(bytes[0] ?? 0) >> 7, new DataView(bytes.buffer, bytes.byteOffset).getUint32(8)]).toEqual([1, 0]);
  });
});

it('there is no cassette without a scenario', () => {
  expect(readdirSync(folder).sort()).toEqual(
    Object.keys(scenarios)
      .map((name) => `${name}.cassette`)
      .sort(),
  );
});
