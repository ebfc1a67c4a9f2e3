/**
 * Words and patterns that stand in a record where no patient is named: de-identification, phantoms, quality assurance, tests,
 * demonstration, and the numbering of public collections. Looks at a text, returns words of a fixed list.
 */
import type { RecordSign } from '../../model/record-facts.js';

/** Lower case, full-width forms made plain, accents off: Anónimo, ＴＥＳＴ and anonyme are one word with their plain forms. */
export const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase();

/** Whole words only: Tester, Demonte and Anonby are people. Digits and signs end a word: Anon_123 and TEST01 are nobody. */
const wholeWord = (words: string): RegExp => new RegExp(`(?<!\\p{L})(?:${folded(words)})(?!\\p{L})`, 'u');
/** Scripts that do not set spaces between words, or that inflect: the stem anywhere. */
const anywhere = (stems: string): RegExp => new RegExp(folded(stems), 'u');

interface StandIns {
  /** `null`: a record of somebody whose name was not known, or not entered. */
  readonly sign: RecordSign | null;
  readonly words: RegExp;
  readonly stems: RegExp;
}

const standIns: readonly StandIns[] = [
  {
    sign: 'de-identified',
    words: wholeWord(
      'anon|anonym[a-z]*|anonim[a-z]*|anoniem|de[-_ ]?ident[a-z]*|deid|pseudo|pseudonym[a-z]*|pseudonim[a-z]*|removed|redacted|masked|' +
        'anon(?:patient|subject|person|name)',
    ),
    stems: anywhere('аноним|обезличен|ανωνυμ|匿名|익명|비식별|אנונימי|นิรนาม'),
  },
  {
    sign: null,
    words: wholeWord('unknown|unbekannt|inconnue?|sconosciut[oa]|desconocid[oa]|desconhecid[oa]|onbekend|nieznan[ya]|bilinmeyen|no[^a-z]?name|x{3,}'),
    stems: anywhere('неизвестн|αγνωστ|不明|未知|미상|مجهول|ไม่ทราบ'),
  },
  {
    sign: 'phantom',
    words: wholeWord('phantom|phantom(?:patient|head|body)|phantome|fantom|fantome|fantoma|fantoom|fantoccio|catphan|jaszczak|maniqui'),
    stems: anywhere('фантом|ファントム|模体|体模|假体|팬텀'),
  },
  {
    sign: 'quality-assurance',
    words: wholeWord('q[ac]|constancy|konstanz(?:prufung)?|calibration|kalibrierung|kontrola jakosci'),
    stems: anywhere('품질관리|質控|质控'),
  },
  {
    sign: 'test',
    words: wholeWord(
      'test|tests|teste|testing|testpatient|(?:test|dummy|sample)(?:patient|subject|person|name)|dummy|prueba|prova|essai|proefpersoon|тест|тестов[а-я]*',
    ),
    stems: anywhere('テスト|测试|測試|테스트|تجربة|اختبار|בדיקה|ทดสอบ|δοκιμ'),
  },
  {
    sign: 'demonstration',
    words: wholeWord('demo|demo(?:patient|subject|person|name)|demonstration|mustermann|musterfrau'),
    stems: anywhere('デモ|演示|데모'),
  },
];

/** In names and numbers also these, which the name of a clinic may hold, and which people who are not named share. */
const nobodyInParticular = wholeWord('patient|subject|sample|quality');

/**
 * Ends of names that the sample sets of OsiriX and Rubo are known by; and the numbering of collections that anybody may download
 * (The Cancer Imaging Archive, OASIS, IXI, CQ500, ADNI).
 */
const sampleSets =
  /^(?:abdominix|agecanonix|artifix|brainix|brebix|carcinomix|cerebrix|colonix|diastolix|enterix|fourdix|goudurix|incisix|keosix|knix|macoessix|magix|manix|melanix|obelix|panoramix|pelvix|petcetix|phenix|toutatix|vix|rubo demo)$/;
const collections: readonly RegExp[] = [
  /^lidc-idri-\d{4}$/,
  /^tcga-[a-z0-9]{2}-[a-z0-9]{4}$/,
  /^c3[ln]-\d{5}$/,
  /^lung1-\d{3}$/,
  /^upenn-gbm-\d{5}(?:_\d{1,2})?$/,
  /^ucsf-pdgm-\d{3,4}$/,
  /^prostatex-\d{4}$/,
  /^ispy[12][_-]\d{4,6}$/,
  /^acrin-[a-z]+-[a-z]+-[a-z0-9]{1,8}-\d{1,6}$/,
  /^qin-[a-z]+-[a-z0-9]{1,8}-\d{1,6}$/,
  /^rider[- ][a-z0-9]+[- ]?[a-z0-9-]{0,16}$/,
  /^(?:mass|calc)-(?:training|test)_p_\d{5}$/,
  /^brats\d{0,2}[-_][a-z0-9]{2,10}[-_][a-z0-9]{1,8}(?:[-_]\d{1,5})?$/,
  /^hnscc-\d{2}-\d{4}$/,
  /^covid-19-[a-z]{2}-\d{4,10}$/,
  /^vs-seg-\d{3}$/,
  /^pancreas_\d{4}$/,
  /^cq500[-_]?ct[-_]?\d{1,3}$/,
  /^oas[123][-_]?\d{4}$/,
  /^ixi-?\d{3}$/,
  /^\d{3}_s_\d{4}$/,
];

/** Signs in the text of a name or number. */
export function signsIn(text: string): readonly RecordSign[] {
  const plain = folded(text.slice(0, 256));
  const bare = plain.replace(/^[\s^=]+|[\s^=]+$/g, '');
  const found = wordsIn(plain).flatMap(({ sign }) => sign ?? []);
  if (sampleSets.test(bare)) found.push('demonstration');
  if (collections.some((pattern) => pattern.test(bare))) found.push('public-collection');
  return found;
}

const wordsIn = (plain: string): readonly StandIns[] => standIns.filter(({ words, stems }) => words.test(plain) || stems.test(plain));

/** `isFreeText`: the name of a clinic may speak of patients and quality. */
export function isStandIn(text: string, isFreeText: boolean): boolean {
  const plain = folded(text.slice(0, 256));
  if (wordsIn(plain).length > 0 || signsIn(text).length > 0) return true;
  return !isFreeText && nobodyInParticular.test(plain);
}
