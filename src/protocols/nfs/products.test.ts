/** Products by the form of file handles and of paths. */
import { describe, expect, it } from 'vitest';
import { recogniseProduct, type Signs } from './products.js';

const bytes = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const signs = (more: Partial<Signs>): Signs => ({ handle: null, paths: [], implementation: null, ...more });

describe('whose server it is', () => {
  it.each<[string, Partial<Signs>, string | undefined]>([
    ['handles of NFS-Ganesha 4.3', { handle: bytes('4300000112446f5f070d947c39b701f3819900a8cd4e6000') }, 'nfs-ganesha'],
    ['handles of the Linux kernel', { handle: bytes('01000601f5e1c2a3b4c5d6e7f8091a2b3c4d5e6f') }, 'linux-knfsd'],
    ['an implementation id', { implementation: 'Linux 6.1.0 #1 SMP x86_64' }, 'linux-knfsd'],
    ['paths of DSM', { paths: ['/volume1/imaging', '/volume2/backup'], handle: bytes('0100060100000000') }, 'synology-dsm'],
    ['paths of QTS', { paths: ['/share/CACHEDEV1_DATA/Public'] }, 'qnap-qts'],
    ['a path of DSM among others', { paths: ['/volume1/imaging', '/srv/x'] }, undefined],
    ['other handles', { handle: bytes('00112233445566778899') }, undefined],
    ['a short handle', { handle: bytes('43') }, undefined],
    ['nothing', {}, undefined],
  ])('%s', (_, more, id) => {
    expect(recogniseProduct(signs(more))?.id).toBe(id);
  });
});
