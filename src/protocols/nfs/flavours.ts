/** Numbers of security flavours, as MOUNT and SECINFO give them, to names. */
import { type Flavour, flavourNames } from './evidence.js';
import type { Flavour4 } from './wire/nfs4.js';

/** Pseudo-flavours of RFC 2623 section 2.1.1 beside those of RFC 5531. */
const byNumber: Readonly<Record<number, Flavour>> = { 0: 'none', 1: 'sys', 390003: 'krb5', 390004: 'krb5i', 390005: 'krb5p' };
/** RFC 2203 section 5.3.1. */
const byService: Readonly<Record<number, Flavour>> = { 1: 'krb5', 2: 'krb5i', 3: 'krb5p' };
const rpcsecGss = 6;

const inOrder = (flavours: readonly Flavour[]): readonly Flavour[] => flavourNames.filter((name) => flavours.includes(name));

export const namedFlavours = (numbers: readonly number[]): readonly Flavour[] => inOrder(numbers.map((number) => byNumber[number] ?? 'other'));

export const namedFlavours4 = (flavours: readonly Flavour4[]): readonly Flavour[] =>
  inOrder(flavours.map(({ flavour, service }) => (flavour === rpcsecGss ? byService[service] : byNumber[flavour]) ?? 'other'));
