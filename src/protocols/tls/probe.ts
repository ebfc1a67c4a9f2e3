/**
 * The TLS conversation: one hello for each version, one with nothing but weak suites, and one whole handshake as an
 * ordinary client without a certificate; each on a connection of its own, one after another. Sends no application data,
 * guesses no certificate and uses no weak suite beyond the hello that offers it. Judges nothing.
 */
import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import type { Dial } from '../../model/connection.js';
import { isAddress } from '../../model/endpoint.js';
import { defineProbe, type ProbeTarget } from '../../model/probe.js';
import { clientCertificate } from './client-certificate.js';
import { type Offer, type TlsEvidence, tls, tlsVersions } from './evidence.js';
import { type FullHandshake, shakeHands } from './full-handshake.js';
import { type HelloAnswer, notTls, sayHello, spokeTls } from './hello-answer.js';
import { matchHost } from './host-match.js';
import { encodeClientHello } from './wire/client-hello.js';
import { broadSuites, suiteName, tls13Suites, weakSuites } from './wire/suites.js';
import type { TlsVersion } from './wire/versions.js';

export const tlsProbe = defineProbe<TlsEvidence>({
  id: 'tls',
  produces: tls,
  ports: [2762], // dicom-tls, PS3.15 section B.12
  tried: 'anywhere',
  touch: 'handshake',
  transports: ['plain'],
  async run(target, dial) {
    const answers = await sayHellos(target, dial);
    const handshake = gone(answers) ? null : await shakeHands(dial);
    return evidenceOf(target.endpoint.host, answers, handshake);
  },
});

/** `weak`: TLS 1.2 and below, with weak suites only. */
type HelloKind = TlsVersion | 'weak';
type Answers = Map<HelloKind, HelloAnswer>;

/** TLS 1.2 first, because its answer tells the most in the clear. Throws where it and TLS 1.3 bring nothing. */
async function sayHellos(target: ProbeTarget, dial: Dial): Promise<Answers> {
  const answers: Answers = new Map();
  const ask = async (kind: HelloKind) => {
    if (!gone(answers)) answers.set(kind, await sayHello(dial, hello(kind, target)));
  };
  await ask('TLSv1.2');
  throwWhereNotTls(answers);
  await ask('TLSv1.3');
  throwWhereNotTls(answers);
  throwWhereNothingWasLearnt(answers);
  for (const kind of ['TLSv1.1', 'TLSv1.0', 'SSLv3', 'weak'] as const) await ask(kind);
  for (const kind of [...answers.keys()].filter((kind) => answers.get(kind)?.ending === 'hung-up')) await ask(kind); // once more: see `offerOf`
  return answers;
}

/** The peer took no connection any more, or took its leave of this address: it is left in peace. */
const gone = (answers: Answers): boolean => [...answers.values()].some((answer) => answer.ending === 'unreachable');

function throwWhereNotTls(answers: Answers): void {
  for (const answer of answers.values()) {
    const other = notTls(answer);
    if (other) throw other;
  }
}

function throwWhereNothingWasLearnt(answers: Answers): void {
  const all = [...answers.values()];
  const error = all.find((answer) => answer.error !== null)?.error;
  if (error && !all.some(spokeTls)) throw error;
}

function hello(kind: HelloKind, { endpoint, settings }: ProbeTarget): Uint8Array {
  const version = kind === 'weak' ? 'TLSv1.2' : kind;
  const suites = kind === 'weak' ? weakSuites : kind === 'TLSv1.3' ? tls13Suites : broadSuites;
  // Made from the scan's nonce, not drawn: a recorded conversation can then be played again, and no secret depends on them.
  const bytes = (purpose: string) => new Uint8Array(createHash('sha256').update(`${settings.nonce} ${kind} ${purpose}`).digest());
  return encodeClientHello({ version, suites, serverName: serverName(endpoint.host), random: bytes('random'), keyShare: bytes('key share') });
}

/** RFC 6066 section 3: no address, no trailing dot, and international names as punycode. */
function serverName(host: string): string | null {
  const ascii = isAddress(host) ? '' : domainToASCII(host.replace(/\.$/, ''));
  return ascii === '' ? null : ascii;
}

async function evidenceOf(host: string, answers: Answers, handshake: FullHandshake | null): Promise<TlsEvidence> {
  const version = (kind: TlsVersion) => offerOf(kind, answers.get(kind), handshake);
  const chain = [...answers.values()].find(({ flight }) => flight.chain.length > 0)?.flight.chain ?? handshake?.session?.chain ?? [];
  const [leaf] = chain;
  return {
    versions: Object.fromEntries(tlsVersions.map((name) => [name, version(name)])) as TlsEvidence['versions'],
    weakSuites: weakOffer(answers.get('weak'), handshake),
    agreed: handshake?.session ? { version: handshake.session.version, cipherSuite: handshake.session.cipherSuite } : null,
    certificate: leaf ? await readLeaf(leaf) : null,
    chainLength: chain.length,
    clientCertificate: clientCertificate([...answers.values()].find(({ flight }) => flight.helloDone)?.flight ?? null, handshake),
    hostMatch: leaf ? matchHost(leaf, host) : 'unknown',
  };
}

/** A ServerHello of another version declines this one. */
/** With it comes the certificate parser: 40 ms that only a TLS port should cost. */
async function readLeaf(leaf: Uint8Array): Promise<TlsEvidence['certificate']> {
  const { readCertificate } = await import('./certificate.js');
  return readCertificate(leaf);
}

function offerOf(version: TlsVersion, answer: HelloAnswer | undefined, handshake: FullHandshake | null): Offer {
  if (answer?.flight.hello) return answer.flight.hello.version === version ? 'offered' : 'refused';
  return refusal(answer, handshake);
}

/** A suite that was not on our list is nonsense, and says nothing. */
function weakOffer(answer: HelloAnswer | undefined, handshake: FullHandshake | null): TlsEvidence['weakSuites'] {
  const suite = answer?.flight.hello?.suite;
  if (suite === undefined) return { offer: refusal(answer, handshake), suite: null };
  return weakSuites.includes(suite) ? { offer: 'offered', suite: suiteName(suite) } : { offer: 'no-answer', suite: null };
}

/**
 * Microsoft's Schannel refuses a version by hanging up without an alert. That counts where it did so twice and went on to
 * answer a whole handshake: then it was neither busy nor gone, and it was this hello that it did not want.
 */
function refusal(answer: HelloAnswer | undefined, handshake: FullHandshake | null): Offer {
  if (answer === undefined || answer.ending === 'unreachable') return 'not-tried';
  if (answer.flight.alert !== null) return 'refused';
  const answersOthers = handshake !== null && (handshake.session !== null || handshake.alert !== null);
  return answer.ending === 'hung-up' && answersOthers ? 'refused' : 'no-answer';
}
