/** The probe against Node's own TLS server (OpenSSL 3) on loopback, through the real dialler. Scripted peers are in `probe.test.ts`. */
import type { AddressInfo, Server } from 'node:net';
import tls from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type CertificateKey, type IssuedCertificate, issueCertificate } from '../../estate/certificate.js';
import type { Traffic } from '../../model/connection.js';
import { createDial, StopSwitch } from '../../net/dial.js';
import { defaultLimits } from '../../net/limits.js';
import type { TlsEvidence } from './evidence.js';
import { tlsProbe } from './probe.js';

const validity = { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2040-01-01T00:00:00Z') };
const settings = {
  touch: 'handshake',
  callingAeTitle: null,
  calledAeTitle: null,
  implementationVersionName: 'TEST',
  nonce: 'abc123',
  responseBudget: 0,
  entryBudget: 5_000,
  seed: 1,
  sample: false,
} as const;

let rsa: IssuedCertificate;
let ec: IssuedCertificate;
let server: Server | undefined;

beforeAll(async () => {
  const request = (key: CertificateKey) =>
    ({ subject: `device with ${key}`, key, digest: 'sha256', names: ['127.0.0.1', 'pacs.example'], ...validity }) as const;
  const authority = await issueCertificate({ subject: 'Test CA', key: 'rsa2048', digest: 'sha256', authority: true, ...validity });
  [rsa, ec] = await Promise.all([issueCertificate(request('rsa2048'), authority), issueCertificate(request('ec256'))]);
});

afterEach(() => {
  server?.close();
  server = undefined;
});

/** Every cipher suite that this OpenSSL still has, unless the test says otherwise. */
async function probe(options: tls.TlsOptions, certificate = rsa) {
  const started = tls.createServer({ cert: certificate.certificatePem, key: certificate.privateKeyPem, ciphers: 'ALL:@SECLEVEL=0', ...options }, (socket) =>
    socket.on('error', () => undefined),
  );
  started.on('tlsClientError', () => undefined);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const endpoint = { host: '127.0.0.1', address: '127.0.0.1', port: (started.address() as AddressInfo).port };
  const traffic: Traffic = { connections: 0, messagesSent: 0, bytesSent: 0, bytesReceived: 0 };
  const dial = createDial(endpoint, { permit: () => undefined, limits: defaultLimits, stop: new StopSwitch() }, traffic);
  const evidence: TlsEvidence = await tlsProbe.run({ endpoint, transport: 'plain', settings }, dial);
  return { evidence, traffic };
}

describe('a real TLS server', () => {
  it('of TLS 1.2 and 1.3 is seen whole in seven connections', async () => {
    const { evidence, traffic } = await probe({ minVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES256-GCM-SHA384' });
    expect(evidence).toMatchObject({
      versions: { SSLv3: 'refused', 'TLSv1.0': 'refused', 'TLSv1.1': 'refused', 'TLSv1.2': 'offered' },
      weakSuites: { offer: 'refused', suite: null },
      certificate: { subject: 'CN=device with rsa2048', issuer: 'CN=Test CA', selfSigned: false, key: { type: 'rsa', bits: 2048 } },
      chainLength: 1,
      clientCertificate: 'not-requested',
      hostMatch: 'matches',
    });
    expect(traffic.connections).toBe(7);
  });

  it.each([
    ['TLSv1', 'TLSv1.0'],
    ['TLSv1.1', 'TLSv1.1'],
    ['TLSv1.2', 'TLSv1.2'],
    ['TLSv1.3', 'TLSv1.3'],
  ] as const)('of %s alone offers that and refuses every other', async (version, name) => {
    const { evidence } = await probe({ minVersion: version, maxVersion: version });
    expect(Object.entries(evidence.versions).filter(([, offer]) => offer === 'offered')).toEqual([[name, 'offered']]);
    expect(Object.values(evidence.versions).filter((offer) => offer === 'refused')).toHaveLength(4);
    expect(evidence.agreed?.version).toBe(version);
  });

  it('with an elliptic-curve certificate of its own', async () => {
    const { evidence } = await probe({ minVersion: 'TLSv1.2' }, ec);
    expect(evidence.certificate).toMatchObject({
      selfSigned: true,
      key: { type: 'ec', bits: 256 },
      signatureAlgorithm: 'ecdsa-with-SHA256',
      names: ['127.0.0.1', 'pacs.example'],
    });
  });

  it('with a suite that does not authenticate anybody', async () => {
    const { evidence } = await probe({ maxVersion: 'TLSv1.2', ciphers: 'AECDH-AES128-SHA:ECDHE-RSA-AES128-SHA:@SECLEVEL=0' });
    expect(evidence.weakSuites).toEqual({ offer: 'offered', suite: 'TLS_ECDH_anon_WITH_AES_128_CBC_SHA' });
  });

  it.each<[string, tls.TlsOptions, TlsEvidence['clientCertificate']]>([
    ['TLS 1.2, insisted on', { maxVersion: 'TLSv1.2', requestCert: true, rejectUnauthorized: true }, 'required'],
    ['TLS 1.3, insisted on', { minVersion: 'TLSv1.3', requestCert: true, rejectUnauthorized: true }, 'required'],
    ['both versions, insisted on', { requestCert: true, rejectUnauthorized: true }, 'required'],
    ['both versions, asked for', { requestCert: true, rejectUnauthorized: false }, 'requested'],
    ['TLS 1.3, asked for, which is encrypted', { minVersion: 'TLSv1.3', requestCert: true, rejectUnauthorized: false }, 'not-required'],
  ])('and a client certificate: %s', async (_, options, expected) => {
    expect((await probe(options)).evidence.clientCertificate).toBe(expected);
  });
});
