/** AUTH TLS (RFC 4217): whether it is taken, what the handshake shows, and whether data may be protected too. Trusts no certificate. */
import { ConnectionFailure, type SecureSession } from '../../model/connection.js';
import type { FtpControl } from './control.js';
import type { FtpCertificate, FtpTls } from './evidence.js';

export const noTls = (offer: FtpTls['offer']): FtpTls => ({ offer, version: null, cipherSuite: null, certificate: null });

/** After `offered` the control connection runs inside TLS; after `refused` it goes on in the clear; else it is over. */
export async function askForTls(control: FtpControl): Promise<FtpTls> {
  let isTaken = false;
  try {
    const { code } = await control.ask('AUTH TLS');
    if (code !== 234 && code !== 334) return noTls(code >= 400 ? 'refused' : 'no-answer');
    isTaken = true;
    await control.startTls();
    return await sessionFacts('offered', control.secure);
  } catch (error) {
    if (!(error instanceof ConnectionFailure)) throw error;
    return noTls(isTaken ? 'broken' : 'no-answer');
  }
}

export async function sessionFacts(offer: FtpTls['offer'], session: SecureSession | undefined): Promise<FtpTls> {
  const [leaf] = session?.chain ?? [];
  return { offer, version: session?.version ?? null, cipherSuite: session?.cipherSuite ?? null, certificate: leaf ? await readLeaf(leaf) : null };
}

/** The certificate parser takes 40 ms to load, which only a server with TLS should cost. Names in it stay behind. */
async function readLeaf(leaf: Uint8Array): Promise<FtpCertificate | null> {
  const { readCertificate } = await import('../tls/certificate.js');
  const certificate = readCertificate(leaf);
  if (!certificate) return null;
  const { selfSigned, notBefore, notAfter, key, signatureAlgorithm, fingerprint } = certificate;
  return { selfSigned, notBefore, notAfter, key, signatureAlgorithm, fingerprint };
}

/** PBSZ and PROT P, in that order (RFC 4217 section 8). */
export async function protectData(control: FtpControl): Promise<'accepted' | 'refused' | 'not-tried'> {
  try {
    await control.ask('PBSZ');
    const { code } = await control.ask('PROT P');
    control.protectsData = code >= 200 && code < 300;
    return control.protectsData ? 'accepted' : 'refused';
  } catch (error) {
    if (!(error instanceof ConnectionFailure)) throw error;
    return 'not-tried';
  }
}
