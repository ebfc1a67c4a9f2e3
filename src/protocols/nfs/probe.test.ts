/** The whole conversation with the estate's NFS server: who is let in, what is granted, who is squashed, what lies there. Hostile servers are in test/hostile/nfs.test.ts. */
import { afterEach, describe, expect, it } from 'vitest';
import { type NfsPeer, type NfsPeerOptions, nfsPeer } from '../../../test/hostile/nfs-peer.js';
import { strangerSettings } from '../../../test/hostile/probing.js';
import type { NfsBehaviour } from '../../estate/behaviour.js';
import { canaryStem } from '../../estate/canary.js';
import { smallFolder } from '../../estate/nas-trees.js';
import type { NfsExport } from '../../estate/nfs-export.js';
import { virtualTree } from '../../estate/virtual-tree.js';
import type { ProbeSettings } from '../../model/probe.js';
import type { NfsEvidence, NfsShare } from './evidence.js';
import { nfsProbe } from './probe.js';

const tree = virtualTree(smallFolder);
const imaging: NfsExport = { path: '/srv/imaging', tree };
let peer: NfsPeer;
afterEach(() => peer.stop());

async function probe(behaviour: Partial<NfsBehaviour>, options: NfsPeerOptions = {}, more: Partial<ProbeSettings> = {}): Promise<NfsEvidence> {
  peer = await nfsPeer({ speaks: 'nfs', versions: [3, 4], exports: [imaging], ...behaviour }, options);
  const evidence = await nfsProbe.run({ endpoint: peer.endpoint, transport: 'plain', settings: { ...strangerSettings, ...more } }, peer.dial);
  expect(peer.log.violations).toEqual([]);
  expect(JSON.stringify(evidence)).not.toContain(canaryStem);
  return evidence;
}

async function shareOf(at: Partial<NfsExport>, options: NfsPeerOptions = {}, versions: NfsBehaviour['versions'] = [3, 4]): Promise<NfsShare | undefined> {
  return (await probe({ versions, exports: [{ ...imaging, ...at }] }, options)).shares[0];
}

const readOnly = { read: 'yes', create: 'no', edit: 'no', delete: 'no' };
const everything = { read: 'yes', create: 'yes', edit: 'yes', delete: 'yes' };
const nothing = { read: 'no', create: 'no', edit: 'no', delete: 'no' };

describe('versions', () => {
  it('both: one share, named once', async () => {
    const evidence = await probe({});
    expect(evidence).toMatchObject({
      role: 'nfs',
      versions: { '3': 'offered', '4.0': 'offered', '4.1': 'offered', '4.2': 'offered' },
      tls: 'not-offered',
      portmapper: { answer: 'closed' },
      exportList: 'answered',
      pseudoTree: 'answered',
    });
    expect(evidence.shares).toMatchObject([{ number: 1, label: '/srv/imaging', over: 'nfs3', alsoOver4: true, access: 'open', flavours: ['sys'] }]);
  });

  it('3 alone', async () => {
    const evidence = await probe({ versions: [3] });
    expect(evidence).toMatchObject({
      versions: { '3': 'offered', '4.0': 'not-offered' },
      pseudoTree: 'not-tried',
      shares: [{ over: 'nfs3', alsoOver4: false }],
    });
  });

  it('4 alone: no portmapper and no list of exports is needed', async () => {
    const evidence = await probe({ versions: [4] });
    expect(evidence).toMatchObject({ versions: { '3': 'not-offered', '4.0': 'offered' }, exportList: 'not-tried', pseudoTree: 'answered' });
    expect(evidence.shares).toMatchObject([{ label: '/imaging', over: 'nfs4', clients: 'not-told', flavours: ['sys'], access: 'open', rights: readOnly }]);
  });

  it('RPC-with-TLS is recognised by its verifier', async () => {
    expect((await probe({ offersTls: true })).tls).toBe('offered');
  });
});

describe.each([[[3]], [[4]]] as const)('over NFSv%s', (versions) => {
  it('what lies there is counted, and a few files are looked at by 132 bytes', async () => {
    const share = await shareOf({}, {}, versions);
    expect(share?.content).toMatchObject({ files: { value: 7 }, folders: { value: 3 }, sampled: { asked: 5, dicom: 5 }, ended: 'whole' });
  });

  it('no file is looked at where that is switched off', async () => {
    const evidence = await probe({ versions: [...versions] }, {}, { sample: false });
    expect(evidence.shares[0]?.content).toMatchObject({ sampled: { asked: 0, dicom: 0 }, cost: { firstBytes: 0 } });
  });

  it.each<[string, Partial<NfsExport>, object]>([
    ['read-only', {}, { rights: readOnly, squash: 'unclear' }],
    ['read-only, with an entry that others may not read', { closed: ['backup.zip'] }, { rights: readOnly, squash: 'root' }],
    ['read-only and not squashed', { closed: ['backup.zip'], squash: 'none' }, { rights: readOnly, squash: 'none' }],
    ['read-only, not squashed, nothing to tell by', { squash: 'none' }, { rights: readOnly, squash: 'unclear' }],
    ['writable by everyone', { isWritable: true, mode: 0o777 }, { rights: everything, squash: 'unclear' }],
    ['writable by root, who is not squashed', { isWritable: true, squash: 'none' }, { rights: everything, squash: 'none' }],
    ['writable by root, who is squashed', { isWritable: true }, { rights: readOnly, squash: 'unclear' }],
    ['writable by its owner, whom anyone can claim to be', { isWritable: true, owner: 1_000 }, { rights: everything, squash: 'root' }],
    ['open to a group alone, which anyone can claim to be in', { mode: 0o750, group: 1_000 }, { access: 'open', rights: readOnly, granted: { nobody: [] } }],
    ['everyone is squashed', { isWritable: true, owner: 1_000, squash: 'everyone' }, { rights: readOnly, squash: 'unclear' }],
    ['everyone is squashed, its owner too', { owner: 1_000, squash: 'everyone', closed: ['backup.zip'] }, { rights: readOnly, squash: 'everyone' }],
    ['closed to others, open to root', { mode: 0o700, squash: 'none' }, { access: 'open', rights: readOnly, squash: 'none' }],
    ['closed to others', { mode: 0o700 }, { access: 'forbidden', rights: nothing, squash: 'root', content: null }],
    ['Kerberos alone', { flavours: ['krb5p'] }, { access: 'login', flavours: ['krb5p'], content: null, squash: 'not-tried' }],
  ])('%s', async (_, at, expected) => {
    expect(await shareOf(at, {}, versions)).toMatchObject(expected);
  });
});

describe('source ports below 1024', () => {
  it.each([
    [3, 'login'],
    [4, 'forbidden'],
  ] as const)('an export over NFSv%s that believes in them is asked from there, where this computer may; else it is not known', async (version, access) => {
    const there = await shareOf({ isSecure: true }, { mayBePrivileged: true }, [version]);
    expect(there).toMatchObject({ access: 'open', sourcePort: 'privileged', rights: readOnly });
    await peer.stop();
    const here = await shareOf({ isSecure: true }, {}, [version]);
    expect(here).toMatchObject({ access, sourcePort: 'unprivileged', flavours: ['sys'], rights: { read: 'unknown' } });
  });

  it('an export that is not shown to other ports is found from there', async () => {
    const evidence = await probe({ versions: [4], exports: [] }, { mayBePrivileged: true });
    expect(evidence).toMatchObject({ privilegedPort: 'taken', shares: [], pseudoTree: 'answered' });
  });
});

describe('the list of clients', () => {
  it.each([
    ['nobody is named', [], { everyone: true, networks: 0, hosts: 0 }],
    ['a star', ['*'], { everyone: true }],
    ['all of IPv4', ['0.0.0.0/0'], { everyone: true }],
    ['networks and hosts', ['10.0.0.0/8', '192.0.2.0/255.255.255.0', '192.0.2.1', '192.0.2.9/32', '2001:db8::/32'], { everyone: false, networks: 3, hosts: 2 }],
    ['names', ['@staff', '*.hospital.example', 'pacs.hospital.example'], { everyone: false, netgroups: 1, domains: 1, hosts: 1 }],
  ])('%s', async (_, clients, expected) => {
    expect((await shareOf({ clients }))?.clients).toMatchObject(expected);
  });
});

describe('touch and other ports', () => {
  it('at handshake only the negotiation is held', async () => {
    const evidence = await probe({}, {}, { touch: 'handshake' });
    expect(evidence).toMatchObject({ versions: { '4.2': 'offered' }, tls: 'not-offered', exportList: 'not-tried', pseudoTree: 'not-tried', shares: [] });
    expect(peer.log.calls).toBe(5);
  });

  it('at most sixteen exports are examined, and the others are named', async () => {
    const exports = Array.from({ length: 20 }, (_, index) => ({ path: `/srv/share${index + 1}`, tree }));
    const { shares } = await probe({ versions: [3], exports });
    expect(shares.map(({ access }) => access)).toEqual([...new Array(16).fill('open'), ...new Array(4).fill('not-tried')]);
    expect(shares[19]).toMatchObject({ number: 20, content: null });
  });

  it('the port of MOUNT alone is known for what it is', async () => {
    peer = await nfsPeer({ speaks: 'nfs', versions: [3], exports: [imaging] });
    const target = { endpoint: { ...peer.endpoint, port: 20_048 }, transport: 'plain' as const, settings: strangerSettings };
    expect(await nfsProbe.run(target, peer.dial)).toMatchObject({ role: 'mountd', shares: [], versions: { '3': 'not-tried' } });
  });
});
