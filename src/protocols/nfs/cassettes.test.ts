/**
 * Recorded conversations with the estate's NFS server, played back at any number of bytes a read. `DOSIMETER_CASSETTE=record` writes them
 * again; that is needed only when the probe sends something else.
 */
import { expect } from 'vitest';
import { type RecordedScenario, testRecordedConversations } from '../../../test/fixtures/recorded-conversations.js';
import { type NfsPeerOptions, nfsPeer } from '../../../test/hostile/nfs-peer.js';
import { strangerSettings } from '../../../test/hostile/probing.js';
import type { NfsBehaviour } from '../../estate/behaviour.js';
import { folderOf, virtualFile, virtualTree } from '../../estate/virtual-tree.js';
import type { NfsEvidence } from './evidence.js';
import { nfsProbe } from './probe.js';

interface Scenario extends RecordedScenario {
  readonly behaviour: Omit<NfsBehaviour, 'speaks'>;
  readonly options?: NfsPeerOptions;
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

testRecordedConversations<Scenario, NfsEvidence>({
  folder: new URL('cassettes/', import.meta.url),
  scenarios,
  probe: (dial) => nfsProbe.run({ endpoint: { host: '127.0.0.1', address: '127.0.0.1', port: 2_049 }, transport: 'plain', settings: strangerSettings }, dial),
  async withPeer({ behaviour, options }, talk) {
    const peer = await nfsPeer({ speaks: 'nfs', ...behaviour }, options);
    await talk(peer.dial).finally(() => peer.stop());
  },
  isRepeatable: false,
  /** Calls of ONC RPC in one fragment each. */
  check(_text, sent) {
    for (const bytes of sent) expect([(bytes[0] ?? 0) >> 7, new DataView(bytes.buffer, bytes.byteOffset).getUint32(8)]).toEqual([1, 0]);
  },
});
