/**
 * Cipher suites that our hellos offer, by their names and numbers in the IANA "TLS Cipher Suites" registry.
 * Offering is all we do with most of them: what is chosen here is never used to protect anything.
 */

/** RFC 8446 section B.4. */
const tls13 = {
  TLS_AES_128_GCM_SHA256: 0x1301,
  TLS_AES_256_GCM_SHA384: 0x1302,
  TLS_CHACHA20_POLY1305_SHA256: 0x1303,
  TLS_AES_128_CCM_SHA256: 0x1304,
  TLS_AES_128_CCM_8_SHA256: 0x1305,
} as const;

/** Forward secrecy and authenticated encryption, TLS 1.2. Camellia is in PS3.15 section B.13. */
const modern = {
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: 0xc02b,
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384: 0xc02c,
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: 0xc02f,
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: 0xc030,
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256: 0xcca8,
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256: 0xcca9,
  TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256: 0xccaa,
  TLS_DHE_RSA_WITH_AES_128_GCM_SHA256: 0x009e,
  TLS_DHE_RSA_WITH_AES_256_GCM_SHA384: 0x009f,
  TLS_DHE_DSS_WITH_AES_128_GCM_SHA256: 0x00a2,
  TLS_DHE_DSS_WITH_AES_256_GCM_SHA384: 0x00a3,
  TLS_ECDHE_ECDSA_WITH_AES_128_CCM: 0xc0ac,
  TLS_ECDHE_ECDSA_WITH_AES_256_CCM: 0xc0ad,
  TLS_DHE_RSA_WITH_AES_128_CCM: 0xc09e,
  TLS_DHE_RSA_WITH_AES_256_CCM: 0xc09f,
  TLS_ECDHE_ECDSA_WITH_CAMELLIA_128_GCM_SHA256: 0xc086,
  TLS_ECDHE_ECDSA_WITH_CAMELLIA_256_GCM_SHA384: 0xc087,
  TLS_ECDHE_RSA_WITH_CAMELLIA_128_GCM_SHA256: 0xc08a,
  TLS_ECDHE_RSA_WITH_CAMELLIA_256_GCM_SHA384: 0xc08b,
} as const;

/** CBC modes and static RSA: what dcm4chee's shipped configuration and old modalities still have. */
const legacy = {
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA: 0xc009,
  TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA: 0xc00a,
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA: 0xc013,
  TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA: 0xc014,
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256: 0xc023,
  TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384: 0xc024,
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256: 0xc027,
  TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384: 0xc028,
  TLS_DHE_DSS_WITH_AES_128_CBC_SHA: 0x0032,
  TLS_DHE_RSA_WITH_AES_128_CBC_SHA: 0x0033,
  TLS_DHE_DSS_WITH_AES_256_CBC_SHA: 0x0038,
  TLS_DHE_RSA_WITH_AES_256_CBC_SHA: 0x0039,
  TLS_DHE_RSA_WITH_AES_128_CBC_SHA256: 0x0067,
  TLS_DHE_RSA_WITH_AES_256_CBC_SHA256: 0x006b,
  TLS_RSA_WITH_AES_128_GCM_SHA256: 0x009c,
  TLS_RSA_WITH_AES_256_GCM_SHA384: 0x009d,
  TLS_RSA_WITH_AES_128_CBC_SHA: 0x002f,
  TLS_RSA_WITH_AES_256_CBC_SHA: 0x0035,
  TLS_RSA_WITH_AES_128_CBC_SHA256: 0x003c,
  TLS_RSA_WITH_AES_256_CBC_SHA256: 0x003d,
  TLS_RSA_WITH_CAMELLIA_128_CBC_SHA: 0x0041,
  TLS_RSA_WITH_CAMELLIA_256_CBC_SHA: 0x0084,
} as const;

/**
 * No encryption at all, then nobody authenticated, then the export lengths, then DES, RC4 and 3DES: a server that honours
 * the caller's order picks the worst it has.
 */
const weak = {
  TLS_RSA_WITH_NULL_MD5: 0x0001,
  TLS_RSA_WITH_NULL_SHA: 0x0002,
  TLS_RSA_WITH_NULL_SHA256: 0x003b,
  TLS_ECDHE_ECDSA_WITH_NULL_SHA: 0xc006,
  TLS_ECDHE_RSA_WITH_NULL_SHA: 0xc010,
  TLS_ECDH_anon_WITH_NULL_SHA: 0xc015,
  TLS_DH_anon_WITH_RC4_128_MD5: 0x0018,
  TLS_DH_anon_WITH_DES_CBC_SHA: 0x001a,
  TLS_DH_anon_WITH_3DES_EDE_CBC_SHA: 0x001b,
  TLS_DH_anon_WITH_AES_128_CBC_SHA: 0x0034,
  TLS_DH_anon_WITH_AES_256_CBC_SHA: 0x003a,
  TLS_DH_anon_WITH_AES_128_CBC_SHA256: 0x006c,
  TLS_DH_anon_WITH_AES_256_CBC_SHA256: 0x006d,
  TLS_DH_anon_WITH_AES_128_GCM_SHA256: 0x00a6,
  TLS_DH_anon_WITH_AES_256_GCM_SHA384: 0x00a7,
  TLS_ECDH_anon_WITH_RC4_128_SHA: 0xc016,
  TLS_ECDH_anon_WITH_3DES_EDE_CBC_SHA: 0xc017,
  TLS_ECDH_anon_WITH_AES_128_CBC_SHA: 0xc018,
  TLS_ECDH_anon_WITH_AES_256_CBC_SHA: 0xc019,
  TLS_DH_anon_EXPORT_WITH_RC4_40_MD5: 0x0017,
  TLS_DH_anon_EXPORT_WITH_DES40_CBC_SHA: 0x0019,
  TLS_RSA_EXPORT_WITH_RC4_40_MD5: 0x0003,
  TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5: 0x0006,
  TLS_RSA_EXPORT_WITH_DES40_CBC_SHA: 0x0008,
  TLS_DHE_DSS_EXPORT_WITH_DES40_CBC_SHA: 0x0011,
  TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA: 0x0014,
  TLS_RSA_WITH_DES_CBC_SHA: 0x0009,
  TLS_DHE_DSS_WITH_DES_CBC_SHA: 0x0012,
  TLS_DHE_RSA_WITH_DES_CBC_SHA: 0x0015,
  TLS_RSA_WITH_RC4_128_MD5: 0x0004,
  TLS_RSA_WITH_RC4_128_SHA: 0x0005,
  TLS_ECDHE_ECDSA_WITH_RC4_128_SHA: 0xc007,
  TLS_ECDHE_RSA_WITH_RC4_128_SHA: 0xc011,
  TLS_RSA_WITH_3DES_EDE_CBC_SHA: 0x000a,
  TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA: 0x0013,
  TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA: 0x0016,
  TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA: 0xc008,
  TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA: 0xc012,
} as const;

export const tls13Suites: readonly number[] = Object.values(tls13);

export const weakSuites: readonly number[] = Object.values(weak);

/**
 * Best first, up to TLS 1.2. The weak ones come last, so that a device which has nothing else shows its version all the
 * same: DCMTK's retired `+pn` profile has only NULL.
 */
export const broadSuites: readonly number[] = [...Object.values(modern), ...Object.values(legacy), ...weakSuites];

const names: ReadonlyMap<number, string> = new Map(Object.entries({ ...tls13, ...modern, ...legacy, ...weak }).map(([name, number]) => [number, name]));

/** The registry's name; `null` for a suite that we do not offer. */
export const suiteName = (number: number): string | null => names.get(number) ?? null;
