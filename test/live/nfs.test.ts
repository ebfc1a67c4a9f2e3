/** Every fact and every verdict about real NFS servers: NFS-Ganesha and rpcbind from Debian's packages, started here on loopback. Nothing is written to them. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProbeSettings } from '../../src/model/probe.js';
import type { NfsEvidence, NfsShare } from '../../src/protocols/nfs/evidence.js';
import { mayRunNfs, type NfsLab, nfsTruth, openNfsLab } from './nfs-servers.js';
import { missingPackages, skipLive } from './packages.js';
import { type Scanned, scanPort } from './scan.js';
import { liveCanary } from './synthetic-instance.js';

const many = '127.81.0.1';
const version4 = '127.81.0.2';
const sessions = '127.81.0.3';
const closed = '127.81.0.4';
const repaired = '127.81.0.5';

const readOnly = { read: 'yes', create: 'no', edit: 'no', delete: 'no' };
const everything = { read: 'yes', create: 'yes', edit: 'yes', delete: 'yes' };

/** Name of a folder → its settings, and what a stranger must be told of it. `closed` within is closed to others by its permissions. */
const variants: Readonly<
  Record<string, { readonly settings: string; readonly is: Partial<NfsShare>; readonly prepare?: (lab: NfsLab, folder: string) => void }>
> = {
  ro: { settings: 'SecType = sys; Access_Type = RO; Squash = Root_Squash;', is: { access: 'open', rights: readOnly, squash: 'root' } as Partial<NfsShare> },
  'ro-norootsq': {
    settings: 'SecType = sys; Access_Type = RO; Squash = No_Root_Squash;',
    is: { access: 'open', rights: readOnly, squash: 'none' } as Partial<NfsShare>,
  },
  'rw-norootsq': {
    settings: 'SecType = sys; Access_Type = RW; Squash = No_Root_Squash;',
    is: {
      access: 'open',
      rights: everything,
      squash: 'none',
      granted: { nobody: ['read', 'lookup'], owner: 'not-tried', root: ['read', 'lookup', 'modify', 'extend', 'delete'] },
    } as Partial<NfsShare>,
  },
  'rw-everyone': {
    settings: 'SecType = sys; Access_Type = RW; Squash = Root_Squash;',
    prepare: (lab, folder) => lab.permit(folder, 0o777),
    is: { access: 'open', rights: everything, squash: 'root' } as Partial<NfsShare>,
  },
  'ro-everyone': {
    settings: 'SecType = sys; Access_Type = RO; Squash = Root_Squash;',
    prepare: (lab, folder) => lab.permit(folder, 0o777),
    is: { access: 'open', rights: readOnly, squash: 'root' } as Partial<NfsShare>,
  },
  'rw-owner': {
    settings: 'SecType = sys; Access_Type = RW; Squash = Root_Squash;',
    prepare: (lab, folder) => lab.permit(folder, 0o755, 4_242, 4_242),
    is: { access: 'open', rights: everything, squash: 'root' } as Partial<NfsShare>,
  },
  'ro-group': {
    settings: 'SecType = sys; Access_Type = RO; Squash = Root_Squash;',
    prepare: (lab, folder) => lab.permit(folder, 0o750, 0, 4_242),
    is: { access: 'open', rights: readOnly, squash: 'root', granted: { nobody: [], owner: ['read', 'lookup'], root: [] } } as Partial<NfsShare>,
  },
  'rw-all': {
    settings: 'SecType = sys; Access_Type = RW; Squash = All_Squash;',
    prepare(lab, folder) {
      lab.permit(folder, 0o755, 4_242, 4_242);
      lab.permit(join(folder, 'closed'), 0o700, 4_242, 4_242);
    },
    is: { access: 'open', rights: readOnly, squash: 'everyone' } as Partial<NfsShare>,
  },
  secure: {
    settings: 'SecType = sys; Access_Type = RO; Squash = Root_Squash; PrivilegedPort = true;',
    is: { access: 'open', sourcePort: 'privileged', rights: readOnly } as Partial<NfsShare>,
  },
  krb5: {
    settings: 'SecType = krb5,krb5p; Access_Type = RW; Squash = Root_Squash;',
    is: { access: 'login', flavours: ['krb5', 'krb5p'], content: null } as Partial<NfsShare>,
  },
  private: {
    settings: 'SecType = sys; Access_Type = RO; Squash = Root_Squash;',
    prepare: (lab, folder) => lab.permit(folder, 0o700),
    is: { access: 'forbidden', squash: 'root', content: null, granted: { nobody: [], owner: 'not-tried', root: [] } } as Partial<NfsShare>,
  },
  none: { settings: 'SecType = none,sys; Access_Type = RO; Squash = Root_Squash;', is: { access: 'open', flavours: ['none', 'sys'] } as Partial<NfsShare> },
  clients: {
    settings: 'SecType = sys; Access_Type = None; CLIENT { Clients = 127.0.0.0/8, 192.0.2.7, *.hospital.example; Access_Type = RO; }',
    is: { access: 'open', rights: readOnly, clients: { everyone: false, networks: 1, hosts: 1, domains: 1, netgroups: 0 } } as Partial<NfsShare>,
  },
};
const names = Object.keys(variants);

const scan = async (address: string, port = 2_049, more: Partial<ProbeSettings> = {}): Promise<Scanned & { readonly nfs: NfsEvidence | undefined }> => {
  const scanned = await scanPort(port, more, address);
  return { ...scanned, nfs: scanned.evidence<NfsEvidence>('nfs') };
};

const lacksRoot = !mayRunNfs && process.env['DOSIMETER_REQUIRE_LIVE'] !== '1';
if (!skipLive && lacksRoot) process.stderr.write('test/live/nfs.test.ts is skipped: rpcbind needs root for port 111\n');

describe.skipIf(skipLive || lacksRoot)('real NFS servers', { timeout: 120_000 }, () => {
  let lab: NfsLab;
  let before: string;
  let folderOf: (name: string) => string;
  const of = (nfs: NfsEvidence | undefined, name: string): NfsShare | undefined => nfs?.shares[names.indexOf(name)];

  beforeAll(async () => {
    if (missingPackages().length > 0) throw new Error(`live tests are required and need: apt-get install -y ${missingPackages().join(' ')}`);
    if (!mayRunNfs) throw new Error('live tests are required, and those of NFS need root: rpcbind has port 111');
    lab = openNfsLab();
    const folders = new Map(names.map((name) => [name, lab.folder(name)]));
    folderOf = (name) => folders.get(name) ?? '';
    for (const [name, { prepare }] of Object.entries(variants)) {
      lab.permit(join(folderOf(name), 'closed'), 0o700);
      prepare?.(lab, folderOf(name));
    }
    const block = (name: string, settings: string) => `Path = ${folderOf(name)}; Pseudo = /exports/${name}; ${settings}`;
    await lab.start(
      many,
      Object.entries(variants).map(([name, { settings }]) => block(name, settings)),
    );
    await lab.start(version4, [block('ro', 'SecType = sys; Access_Type = RO; Squash = Root_Squash;')], { protocols: '4', hasRpcbind: false });
    await lab.start(sessions, [block('ro', 'SecType = sys; Access_Type = RO; Squash = Root_Squash;')], {
      protocols: '4',
      hasRpcbind: false,
      minorVersions: '1,2',
    });
    await lab.start(closed, [block('ro', 'SecType = sys; Access_Type = None; CLIENT { Clients = 192.0.2.7; Access_Type = RO; }')]);
    // The lines of src/checks/nfs-remedies.ts, for one client that may come in.
    await lab.start(repaired, [block('rw-everyone', 'SecType = sys; Access_Type = RO; Squash = All_Squash;')]);
    before = lab.fingerprint();
  }, 120_000);
  afterAll(() => lab?.stop(), 60_000);

  describe('NFSv3 and NFSv4, many exports', () => {
    let scanned: Awaited<ReturnType<typeof scan>>;
    beforeAll(async () => {
      scanned = await scan(many);
    });

    it('versions, portmapper, TLS, product', () => {
      expect(scanned.nfs).toMatchObject({
        role: 'nfs',
        versions: { '3': 'offered', '4.0': 'offered', '4.1': 'offered', '4.2': 'offered' },
        tls: 'not-offered',
        portmapper: { answer: 'answered', nfsPort: 2_049, mountPort: 20_048 },
        exportList: 'answered',
        pseudoTree: 'answered',
        privilegedPort: 'taken',
        product: { id: 'nfs-ganesha' },
      });
      expect(scanned.endpoint.service).toBe('nfs');
    });

    it.each(names)('%s', (name) => {
      const share = of(scanned.nfs, name);
      expect(share).toMatchObject({ over: 'nfs3', ...variants[name]?.is });
      if (share?.access === 'open') {
        expect(share.content?.images.value).toBe(nfsTruth.images);
        expect(share.content?.sampled).toEqual({ asked: nfsTruth.images, dicom: nfsTruth.images });
      }
    });

    it('each export is named once, whichever version shows it', () => {
      expect(scanned.nfs?.shares).toHaveLength(names.length);
      const both = names.filter((name) => name !== 'secure'); // NFS-Ganesha does not show it to unprivileged ports
      expect(names.filter((name) => of(scanned.nfs, name)?.alsoOver4)).toEqual(both);
    });

    it('everyone is told from those who are named', () => {
      const isForEveryone = (name: string): boolean => {
        const clients = of(scanned.nfs, name)?.clients;
        return typeof clients === 'object' && clients.everyone;
      };
      expect(names.filter(isForEveryone)).toEqual(names.filter((name) => name !== 'clients'));
    });

    it('the verdicts', () => {
      expect(scanned.verdicts).toMatchObject({
        'nfs-world-export': 'fail',
        'nfs-world-write': 'fail',
        'nfs-root-not-squashed': 'fail',
        'nfs-cleartext': 'fail',
      });
      const judged = (check: string, name: string) =>
        scanned.endpoint.findings.find((finding) => finding.check === check && finding.subject === String(names.indexOf(name) + 1))?.verdict;
      expect(judged('nfs-world-export', 'krb5')).toBe('pass');
      expect(judged('nfs-world-export', 'private')).toBe('pass');
      expect(judged('nfs-world-export', 'clients')).toBe('unknown');
      expect(judged('nfs-world-write', 'ro-everyone')).toBe('pass');
      expect(judged('nfs-root-not-squashed', 'ro')).toBe('pass');
    });

    it('no name of a file or a folder is kept', () => {
      expect(scanned.kept).not.toContain(liveCanary);
    });

    it('a standard client sees the same files', () => {
      // It ends with an error at `closed`, after the rest.
      const { stdout: listed } = spawnSync('nfs-ls', ['-R', `nfs://${many}${folderOf('none')}`], { encoding: 'utf8' });
      expect(listed.split('\n').filter((line) => line.startsWith('-'))).toHaveLength(nfsTruth.files - 1); // `closed` is closed to it too
      expect(of(scanned.nfs, 'none')?.content?.files.value).toBe(nfsTruth.files - 1);
    });
  });

  it('NFSv4 alone, without rpcbind', async () => {
    const { nfs, verdicts, endpoint } = await scan(version4);
    expect(nfs).toMatchObject({
      versions: { '3': 'not-offered', '4.0': 'offered' },
      portmapper: { answer: 'not-tried' },
      exportList: 'not-tried',
      shares: [{ over: 'nfs4', label: '/exports/ro', clients: 'not-told', flavours: ['sys'], access: 'open', rights: readOnly, squash: 'root' }],
    });
    expect(endpoint.exposure?.images?.value).toBe(nfsTruth.images);
    expect(verdicts).toMatchObject({ 'nfs-world-export': 'fail', 'nfs-world-write': 'pass', 'nfs-root-not-squashed': 'pass', 'nfs-cleartext': 'fail' });
  });

  it('NFSv4.1 alone: inside sessions, which are destroyed again', async () => {
    const { nfs } = await scan(sessions);
    expect(nfs).toMatchObject({
      versions: { '3': 'not-offered', '4.0': 'not-offered', '4.1': 'offered', '4.2': 'offered' },
      shares: [{ access: 'open', flavours: ['sys'], rights: readOnly, squash: 'root', content: { images: { value: nfsTruth.images } } }],
    });
  });

  it('exports for others only: this computer is shown none', async () => {
    const { nfs, verdicts } = await scan(closed);
    expect(nfs).toMatchObject({ exportList: 'answered', pseudoTree: 'answered', shares: [] });
    expect(verdicts).toMatchObject({ 'nfs-world-export': 'pass', 'nfs-world-write': 'pass', 'nfs-root-not-squashed': 'pass' });
  });

  it('the remedy: what everyone could write is read-only, and root is nobody', async () => {
    const { nfs, verdicts } = await scan(repaired);
    expect(nfs?.shares).toMatchObject([{ rights: readOnly, squash: 'root' }]);
    expect(verdicts).toMatchObject({ 'nfs-world-write': 'pass', 'nfs-root-not-squashed': 'pass' });
  });

  it('rpcbind and mountd are known for what they are, and judged at the port of NFS', async () => {
    expect((await scan(many, 111)).nfs).toMatchObject({ role: 'portmapper', portmapper: { answer: 'answered', nfsPort: 2_049 }, shares: [] });
    const mountd = await scan(many, 20_048);
    expect(mountd.nfs).toMatchObject({ role: 'mountd', shares: [] });
    expect(mountd.verdicts).toMatchObject({ 'nfs-world-export': 'not-applicable', 'nfs-cleartext': 'not-applicable' });
  });

  it('at touch handshake nothing but the negotiation is held', async () => {
    const { nfs } = await scan(many, 2_049, { touch: 'handshake' });
    expect(nfs).toMatchObject({
      versions: { '3': 'offered', '4.2': 'offered' },
      tls: 'not-offered',
      portmapper: { answer: 'not-tried' },
      exportList: 'not-tried',
      shares: [],
    });
  });

  it('the estimate holds where the budget does not suffice', async () => {
    const { nfs } = await scan(version4, 2_049, { entryBudget: 5 });
    expect(nfs?.shares[0]?.content?.files.basis).not.toBe('exact');
  });

  it('no write reached any server', () => {
    expect(lab.fingerprint()).toBe(before);
    expect(lab.log()).not.toMatch(/ROFS|read-only file system|WRITE|REMOVE|CREATE /);
  });
});
