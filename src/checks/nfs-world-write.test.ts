import { describe, expect, it } from 'vitest';
import { exported, greetedOnly, refusedExport, rpcbind, server, verdictOnNfs } from '../../test/fixtures/nfs-evidence.js';
import { unknownRights } from '../model/rights.js';
import type { NfsEvidence } from '../protocols/nfs/evidence.js';
import { nfsWorldWrite } from './nfs-world-write.js';

const everything = { read: 'yes', create: 'yes', edit: 'yes', delete: 'yes' } as const;
const reading = ['read', 'lookup'] as const;
const writing = ['read', 'lookup', 'modify', 'extend', 'delete'] as const;

describe('exports that anyone may change', () => {
  it.each<[string, NfsEvidence, string, RegExp]>([
    [
      'anyone',
      server(exported({ rights: everything, granted: { nobody: writing, owner: 'not-tried', root: writing } })),
      'fail',
      /^anyone may put files there, change files and delete/,
    ],
    ['the owner', server(exported({ rights: everything, granted: { nobody: reading, owner: writing, root: reading } })), 'fail', /claims to be the owner may/],
    ['root', server(exported({ rights: everything, granted: { nobody: reading, owner: 'not-tried', root: writing } })), 'fail', /claims to be root may/],
    ['within', server(exported({ rights: { ...everything, create: 'no', delete: 'no' } })), 'fail', /owner of what lies within may change files;/],
    ['nothing, and something was looked at', server(exported()), 'pass', /nor in what was looked at within/],
    ['nothing, and it is empty', server(exported({ inside: { asked: 0, rights: unknownRights } })), 'pass', /in its folder$/],
    ['Kerberos alone', server(refusedExport({ access: 'login', flavours: ['krb5p'] })), 'pass', /Kerberos/],
    ['refused to an unprivileged port', server(refusedExport()), 'unknown', /could not be asked/],
    ['not learnt', server(exported({ rights: { ...unknownRights, read: 'yes' } })), 'unknown', /could not be learnt/],
    ['only greeted', greetedOnly, 'unknown', /not asked for/],
    ['rpcbind', rpcbind, 'not-applicable', /2049/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdictOnNfs(nfsWorldWrite, evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });
});
