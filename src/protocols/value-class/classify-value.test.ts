/** A table of values and their class. Every name, number and address is invented or a published placeholder. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IdentifyingKeyword, identifyingKeywords } from './attributes.js';
import { classifyValue } from './classify-value.js';
import { decodeText } from './decode-text.js';

const latin = (text: string) => Uint8Array.from([...text].map((character) => character.charCodeAt(0)));
const utf8 = (text: string) => new TextEncoder().encode(text);
const hex = (text: string) => Uint8Array.from((text.match(/[0-9a-f]{2}/g) ?? []).map((pair) => Number.parseInt(pair, 16)));

const classOf = (keyword: IdentifyingKeyword, value: string | Uint8Array, characterSet = '') =>
  classifyValue(keyword, decodeText(typeof value === 'string' ? latin(value) : value, characterSet));

describe('names that read like a person', () => {
  it.each([
    'Berger^Clara',
    'BERGER^CLARA^M^DR^PHD',
    'Clara Berger',
    'berger',
    'Li^Wu',
    'Ng^O',
    "O'Neill^Sean",
    'van der Berg^Jan ',
    'Abu-Bakr^Amina\0',
    // Names that hold one of the placeholder words
    'Tester^Maria',
    'Protest^Emil',
    'Demonte^Carla',
    'Patience^Rose',
    'Anonby^Erik',
    'Contesta^Luca',
    'Latest^Ida',
    'Testa^Paolo',
    'Qaderi^Farid',
    'Qcumber^Ann',
    'Phantomas^Leo',
    'Samples^Bob',
    'Unknowles^Peter',
    'Removedo^Ana',
    'Dummett^Michael',
    'Nonameh^Sara',
    'Subjecto^Ivo',
    'Maxxxim^Oleg',
    // A suffix number does not make a person a code
    'Berger^Clara^^^2',
  ])('%j', (name) => {
    expect(classOf('PatientName', name)).toBe('real-looking');
    expect(classOf('ReferringPhysicianName', name)).toBe('real-looking');
  });

  it.each([
    ['Latin-1 umlauts', latin('M\xfcller^J\xf6rg')],
    ['Latin-1, a name that starts with an accented letter', latin('\xc5berg^\xd6sten')],
    ['UTF-8 umlauts', utf8('Müller^Jörg')],
    ['UTF-8 Japanese in three component groups', utf8('Yamada^Tarou=山田^太郎=やまだ^たろう')],
    ['UTF-8 Japanese alone', utf8('山田^太郎')],
    ['UTF-8 Chinese', utf8('王^小东')],
    ['UTF-8 Greek', utf8('Διονυσιος')],
    ['UTF-8 Arabic', utf8('قباني^لنزار')],
    ['ISO 8859-5 Cyrillic', hex('bb ee da 63 65 dc d1 cc d3')],
    ['ISO IR 144 Cyrillic, two components', hex('b8 d2 d0 dd de d2 5e b8 d2 d0 dd')],
    ['Shift-JIS kanji', hex('8e 52 93 63 5e 91 be 98 59')],
    ['JIS X 0201 half-width katakana', hex('d4 cf c0 de 5e c0 db b3')],
    // ESC $ B, two kanji as 7-bit pairs, ESC ( B: digits and signs are half of the bytes
    ['ISO 2022 IR 87 kanji', hex('1b 24 42 3b 33 45 44 1b 28 42 5e 1b 24 42 42 40 4f 3a 1b 28 42')],
    ['ISO 2022 IR 87 kanji whose bytes are mostly digits', hex('1b 24 42 30 30 31 32 33 34 35 36 37 38 1b 28 42')],
    // ESC $ ) C, then KS X 1001
    ['ISO 2022 IR 149 Korean', hex('1b 24 29 43 b1 e8 5e 1b 24 29 43 c8 f1 c1 df')],
    ['EUC-KR Korean without the escape', hex('b1 e8 5e c8 f1 c1 df')],
    ['GB 18030 Chinese', hex('cd f5 5e d0 a1 b6 ab')],
  ])('%s', (_, bytes) => {
    expect(classOf('PatientName', bytes)).toBe('real-looking');
  });
});

describe('names that stand for nobody', () => {
  it.each([
    'ANONYMOUS^PATIENT',
    'Anonymous',
    'ANONYMIZED',
    'anonymised^name',
    'Anonymisiert',
    'Anon_123',
    'ANON',
    'ANON^0001',
    'anon-7',
    'Anonym^Anonym',
    'PHANTOM^HEAD',
    'ACR PHANTOM',
    'TEST^PATIENT',
    'TESTPATIENT',
    'Test01^Test02',
    'test',
    'QA^DAILY',
    'QA_MONTHLY',
    'QC1',
    'Daily^QC',
    'Quality^Assurance',
    'Demo^Demo',
    'DEMO PATIENT',
    'Dummy^One',
    'Patient^1',
    'PATIENT001',
    'Subject 7',
    'SUBJ-0042',
    'Deidentified',
    'DE-IDENTIFIED^DE-IDENTIFIED',
    'de_identified',
    'Removed',
    'REDACTED^',
    'Unknown^Unknown',
    'No Name',
    'NO^NAME',
    'NONAME',
    'Pseudonym^A',
    'XXXX^XXX',
    'xxx',
    'Sample^1',
    'A',
    '123456',
    '1.2.840.99999.1.2',
    'CT12345^^^^',
    // MD5, SHA-1 and SHA-256 digests, whole and with padding or carets
    'd41d8cd98f00b204e9800998ecf8427e',
    'DA39A3EE5E6B4B0D3255BFEF95601890AFD80709 ',
    'deadbeefdeadbeefdeadbeefdeadbeef^^^^',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    // Base64 of a digest
    '1B2M2Y8AsgTpgAmY7PhCfg==',
    '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
    '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
  ])('%j', (name) => {
    expect(classOf('PatientName', name)).toBe('pseudonymous');
  });
});

describe('nothing', () => {
  it.each(['', ' ', '\0\0', '^^^^', '^^^^ ', '=', '^=^', '\\', '  ^ \0'])('%j is empty for every attribute', (value) => {
    for (const keyword of identifyingKeywords) expect(classOf(keyword, value)).toBe('empty');
  });
});

describe('dates of birth', () => {
  it.each(['19580614', '19580614 ', '20240229', '18991231', '1958.06.14'])('%j is real-looking', (date) => {
    expect(classOf('PatientBirthDate', date)).toBe('real-looking');
  });

  it.each([
    '19000101',
    '00010101',
    '18000101',
    '19700101',
    '20000101',
    '11111111',
    '99991231',
    '1900.01.01',
    '19581314',
    '19580632',
    '1958',
    'unknown',
    'X',
    '00000000',
  ])('%j is a placeholder', (date) => {
    expect(classOf('PatientBirthDate', date)).toBe('pseudonymous');
  });
});

describe('sex', () => {
  it.each([
    ['M', 'real-looking'],
    ['f ', 'real-looking'],
    ['O', 'real-looking'],
    ['U', 'pseudonymous'],
    ['MALE?', 'pseudonymous'],
  ] as const)('%j is %s', (value, valueClass) => {
    expect(classOf('PatientSex', value)).toBe(valueClass);
  });
});

describe('numbers, addresses and institutions', () => {
  it.each([
    ['PatientID', '4711'],
    ['PatientID', 'P-2019-00412'],
    ['PatientID', 'MRN12345678'],
    ['PatientID', '0012345'],
    ['PatientID', '1234567890123'],
    ['AccessionNumber', 'A20190412-7'],
    ['OtherPatientIDs', '123\\456'],
    ['PatientTelephoneNumbers', '+00 555 0100'],
    ['PatientAddress', '12 Patience Street'],
    ['PatientAddress', '5 Protestant Road'],
    ['InstitutionName', 'Example General Hospital'],
    ['InstitutionName', 'Centre for Patient Care'],
    ['InstitutionName', 'Quality Health Clinic'],
  ] as const)('%s %j is real-looking', (keyword, value) => {
    expect(classOf(keyword, value)).toBe('real-looking');
  });

  it.each([
    ['PatientID', '0'],
    ['PatientID', '00000000'],
    ['PatientID', 'ANON-17'],
    ['PatientID', 'Anon_123'],
    ['PatientID', 'TEST01'],
    ['PatientID', 'PHANTOM'],
    ['PatientID', 'patient1'],
    ['PatientID', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['PatientID', '3f2504e0-4f89-11d3-9a0c-0305e82c3301'],
    ['PatientID', '2.25.329800735698586629295641978511506172918'],
    ['PatientTelephoneNumbers', '000-000-0000'],
    ['AccessionNumber', 'UNKNOWN'],
    ['InstitutionName', 'ANONYMOUS HOSPITAL'],
    ['InstitutionName', 'Removed'],
    ['PatientAddress', 'REDACTED'],
  ] as const)('%s %j is pseudonymous', (keyword, value) => {
    expect(classOf(keyword, value)).toBe('pseudonymous');
  });
});

it('gives one of the three words for any bytes, however long', () => {
  const keyword = fc.constantFrom(...identifyingKeywords);
  fc.assert(
    fc.property(keyword, fc.uint8Array({ maxLength: 400 }), (word, bytes) => {
      expect(['real-looking', 'pseudonymous', 'empty']).toContain(classOf(word, bytes));
    }),
    { numRuns: 2000 },
  );
  expect(classOf('PatientName', new Uint8Array(1_000_000).fill(0x4e))).toBe('real-looking');
});
