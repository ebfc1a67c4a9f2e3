import { describe, expect, it } from 'vitest';
import { closedFtp, loginAnswers, openFtp, proftpd, readOnly, verdictOnFtp } from '../../test/fixtures/ftp-evidence.js';
import { unknownRights } from '../model/rights.js';
import type { FtpEvidence } from '../protocols/ftp/evidence.js';
import { anonymousFtpWrite } from './anonymous-ftp-write.js';

const offered = { read: 'yes', create: 'negotiated', edit: 'no', delete: 'negotiated' } as const;

describe('what anonymous callers may change', () => {
  it.each<[string, FtpEvidence, string, RegExp]>([
    ['files, by the listings', openFtp({ rights: offered }), 'fail', /anyone may put files there and delete files, which was not tried/],
    ['files, by ProFTPD', openFtp({ rights: offered }, { product: proftpd }), 'unknown', /whether a <Limit> .* forbids/],
    ['files, granted by ProFTPD', openFtp({ rights: { ...offered, create: 'yes' } }, { product: proftpd }), 'fail', /put files there/],
    ['files, granted', openFtp({ rights: { ...offered, create: 'yes' } }), 'fail', /put files there/],
    ['nothing', openFtp({ rights: readOnly }), 'pass', /in none may/],
    ['nothing, since they are not let in', closedFtp, 'pass', /without an account/],
    ['is not told', openFtp(), 'unknown', /only writing would show it/],
    ['is told of some folders', openFtp({ rights: { ...unknownRights, read: 'yes' } }, { permFacts: true }), 'unknown', /there are more/],
    ['was not learnt', openFtp({}, { shares: [] }), 'unknown', /could not be learnt/],
    ['was not asked', loginAnswers('not-tried'), 'unknown', /nobody tried/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdictOnFtp(anonymousFtpWrite, evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });

  it('weighs less where it is only said', () => {
    expect(verdictOnFtp(anonymousFtpWrite, openFtp({ rights: offered }))).toMatchObject({ severity: 'high' });
    expect(verdictOnFtp(anonymousFtpWrite, openFtp({ rights: { ...offered, create: 'yes' } }))).not.toHaveProperty('severity');
  });
});
