import { describe, expect, it } from 'vitest';
import { closedFtp, loginAnswers, noRights, openFtp, readOnly } from '../../../test/fixtures/ftp-evidence.js';
import { unknownRights } from '../../model/rights.js';
import { type FtpEvidence, ftp } from './evidence.js';

describe('what a report reads off', () => {
  it.each<[string, FtpEvidence, object]>([
    ['an open server', openFtp({ rights: readOnly }), readOnly],
    ['one that refuses', loginAnswers('refused'), noRights],
    ['one that refuses inside TLS', closedFtp, noRights],
    ['one that was not asked', loginAnswers('not-tried'), unknownRights],
    ['one that demands TLS, in which nothing was learnt', loginAnswers('tls-first', 'no-answer'), unknownRights],
  ])('rights of %s', (_, evidence, rights) => {
    expect(ftp.readers.rights?.(evidence)).toEqual(rights);
  });

  it('service and exposure', () => {
    expect(ftp.readers.service?.(closedFtp)).toBe('ftp');
    expect(ftp.readers.service?.({ ...closedFtp, transport: 'tls' })).toBe('ftps');
    expect(ftp.readers.exposure?.(openFtp())).toMatchObject({ images: { value: 10, basis: 'exact' }, studies: null });
    expect(ftp.readers.exposure?.(closedFtp)).toBeNull();
  });
});
