/** The bits of ACCESS, the same in NFSv3 (RFC 1813 section 3.3.4) and NFSv4 (RFC 7530 section 16.1). */
export const accessBits = { read: 0x01, lookup: 0x02, modify: 0x04, extend: 0x08, delete: 0x10, execute: 0x20 } as const;

export type AccessBit = keyof typeof accessBits;

export const allAccessBits = 0x3f;

/** Names of the bits that are set, in the order of the standard. */
export const namesOf = (bits: number): readonly AccessBit[] => (Object.keys(accessBits) as AccessBit[]).filter((name) => (bits & accessBits[name]) !== 0);
