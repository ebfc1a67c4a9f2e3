import { describe, expect, it } from 'vitest';
import { ftpProducts, type HeardLines, recogniseFtp } from './products.js';

const greeting = (...lines: readonly string[]): HeardLines => ({ greeting: lines });

/** A sample of each product, and a near miss. */
const samples: readonly (readonly [string, HeardLines, string | null, HeardLines])[] = [
  ['qnap-qts', greeting('NASFTPD Turbo station 1.3.5a Server (ProFTPD) [10.0.0.1]'), null, greeting('Turbo station ready')],
  ['synology-dsm', greeting('Synology FTP server ready.'), null, greeting('Our Synology is not an FTP server')],
  ['vsftpd', greeting('(vsFTPd 3.0.3)'), '3.0.3', greeting('(very secure FTP)')],
  ['proftpd', greeting('ProFTPD 1.3.5rc3 Server (NAS) [::ffff:10.0.0.1]'), '1.3.5rc3', greeting('ProFTP ready')],
  ['pure-ftpd', greeting('---------- Welcome to Pure-FTPd [privsep] [TLS] ----------'), null, greeting('Pure FTP')],
  ['iis', greeting('Microsoft FTP Service'), null, greeting('FTP Service of a Microsoft partner')],
  ['filezilla-server', greeting('FileZilla Server 1.8.2', 'Please visit'), '1.8.2', greeting('use FileZilla to connect')],
  ['serv-u', greeting('Serv-U FTP Server v15.4 ready...'), '15.4', greeting('Server-U')],
  ['wing-ftp', greeting('Wing FTP Server ready... (UNREGISTERED WING FTP SERVER)'), null, greeting('Left Wing FTP')],
  ['xlight', greeting('Xlight FTP Server 3.9 ready...'), '3.9', greeting('Xlight')],
  ['bftpd', greeting('bftpd 5.7 at 10.0.0.1 ready.'), '5.7', greeting('bftpd')],
  ['pyftpdlib', greeting('pyftpdlib 1.5.6 ready.'), '1.5.6', greeting('my pyftpdlib')],
];

describe('products', () => {
  it.each(samples)('%s', (id, heard, version, nearMiss) => {
    expect(recogniseFtp(heard)).toMatchObject({ id, version, basis: 'its greeting' });
    expect(recogniseFtp(nearMiss)).toBeNull();
  });

  it('each has a sample', () => {
    expect(samples.map(([id]) => id).sort()).toEqual(ftpProducts.map(({ id }) => id).sort());
  });

  it.each<[string, HeardLines, object]>([
    [
      'vsftpd behind another greeting',
      { greeting: ['Testbed NAS'], status: ['FTP server status:', '     vsFTPd 3.0.3 - secure, fast, stable'] },
      { id: 'vsftpd', version: '3.0.3' },
    ],
    ['vsftpd by its words', { greeting: ['Testbed NAS'], login: ['Please specify the password.'] }, { id: 'vsftpd', version: null }],
    ['Pure-FTPd by its help', { help: ['The following SITE commands are recognized', 'Pure-FTPd - http://pureftpd.org/'] }, { id: 'pure-ftpd', version: null }],
    ['ProFTPD without a version', greeting('ProFTPD Server (Testbed NAS) [127.0.0.1]'), { id: 'proftpd', version: null }],
    ['ProFTPD of Red Hat', greeting('nas FTP Server (ProFTPD 1.2.10 on Red Hat linux 7.2) ready.'), { id: 'proftpd', version: '1.2.10' }],
    ['an older DiskStation', greeting('Disk Station FTP server at nas ready.'), { id: 'synology-dsm' }],
    ['a RackStation', greeting('RackStation FTP server ready.'), { id: 'synology-dsm' }],
  ])('%s', (_, heard, expected) => {
    expect(recogniseFtp(heard)).toMatchObject(expected);
  });

  it('takes nothing but a version out of what it heard', () => {
    const product = recogniseFtp(greeting('(vsFTPd 3.0.3 of Quimbly, Hortensia)'));
    expect(JSON.stringify(product)).not.toContain('Quimbly');
  });
});
