/** First bytes → service, and that more bytes never change an answer once it was given. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recogniseService } from './recognise.js';

const bytesOf = (text: string) => Uint8Array.from([...text].map((character) => character.charCodeAt(0)));

describe('recogniseService', () => {
  it.each([
    ['dicom', '\x02\0\0\0\x01\x16'],
    ['dicom', '\x03\0\0\0\0\x04\0\x01\x01\x03'],
    ['dicom', '\x07\0\0\0\0\x04\0\0\x02\x06'],
    ['tls', '\x15\x03\x01\0\x02\x02\x28'],
    ['tls', '\x16\x03\x03\0\x7a'],
    ['http', 'HTTP/1.1 400 Bad Request\r\n'],
    ['http', '<!DOCTYPE html>'],
    ['http', '<html><body>'],
    ['ssh', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['rsync', '@RSYNCD: 31.0\n'],
    ['vnc', 'RFB 003.008\n'],
    ['smb', '\xffSMB'],
    ['ftp', '220 ready\r\n'],
    ['ftp', '220-Welcome\r\n220 ready\r\n'],
    ['ftp', '220 mail-archive FTP server ready\r\n'],
    ['smtp', '220 host.example ESMTP\r\n'],
    ['smtp', '220 mail.example ready\r\n'],
    ['unknown', ''],
    ['unknown', '\0\xff\x13\x37'],
    ['unknown', '\x02'],
    // Longer than any association PDU may be
    ['unknown', '\x02\0\x7f\xff\xff\xff'],
    // A version that TLS never had
    ['unknown', '\x16\x04\x00\0\x7a'],
    ['unknown', 'HTTPS'],
  ])('%s for %j', (service, text) => {
    expect(recogniseService(bytesOf(text))).toBe(service);
  });

  const greeting = fc.constantFrom(
    '220 mail.example ready\r\n',
    '220 ready\r\n',
    '220 x\r\nSMTP',
    'HTTP/1.0 ',
    'SSH-2.0',
    '\x16\x03\x01',
    '\x02\0\0\0\0\x04',
    '@RSYNCD:',
    `220 ${'x'.repeat(210)} SMTP\n`,
  );
  const anyStart = fc.oneof(
    fc.uint8Array({ maxLength: 260 }),
    fc.tuple(greeting, fc.uint8Array({ maxLength: 20 })).map(([start, rest]) => Uint8Array.of(...bytesOf(start), ...rest)),
  );

  it('answers for any bytes, and never changes its mind', () => {
    fc.assert(
      fc.property(anyStart, (bytes) => {
        let said = 'unknown';
        for (let length = 0; length <= bytes.length; length += 1) {
          const now = recogniseService(bytes.subarray(0, length));
          if (said !== 'unknown') expect(now).toBe(said);
          said = now;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('looks at the first line only, however long the bytes', () => {
    const long = new Uint8Array(500_000).fill(0x41);
    long.set(bytesOf('220 ready\r\n'));
    long.set(bytesOf('SMTP'), 100);
    expect(recogniseService(long)).toBe('ftp');
  });
});
