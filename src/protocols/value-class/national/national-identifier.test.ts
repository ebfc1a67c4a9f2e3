/** A table of synthetic numbers: drawn at random, with check digits that fit or do not. None was given to anybody that we know of. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NationalIdentifier } from '../../../model/record-facts.js';
import { isCalendarDay } from './likeness.js';
import { nationalIdentifierOf, nationalShapes } from './national-identifier.js';

const nothing = { born: null, issuer: '' };
const kindOf = (text: string, born: string | null = null, issuer = '') => nationalIdentifierOf(text, { born, issuer });
const likenessOf = (kind: NationalIdentifier, text: string, born: string | null = null) =>
  nationalShapes.find((shape) => shape.kind === kind)?.likeness(text, born);

/** Kind, one that is valid as it stands, one that differs in the check or the date. */
const standing: readonly (readonly [kind: NationalIdentifier, valid: string, invalid: string])[] = [
  ['danish-cpr', '130341-0003', '320341-0003'],
  ['swedish-personnummer', '800419-0859', '800419-0858'],
  ['swedish-personnummer', '19800419-0859', '17800419-0859'],
  ['norwegian-fodselsnummer', '10047929364', '10047929365'],
  ['finnish-hetu', '210236+1443', '210236+1444'],
  ['finnish-hetu', '160930A4860', '161330A4860'],
  ['icelandic-kennitala', '140817-6279', '140817-6379'],
  ['polish-pesel', '36021766768', '36021766769'],
  ['czech-or-slovak-rodne-cislo', '810517/1492', '810517/1493'],
  ['bulgarian-egn', '5308175200', '5308175201'],
  ['romanian-cnp', '6270718259399', '6270718259398'],
  ['estonian-or-lithuanian-isikukood', '62603059835', '62603059836'],
  ['latvian-personas-kods', '010117-00796', '010117-00797'],
  ['former-yugoslav-jmbg', '1202002465715', '1202002465716'],
  ['greek-amka', '19063013239', '19063013238'],
  ['codice-fiscale', 'RSSMRA50T44H030G', 'RSSMRA50T44H030H'],
  ['codice-fiscale', 'rssmra37b08h749k', 'rssmra37b08h749l'],
  ['french-nir', '1 07 02 2B 126 218 05', '1 07 02 2B 126 218 06'],
  ['french-nir', '287072A78548213', '287072A78548214'],
  ['german-tax-id', '78265079132', '78265079133'],
  ['spanish-dni', '78651067Z', '78651067A'],
  ['spanish-nie', 'X8942801X', 'X8942801Y'],
  ['portuguese-nif', 'PT101598297', 'PT101598298'],
  ['dutch-bsn', '2744.86.763', '2744.86.764'],
  ['belgian-national-number', '40.09.26-143.77', '40.09.26-143.78'],
  ['swiss-ahv-number', '756.0842.4984.01', '756.0842.4984.02'],
  ['nhs-number', '650 977 0520', '650 977 0521'],
  ['scottish-chi-number', '010150 0092', '010150 0093'],
  ['irish-pps-number', '2415580D', '2415580E'],
  ['austrian-svnr', '9339 140353', '9338 140353'],
  ['turkish-identity-number', '40758570646', '40758570647'],
  ['indian-aadhaar', '5718 7989 8212', '5718 7989 8213'],
  ['chinese-resident-id', '110101201305096698', '110101201305096699'],
  ['chinese-resident-id', '11010120110615156X', '110101201106151561'],
  ['korean-rrn', '740301-1014993', '741301-1014993'],
  ['taiwanese-id', 'A123456789', 'A123456788'],
  ['us-social-security-number', '252-34-5846', '666-34-5846'],
  ['canadian-sin', '530-912-922', '530-912-923'],
  ['brazilian-cpf', '348.945.471-55', '348.945.471-56'],
  ['mexican-curp', 'GOXE151029HDFCRL33', 'GOXE151029HDFCRL34'],
  ['australian-medicare-number', '2123 45670 1', '2123 45671 1'],
  ['australian-ihi', '8003 6016 6666 6685', '8003 6016 6666 6684'],
  ['south-african-id', '8208279925151', '8208279925152'],
];

describe('national identifiers', () => {
  it.each(standing)('%s: %s', (kind, valid) => expect(kindOf(valid)).toBe(kind));
  it.each(standing)('not a %s: (%s) %s', (kind, _, invalid) => expect(kindOf(invalid)).not.toBe(kind));

  it('every kind has a row', () => {
    expect(nationalShapes.map(({ kind }) => kind).filter((kind) => !standing.some(([named]) => named === kind))).toEqual(['german-kvnr']);
  });

  it.each<[string, NationalIdentifier, string]>([
    ['German letter and nine digits', 'german-kvnr', 'A123456780'],
    ['nine digits', 'dutch-bsn', '274486763'],
    ['nine digits', 'portuguese-nif', '101598297'],
    ['nine digits', 'canadian-sin', '530912922'],
    ['nine digits', 'us-social-security-number', '252345846'],
    ['ten digits', 'nhs-number', '6509770520'],
    ['ten digits', 'australian-medicare-number', '2123456701'],
    ['twelve digits', 'indian-aadhaar', '571879898212'],
  ])('%s that pass as a %s by chance are a code, unless the issuer says otherwise', (_, kind, text) => {
    expect(likenessOf(kind, text)).toBe('weak');
    expect(kindOf(text)).toBeNull();
    const issuers: Partial<Record<NationalIdentifier, string>> = {
      'german-kvnr': 'GKV',
      'dutch-bsn': 'NLMINBIZA',
      'portuguese-nif': 'NIF',
      'canadian-sin': 'SIN',
      'us-social-security-number': 'SSN',
      'nhs-number': 'NHS',
      'australian-medicare-number': 'Medicare',
      'indian-aadhaar': 'UIDAI',
    };
    expect(kindOf(text, null, issuers[kind])).toBe(kind);
  });

  it('a birth date beside it bears a number out, or speaks against it', () => {
    expect(likenessOf('polish-pesel', '36021766768', '19360217')).toBe('certain');
    expect(likenessOf('polish-pesel', '36021766768', '19360218')).toBe('no');
    expect(kindOf('130341-0182', '19410313')).toBe('danish-cpr'); // given out without a check digit since 2007
    expect(kindOf('130341-0182')).toBeNull();
    expect(kindOf('200929/206', '19200929')).toBe('czech-or-slovak-rodne-cislo');
  });

  it('one that fits two states equally is one of several', () => {
    const both = Array.from({ length: 60_000 }, (_, index) => String(3_601_000_0000 + index * 53)).filter(
      (text) => likenessOf('polish-pesel', text) === 'likely' && likenessOf('turkish-identity-number', text) === 'likely',
    );
    expect(both.length).toBeGreaterThan(0);
    for (const text of both) expect(kindOf(text)).toBe('one-of-several');
  });

  it.each([
    '',
    '4711',
    '0012345',
    '00000000000',
    '123456789',
    '1234567890',
    'MRN12345678',
    'P-2019-00412',
    'A20190412-7',
    '2.25.3298007356',
    '1'.repeat(4_000),
  ])('%j is none', (text) => expect(kindOf(text)).toBeNull());
});

describe('running numbers', () => {
  // How often a hospital's own numbering would be taken for a state's: bounded, and the bound is in the decision.
  it.each([
    [8, 0],
    [9, 0],
    [10, 0.035],
    [11, 0.055],
    [12, 0.01],
    [13, 0.02],
  ])('of %i digits, drawn evenly, are taken for one in at most the stated share', (length, share) => {
    let state = 1;
    const draw = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state % 10;
    };
    const texts = Array.from({ length: 5_000 }, () => Array.from({ length }, draw).join(''));
    expect(texts.filter((text) => kindOf(text) !== null).length / texts.length).toBeLessThanOrEqual(share);
  });

  it('counted up from one with zeros in front are never taken for one', () => {
    for (const length of [8, 9, 10, 11, 12]) {
      for (let number = 1; number < 20_000; number += 7) expect(kindOf(String(number).padStart(length, '0'))).toBeNull();
    }
  });
});

describe('any text', () => {
  const numberLike = fc.stringMatching(/^[A-Z]{0,6}[0-9]{2,18}[-+/. ]?[0-9A-Z]{0,5}$/);
  it('gives a kind of the list or null, and nothing of the text', () => {
    const kinds: readonly (string | null)[] = [...nationalShapes.map(({ kind }) => kind), 'one-of-several', null];
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ maxLength: 60, unit: 'binary' }), numberLike),
        fc.option(fc.stringMatching(/^19[0-9]{6}$/)),
        fc.string(),
        (text, born, issuer) => {
          expect(kinds).toContain(nationalIdentifierOf(text, { born, issuer }));
          const words = new Set(nationalShapes.map(({ likeness }) => likeness(text, born)));
          expect(['no', 'weak', 'likely', 'certain']).toEqual(expect.arrayContaining([...words]));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('every shape is short of 41 characters', () => {
    expect(nationalIdentifierOf(`${' '.repeat(3)}800419-0859${' '.repeat(3)}`, nothing)).toBe('swedish-personnummer');
    expect(nationalIdentifierOf(`800419-0859${'0'.repeat(40)}`, nothing)).toBeNull();
  });
});

it.each([
  [2000, 2, 29, true],
  [1900, 2, 29, false],
  [1999, 2, 29, false],
  [2024, 4, 31, false],
  [2024, 13, 1, false],
  [2024, 0, 1, false],
  [2024, 12, 31, true],
])('%i-%i-%i is a day: %s', (year, month, day, is) => expect(isCalendarDay(year, month, day)).toBe(is));
