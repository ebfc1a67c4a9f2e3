/** Names of the algorithms that certificates are signed with. Says nothing of which are too weak. */

/** RFC 3279 section 2.2, RFC 4055 section 5, RFC 5758 section 3, RFC 8410 section 3. */
const algorithmNames: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.2': 'md2WithRSAEncryption',
  '1.2.840.113549.1.1.4': 'md5WithRSAEncryption',
  '1.2.840.113549.1.1.5': 'sha1WithRSAEncryption',
  '1.3.14.3.2.29': 'sha1WithRSAEncryption', // the identifier of ISO/IEC 9796-2, which old Microsoft tools wrote
  '1.2.840.113549.1.1.14': 'sha224WithRSAEncryption',
  '1.2.840.113549.1.1.11': 'sha256WithRSAEncryption',
  '1.2.840.113549.1.1.12': 'sha384WithRSAEncryption',
  '1.2.840.113549.1.1.13': 'sha512WithRSAEncryption',
  '1.2.840.10040.4.3': 'dsa-with-sha1',
  '2.16.840.1.101.3.4.3.1': 'dsa-with-sha224',
  '2.16.840.1.101.3.4.3.2': 'dsa-with-sha256',
  '1.2.840.10045.4.1': 'ecdsa-with-SHA1',
  '1.2.840.10045.4.3.1': 'ecdsa-with-SHA224',
  '1.2.840.10045.4.3.2': 'ecdsa-with-SHA256',
  '1.2.840.10045.4.3.3': 'ecdsa-with-SHA384',
  '1.2.840.10045.4.3.4': 'ecdsa-with-SHA512',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
};

const rsaPss = '1.2.840.113549.1.1.10';

/** DER of the object identifiers that may stand as hashAlgorithm in RSASSA-PSS parameters, as hexadecimal. */
const pssDigests: readonly (readonly [string, string])[] = [
  ['06052b0e03021a', 'sha1'],
  ['0609608648016503040201', 'sha256'],
  ['0609608648016503040202', 'sha384'],
  ['0609608648016503040203', 'sha512'],
  ['0609608648016503040204', 'sha224'],
];

/**
 * `parameters` is the DER of the algorithm's parameters. RSASSA-PSS keeps its digest there, as the first field, tag [0];
 * without that field it is SHA-1 (RFC 4055 section 3.1).
 */
export function signatureAlgorithmName(identifier: string, parameters: Uint8Array | null): string {
  if (identifier === rsaPss) return `rsassaPss-with-${pssDigest(parameters)}`;
  return algorithmNames[identifier] ?? identifier;
}

function pssDigest(parameters: Uint8Array | null): string {
  if (parameters === null || parameters[0] !== 0x30) return 'unknown';
  const first = parameters[2];
  if (first !== 0xa0) return 'sha1'; // RFC 4055: DEFAULT sha1Identifier, which DER leaves out
  const identifier = Buffer.from(parameters.subarray(6)).toString('hex'); // after SEQUENCE, [0] and AlgorithmIdentifier with their lengths
  return pssDigests.find(([der]) => identifier.startsWith(der))?.[1] ?? 'unknown';
}
