import { describe, expect, it } from 'vitest';
import { exported, greetedOnly, refusedExport, rpcbind, server, verdictOnNfs } from '../../test/fixtures/nfs-evidence.js';
import type { NfsEvidence } from '../protocols/nfs/evidence.js';
import { nfsRootNotSquashed } from './nfs-root-not-squashed.js';

const writable = { read: 'yes', create: 'yes', edit: 'yes', delete: 'yes' } as const;

describe('root over NFS', () => {
  it.each<[string, NfsEvidence, string, RegExp]>([
    ['believed, and may write', server(exported({ squash: 'none', rights: writable })), 'fail', /writing among it/],
    ['believed, and may read', server(exported({ squash: 'none' })), 'fail', /may read what others are refused/],
    ['squashed', server(exported({ squash: 'root' })), 'pass', /unsquashed root/],
    ['everybody squashed', server(exported({ squash: 'everyone' })), 'pass', /everybody is squashed/],
    ['closed to all, root too', server(refusedExport({ squash: 'root', granted: { nobody: [], owner: 'not-tried', root: [] } })), 'pass', /unsquashed root/],
    ['the same either way', server(exported()), 'unknown', /cannot be read off/],
    ['Kerberos alone', server(refusedExport({ access: 'login', flavours: ['krb5p'] })), 'pass', /Kerberos/],
    ['refused to an unprivileged port', server(refusedExport()), 'unknown', /could not be asked/],
    ['the server hung up before', server(exported({ squash: 'not-tried' })), 'unknown', /not asked as root/],
    ['only greeted', greetedOnly, 'unknown', /not asked for/],
    ['rpcbind', rpcbind, 'not-applicable', /2049/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdictOnNfs(nfsRootNotSquashed, evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });

  it('weighs reading less than writing', () => {
    expect(verdictOnNfs(nfsRootNotSquashed, server(exported({ squash: 'none' })))).toMatchObject({ severity: 'medium' });
    expect(verdictOnNfs(nfsRootNotSquashed, server(exported({ squash: 'none', rights: writable })))).not.toHaveProperty('severity');
  });
});
