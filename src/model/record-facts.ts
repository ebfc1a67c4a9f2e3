/** What one record shows beyond the class of each value: words from a fixed list, never a value or a part of one. */

/** Numbers that states give to people. `one-of-several`: the shape and the check digits fit more than one of them. */
export type NationalIdentifier =
  | 'australian-ihi'
  | 'australian-medicare-number'
  | 'austrian-svnr'
  | 'belgian-national-number'
  | 'brazilian-cpf'
  | 'bulgarian-egn'
  | 'canadian-sin'
  | 'chinese-resident-id'
  | 'codice-fiscale'
  | 'czech-or-slovak-rodne-cislo'
  | 'danish-cpr'
  | 'dutch-bsn'
  | 'estonian-or-lithuanian-isikukood'
  | 'finnish-hetu'
  | 'former-yugoslav-jmbg'
  | 'french-nir'
  | 'german-kvnr'
  | 'german-tax-id'
  | 'greek-amka'
  | 'icelandic-kennitala'
  | 'indian-aadhaar'
  | 'irish-pps-number'
  | 'korean-rrn'
  | 'latvian-personas-kods'
  | 'mexican-curp'
  | 'nhs-number'
  | 'norwegian-fodselsnummer'
  | 'polish-pesel'
  | 'portuguese-nif'
  | 'romanian-cnp'
  | 'scottish-chi-number'
  | 'south-african-id'
  | 'spanish-dni'
  | 'spanish-nie'
  | 'swedish-personnummer'
  | 'swiss-ahv-number'
  | 'taiwanese-id'
  | 'turkish-identity-number'
  | 'us-social-security-number'
  | 'one-of-several';

/**
 * Why the record may be no patient's. The first four and `public-collection` are read off words and patterns of names,
 * numbers and descriptions; `de-identified`: stand-ins where a person would be named; `says-de-identified`: Patient Identity
 * Removed (0012,0062) is YES; `clinical-trial`: a trial's own number for the subject came with it (PS3.3 section C.7.1.3).
 */
export type RecordSign =
  | 'phantom'
  | 'quality-assurance'
  | 'test'
  | 'demonstration'
  | 'public-collection'
  | 'de-identified'
  | 'says-de-identified'
  | 'clinical-trial';

export interface RecordFacts {
  /** DICOM keyword → the kind of number that its value has the shape and the check digits of. */
  readonly nationalIdentifiers: Readonly<Record<string, NationalIdentifier>>;
  readonly signs: readonly RecordSign[];
}
