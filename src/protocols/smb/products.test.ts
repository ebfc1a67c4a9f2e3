import { describe, expect, it } from 'vitest';
import { identifySmbProduct, type SmbSaid } from './products.js';

const silent: SmbSaid = { ntlmVersion: null, nativeOs: null, nativeLanMan: null };
const build = (major: number, minor: number, number: number): Partial<SmbSaid> => ({ ntlmVersion: { major, minor, build: number } });

describe('identifySmbProduct', () => {
  it.each<[string, Partial<SmbSaid>, object | null]>([
    ['Samba by SMB 1, with its version', { nativeOs: 'Unix', nativeLanMan: 'Samba 4.17.12-Debian' }, { id: 'samba', version: '4.17.12-Debian' }],
    ['Samba by SMB 1 before NTLM', { nativeLanMan: 'Samba 3.6.25', ...build(6, 1, 0) }, { id: 'samba', version: '3.6.25' }],
    ['Samba without a version', { nativeLanMan: 'Samba' }, { id: 'samba', version: null }],
    ['Samba by NTLM', build(6, 1, 0), { id: 'samba', name: 'Samba', version: null, basis: 'NTLM version 6.1 without a build' }],
    ['Windows Server 2022', build(10, 0, 20348), { id: 'windows', name: 'Windows Server 2022', version: '10.0.20348' }],
    ['Windows Server 2008 R2', build(6, 1, 7601), { id: 'windows', name: 'Windows Server 2008 R2 or Windows 7' }],
    ['an old Windows by SMB 1', { nativeOs: 'Windows Server 2003 3790 Service Pack 2' }, { id: 'windows', name: 'Windows Server 2003', version: '3790' }],
    ['an unknown build is no Windows of ours', build(10, 0, 4), null],
    ['a version like nobody else', build(1, 2, 0), null],
    ['something else in place of a version', { nativeLanMan: 'Samba Meier Anna' }, { id: 'samba', version: null }],
    ['nothing said', {}, null],
  ])('%s', (_, said, product) => {
    const found = identifySmbProduct({ ...silent, ...said });
    if (product === null) expect(found).toBeNull();
    else expect(found).toMatchObject(product);
  });
});
