import { describe, expect, it } from 'vitest';
import { exported, greetedOnly, refusedExport, rpcbind, server, surveyed, twoHosts, verdictOnNfs } from '../../test/fixtures/nfs-evidence.js';
import { exactly } from '../model/exposure.js';
import type { NfsEvidence } from '../protocols/nfs/evidence.js';
import { nfsWorldExport } from './nfs-world-export.js';

describe('exports for everyone', () => {
  it.each<[string, NfsEvidence, string, RegExp]>([
    ['everyone', server(exported()), 'fail', /exported to everyone, and let .*: exactly 12 files, of which exactly 10 images/],
    ['everyone, from below 1024', server(exported({ sourcePort: 'privileged' })), 'fail', /from a source port below 1024/],
    ['NFSv4 tells no clients', server(exported({ over: 'nfs4', clients: 'not-told' })), 'fail', /whom else, NFSv4 does not tell/],
    ['hosts are named, and we were let in', server(exported({ clients: twoHosts })), 'unknown', /1 network, 2 hosts; this computer was let in/],
    ['Kerberos alone', server(refusedExport({ access: 'login', flavours: ['krb5', 'krb5p'] })), 'pass', /wants Kerberos/],
    ['refused to an unprivileged port', server(refusedExport({ clients: twoHosts })), 'unknown', /could not be asked/],
    ['refused to privileged ports too', server(refusedExport({ sourcePort: 'privileged' })), 'pass', /privileged ports too/],
    ['stronger credentials', server(refusedExport({ access: 'login', flavours: 'not-told', sourcePort: 'privileged' })), 'pass', /stronger credentials/],
    ['mounted, and closed', server(refusedExport({ granted: { nobody: [], owner: 'not-tried', root: [] } })), 'pass', /folder is closed to nobody/],
    ['an error', server(refusedExport({ access: 'unclear' })), 'unknown', /neither/],
    ['the seventeenth', server(refusedExport({ access: 'not-tried' })), 'unknown', /others came first/],
    ['no export', server(), 'pass', /no export/],
    ['no export, and no privileged port', { ...server(), privilegedPort: 'not-to-be-had' }, 'unknown', /below could not be taken/],
    ['silent about its exports', { ...server(), exportList: 'no-answer', pseudoTree: 'refused' }, 'unknown', /did not tell/],
    ['only greeted', greetedOnly, 'unknown', /not asked for/],
    ['rpcbind', rpcbind, 'not-applicable', /its own port, 2049/],
    ['mountd', { ...greetedOnly, role: 'mountd' }, 'not-applicable', /its own port$/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdictOnNfs(nfsWorldExport, evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });

  it.each([
    ['images', surveyed(), undefined],
    ['a backup', surveyed({ byKind: { backup: exactly(1) }, images: exactly(0) }), undefined],
    ['documents', surveyed({ byKind: { report: exactly(2) }, images: exactly(0) }), 'medium'],
    ['nothing', surveyed({ byKind: {}, files: exactly(0), images: exactly(0) }), 'low'],
    ['what was not counted', null, 'high'],
  ])('weighs %s', (_, content, severity) => {
    const judged = verdictOnNfs(nfsWorldExport, server(exported({ content })));
    expect(judged && 'severity' in judged ? judged.severity : undefined).toBe(severity);
  });
});
