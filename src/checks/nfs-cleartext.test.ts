import { describe, expect, it } from 'vitest';
import { exported, greetedOnly, refusedExport, rpcbind, server, verdictOnNfs } from '../../test/fixtures/nfs-evidence.js';
import type { NfsEvidence } from '../protocols/nfs/evidence.js';
import { nfsCleartext } from './nfs-cleartext.js';

const kerberos = refusedExport({ access: 'login', flavours: ['krb5p'] });

describe('encryption of NFS', () => {
  it.each<[string, NfsEvidence, string, RegExp, string?]>([
    ['neither', server(exported()), 'fail', /neither krb5p nor TLS/],
    ['TLS is offered and not demanded', { ...server(exported()), tls: 'offered' }, 'fail', /though it can encrypt \(TLS\)/, 'low'],
    ['krb5p is offered and not demanded', server(exported({ flavours: ['sys', 'krb5p'] })), 'fail', /\(krb5p\)/, 'low'],
    ['one export of two demands it', server(exported(), kerberos), 'fail', /\(krb5p\)/, 'low'],
    ['TLS was not learnt', { ...server(exported()), tls: 'no-answer' }, 'fail', /in the clear$/],
    ['krb5p alone', server(kerberos), 'pass', /demands Kerberos with privacy/],
    ['Kerberos without privacy', server(refusedExport({ access: 'login', flavours: ['krb5', 'krb5i'] })), 'fail', /those it lets in/],
    ['TLS is offered, and nobody is let in', { ...server(refusedExport()), tls: 'offered' }, 'unknown', /can encrypt/],
    ['it does not tell', server(refusedExport({ flavours: 'not-told' })), 'unknown', /shows only where/],
    ['no export', server(), 'unknown', /shows only where/],
    ['only greeted', greetedOnly, 'unknown', /shows only where/],
    ['rpcbind', rpcbind, 'not-applicable', /2049/],
  ])('%s', (_, evidence, expected, reason, severity) => {
    const judged = verdictOnNfs(nfsCleartext, evidence);
    expect(judged).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason), ...(severity && { severity }) });
    if (!severity) expect(judged).not.toHaveProperty('severity');
  });
});
