import { describe, expect, it } from 'vitest';
import { noFeatures, readFeatures } from './features.js';

const read = (...features: readonly string[]) => readFeatures(['Features:', ...features.map((line) => ` ${line}`), 'End']);

describe('features', () => {
  it.each([
    ['nothing', [], noFeatures],
    ['vsftpd with TLS', ['AUTH TLS', 'EPRT', 'EPSV', 'PASV', 'PBSZ', 'PROT', 'SIZE', 'TVFS'], { ...noFeatures, authTls: true, prot: true }],
    [
      'ProFTPD',
      ['AUTH TLS', 'MLST modify*;perm*;size*;type*;unique*;UNIX.group*;', 'PROT', 'RANG STREAM', 'REST STREAM', 'UTF8'],
      { authTls: true, prot: true, mlst: true, perm: true, range: true },
    ],
    ['Pure-FTPd', ['MLST type*;size*;sizd*;modify*;UNIX.mode*;', 'MLSD', 'PRET'], { ...noFeatures, mlst: true }],
    ['IIS', ['LANG EN*', 'UTF8', 'AUTH TLS;TLS-C;SSL;TLS-P;', 'PBSZ', 'PROT C;P;'], { ...noFeatures, authTls: true, prot: true }],
    ['a fact that is offered but not sent by default', ['MLST type*;perm;'], { ...noFeatures, mlst: true, perm: true }],
    ['words that only look alike', ['AUTH GSSAPI', 'PERM*', 'MLSTX perm*;', 'RANGE', 'PROTO'], noFeatures],
  ])('%s', (_, lines, expected) => {
    expect(read(...lines)).toEqual(expected);
  });

  it('takes no feature from the first and the last line', () => {
    expect(readFeatures(['AUTH TLS'])).toEqual(noFeatures);
    expect(readFeatures([' MLSD', ' AUTH TLS'])).toEqual(noFeatures);
  });
});
