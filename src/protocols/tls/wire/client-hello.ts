/**
 * ClientHello → bytes, record layer included, for exactly one version: an ordinary TLS library cannot be made to offer
 * SSLv3 or NULL suites any more. Opens no sockets, makes no keys and takes part in no handshake beyond this message.
 */
import { counted, uint8, uint16 } from './octets.js';
import { type TlsVersion, versionNumbers } from './versions.js';

export interface ClientHello {
  /** The only version that is offered. */
  readonly version: TlsVersion;
  /** 32 bytes. Nothing depends on their being secret or random: no key is ever made of them. */
  readonly random: Uint8Array;
  /** Numbers of the registry, in order of preference. */
  readonly suites: readonly number[];
  /** Host name for server name indication (RFC 6066 section 3), ASCII; `null` where an address was named. */
  readonly serverName: string | null;
  /** 32 bytes, sent as our X25519 public key in TLS 1.3; every string of 32 bytes is one (RFC 7748 section 5). */
  readonly keyShare: Uint8Array;
}

const randomLength = 32;
/** Says that we know RFC 5746, in a place where SSLv3 can be told too. */
const renegotiationSignal = 0x00ff;

/** Throws `RangeError` for a random or key share that is not 32 bytes, for no or too many suites, and for a host name that is not ASCII. */
export function encodeClientHello(hello: ClientHello): Uint8Array {
  requireLength('random', hello.random);
  requireLength('key share', hello.keyShare);
  if (hello.suites.length === 0) throw new RangeError('a hello offers at least one cipher suite');
  const handshake = [1, ...counted(3, body(hello))]; // 1: client_hello, RFC 8446 section 4
  return Uint8Array.from([22, ...uint16(recordVersion(hello.version)), ...counted(2, handshake)]); // 22: handshake, section 5.1
}

function requireLength(what: string, bytes: Uint8Array): void {
  if (bytes.length !== randomLength) throw new RangeError(`the ${what} is ${bytes.length} bytes instead of ${randomLength}`);
}

/** SSLv3 servers take nothing but their own; above it RFC 8446 section 5.1 allows 3.1 for the first hello, which most middleboxes let pass. */
const recordVersion = (version: TlsVersion): number => versionNumbers[version === 'SSLv3' ? 'SSLv3' : 'TLSv1.0'];

function body(hello: ClientHello): readonly number[] {
  const { version, random, suites } = hello;
  const is13 = version === 'TLSv1.3';
  return [
    ...uint16(versionNumbers[is13 ? 'TLSv1.2' : version]),
    ...random,
    ...counted(1, is13 ? [...random] : []), // TLS 1.3 in middlebox compatibility mode wants a session id, RFC 8446 appendix D.4
    ...counted(2, ...[...suites, ...(is13 ? [] : [renegotiationSignal])].map(uint16)),
    ...counted(1, uint8(0)), // no compression
    ...(version === 'SSLv3' ? [] : counted(2, extensions(hello))), // SSLv3 ends here: some of its servers choke on more
  ];
}

function extensions({ version, serverName, keyShare }: ClientHello): readonly number[] {
  const named = serverName === null ? [] : extension(0, counted(2, uint8(0), counted(2, asciiName(serverName))));
  if (version === 'TLSv1.3') return [...named, ...groups([...curves, ...finiteFields]), ...signatureAlgorithms(), ...tls13Only(keyShare)];
  const uncompressedPoints = extension(11, counted(1, uint8(0)));
  const extendedMasterSecret = extension(23, []);
  const common = [...named, ...groups([...curves, ...oldCurves]), ...uncompressedPoints, ...extendedMasterSecret];
  return version === 'TLSv1.2' ? [...common, ...signatureAlgorithms()] : common;
}

const extension = (type: number, content: readonly number[]): readonly number[] => [...uint16(type), ...counted(2, content)];

function asciiName(name: string): readonly number[] {
  if (!/^[!-~]{1,253}$/.test(name)) throw new RangeError('the server name is not 1 to 253 ASCII characters');
  return Array.from(name, (character) => character.charCodeAt(0));
}

const x25519 = 0x001d;
/** X25519, X448, P-256, P-384, P-521 (RFC 8422 section 5.1.1). */
const curves: readonly number[] = [x25519, 0x001e, 0x0017, 0x0018, 0x0019];
/** brainpoolP256r1 to P512r1, secp256k1, P-224 and P-192: a server shows a certificate with such a key only to those who know its curve. */
const oldCurves: readonly number[] = [0x001a, 0x001b, 0x001c, 0x0016, 0x0015, 0x0013];
/** ffdhe2048 and ffdhe3072. Not below TLS 1.3: a server that knows RFC 7919 would then refuse its own other groups. */
const finiteFields: readonly number[] = [0x0100, 0x0101];

const groups = (list: readonly number[]): readonly number[] => extension(10, counted(2, ...list.map(uint16)));

/**
 * ECDSA, EdDSA, RSA-PSS, RSA and DSA (RFC 8446 section 4.2.3, RFC 5246 section 7.4.1.4.1). SHA-1 and MD5 come last: the
 * certificates that need them are looked for.
 */
const signatureSchemes: readonly number[] = [
  0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b, 0x0401, 0x0501, 0x0601, 0x0402, 0x0203, 0x0201, 0x0202, 0x0101,
];

const signatureAlgorithms = (): readonly number[] => extension(13, counted(2, ...signatureSchemes.map(uint16)));

/** supported_versions, key_share and psk_key_exchange_modes (RFC 8446 sections 4.2.1, 4.2.8 and 4.2.9). */
function tls13Only(keyShare: Uint8Array): readonly number[] {
  const versions = extension(43, counted(1, uint16(versionNumbers['TLSv1.3'])));
  const share = extension(51, counted(2, uint16(x25519), counted(2, [...keyShare])));
  return [...versions, ...share, ...extension(45, counted(1, uint8(1)))];
}
