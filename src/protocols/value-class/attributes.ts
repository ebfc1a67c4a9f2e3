/**
 * The identifying attributes that a query at patient or study level can bring: rows of the Basic Profile of PS3.15 table
 * E.1-1 whose attributes belong to the patient, the study, the visit or the request, and those of the equipment and the
 * staff that archives return beside them. Tags and VRs: PS3.6 section 6. Holds no value.
 */

/** What a value is judged as. `number`: identifiers of a person or a case; `place`: addresses and institutions. */
export type AttributeKind = 'name' | 'number' | 'date' | 'time' | 'sex' | 'measure' | 'place' | 'text';

interface IdentifyingAttribute {
  readonly tag: number;
  readonly vr: string;
  readonly kind: AttributeKind;
}

export const identifyingAttributes = {
  PatientName: { tag: 0x00100010, vr: 'PN', kind: 'name' },
  PatientID: { tag: 0x00100020, vr: 'LO', kind: 'number' },
  IssuerOfPatientID: { tag: 0x00100021, vr: 'LO', kind: 'place' },
  PatientBirthDate: { tag: 0x00100030, vr: 'DA', kind: 'date' },
  PatientBirthTime: { tag: 0x00100032, vr: 'TM', kind: 'time' },
  PatientSex: { tag: 0x00100040, vr: 'CS', kind: 'sex' },
  InsurancePlanIdentification: { tag: 0x00101050, vr: 'LO', kind: 'number' },
  OtherPatientIDs: { tag: 0x00101000, vr: 'LO', kind: 'number' },
  OtherPatientNames: { tag: 0x00101001, vr: 'PN', kind: 'name' },
  OtherPatientIDsSequence: { tag: 0x00101002, vr: 'SQ', kind: 'number' },
  PatientBirthName: { tag: 0x00101005, vr: 'PN', kind: 'name' },
  PatientAge: { tag: 0x00101010, vr: 'AS', kind: 'measure' },
  PatientSize: { tag: 0x00101020, vr: 'DS', kind: 'measure' },
  PatientWeight: { tag: 0x00101030, vr: 'DS', kind: 'measure' },
  PatientAddress: { tag: 0x00101040, vr: 'LO', kind: 'place' },
  PatientMotherBirthName: { tag: 0x00101060, vr: 'PN', kind: 'name' },
  MilitaryRank: { tag: 0x00101080, vr: 'LO', kind: 'text' },
  BranchOfService: { tag: 0x00101081, vr: 'LO', kind: 'text' },
  MedicalRecordLocator: { tag: 0x00101090, vr: 'LO', kind: 'number' },
  MedicalAlerts: { tag: 0x00102000, vr: 'LO', kind: 'text' },
  Allergies: { tag: 0x00102110, vr: 'LO', kind: 'text' },
  CountryOfResidence: { tag: 0x00102150, vr: 'LO', kind: 'text' },
  RegionOfResidence: { tag: 0x00102152, vr: 'LO', kind: 'text' },
  PatientTelephoneNumbers: { tag: 0x00102154, vr: 'SH', kind: 'number' },
  EthnicGroup: { tag: 0x00102160, vr: 'SH', kind: 'text' },
  Occupation: { tag: 0x00102180, vr: 'SH', kind: 'text' },
  SmokingStatus: { tag: 0x001021a0, vr: 'CS', kind: 'text' },
  AdditionalPatientHistory: { tag: 0x001021b0, vr: 'LT', kind: 'text' },
  LastMenstrualDate: { tag: 0x001021d0, vr: 'DA', kind: 'date' },
  PatientReligiousPreference: { tag: 0x001021f0, vr: 'LO', kind: 'text' },
  ResponsiblePerson: { tag: 0x00102297, vr: 'PN', kind: 'name' },
  ResponsibleOrganization: { tag: 0x00102299, vr: 'LO', kind: 'place' },
  PatientComments: { tag: 0x00104000, vr: 'LT', kind: 'text' },
  AccessionNumber: { tag: 0x00080050, vr: 'SH', kind: 'number' },
  InstitutionName: { tag: 0x00080080, vr: 'LO', kind: 'place' },
  InstitutionAddress: { tag: 0x00080081, vr: 'ST', kind: 'place' },
  ReferringPhysicianName: { tag: 0x00080090, vr: 'PN', kind: 'name' },
  ReferringPhysicianAddress: { tag: 0x00080092, vr: 'ST', kind: 'place' },
  ReferringPhysicianTelephoneNumbers: { tag: 0x00080094, vr: 'SH', kind: 'number' },
  ConsultingPhysicianName: { tag: 0x0008009c, vr: 'PN', kind: 'name' },
  StationName: { tag: 0x00081010, vr: 'SH', kind: 'text' },
  StudyDescription: { tag: 0x00081030, vr: 'LO', kind: 'text' },
  InstitutionalDepartmentName: { tag: 0x00081040, vr: 'LO', kind: 'place' },
  PhysiciansOfRecord: { tag: 0x00081048, vr: 'PN', kind: 'name' },
  PerformingPhysicianName: { tag: 0x00081050, vr: 'PN', kind: 'name' },
  NameOfPhysiciansReadingStudy: { tag: 0x00081060, vr: 'PN', kind: 'name' },
  OperatorsName: { tag: 0x00081070, vr: 'PN', kind: 'name' },
  AdmittingDiagnosesDescription: { tag: 0x00081080, vr: 'LO', kind: 'text' },
  StudyID: { tag: 0x00200010, vr: 'SH', kind: 'text' },
  ReasonForStudy: { tag: 0x00321030, vr: 'LO', kind: 'text' },
  RequestingPhysician: { tag: 0x00321032, vr: 'PN', kind: 'name' },
  RequestingService: { tag: 0x00321033, vr: 'LO', kind: 'place' },
  StudyComments: { tag: 0x00324000, vr: 'LT', kind: 'text' },
  AdmissionID: { tag: 0x00380010, vr: 'LO', kind: 'number' },
  SpecialNeeds: { tag: 0x00380050, vr: 'LO', kind: 'text' },
  CurrentPatientLocation: { tag: 0x00380300, vr: 'LO', kind: 'place' },
  PatientState: { tag: 0x00380500, vr: 'LO', kind: 'text' },
} as const satisfies Readonly<Record<string, IdentifyingAttribute>>;

export type IdentifyingKeyword = keyof typeof identifyingAttributes;
export const identifyingKeywords = Object.keys(identifyingAttributes) as readonly IdentifyingKeyword[];

/** What a record says of its own de-identification and of a trial it belongs to (PS3.3 sections C.7.1.1, C.7.1.3). */
export const provenanceAttributes = {
  PatientIdentityRemoved: { tag: 0x00120062, vr: 'CS' },
  ClinicalTrialSubjectID: { tag: 0x00120040, vr: 'LO' },
} as const;
export type ProvenanceKeyword = keyof typeof provenanceAttributes;
