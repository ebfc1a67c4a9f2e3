import { describe, expect, it } from 'vitest';
import {
  asRegisteredCaller,
  honeypot,
  notAsked,
  openNode,
  orthancAsInstalled,
  storescp,
  turnedAway,
  unknownCaller,
  unknownTitle,
} from '../../test/fixtures/dicom-evidence.js';
import { cutShort, door, nothingInIt, site, verdictOn, withDoors } from '../../test/fixtures/web-evidence.js';
import { exactly, type ValueClass } from '../model/exposure.js';
import type { ArchiveCount, DicomEvidence } from '../protocols/dicom/evidence.js';
import type { HttpEvidence } from '../protocols/http/evidence.js';
import { patientIdentifiersExposed } from './patient-identifiers-exposed.js';

const judge = (evidence: DicomEvidence) => patientIdentifiersExposed.judge({ dicom: evidence }, { now: 0 });
const showing = (identifiers: Readonly<Record<string, ValueClass>>): DicomEvidence => ({ ...openNode, identifiers });
const unsampled = (sample: DicomEvidence['sample'], more: Partial<DicomEvidence> = {}): DicomEvidence => ({ ...openNode, identifiers: {}, sample, ...more });
const empty = { ...(openNode.archive as ArchiveCount), studies: exactly(0) };
const ending = "which read like a person's own in the one record that was looked at";

describe('patient identifiers', () => {
  it.each<[string, DicomEvidence, string | undefined, string]>([
    ['a name', openNode, undefined, `any caller gets PatientName, ${ending}`],
    [
      'the direct ones first',
      showing({ PatientSex: 'real-looking', PatientName: 'real-looking', PatientBirthDate: 'real-looking', PatientID: 'empty' }),
      undefined,
      `any caller gets PatientName, PatientBirthDate and PatientSex, ${ending}`,
    ],
    ['only what fits thousands', showing({ PatientName: 'pseudonymous', PatientSex: 'real-looking' }), 'medium', `any caller gets PatientSex, ${ending}`],
    ['bait, perhaps', honeypot, undefined, `any caller gets PatientName, ${ending}; it accepts even a service that does not exist, so it may be a honeypot`],
  ])('fails: %s', (_, evidence, severity, reason) => {
    const verdict = judge(evidence);
    expect(verdict).toMatchObject({ verdict: 'fail', reason, because: { sample: 'taken', ...evidence.identifiers } });
    expect('severity' in verdict ? verdict.severity : undefined).toBe(severity);
  });

  it.each<[string, DicomEvidence, RegExp]>([
    ['codes and blanks', showing({ PatientName: 'pseudonymous', PatientID: 'pseudonymous', PatientBirthDate: 'empty' }), /the one record that was looked at/],
    ['none returned', showing({}), /the one record that was looked at/],
    ['queries are refused', { ...notAsked, query: { answer: 'not-authorised', status: 0x0124, rows: 0 } }, /refuses the queries/],
    ['Orthanc aborts queries', orthancAsInstalled, /how Orthanc refuses/],
    ['the caller is turned away', turnedAway(unknownCaller), /turns a caller away/],
    ['only a registered caller is let in', asRegisteredCaller(unknownCaller), /turns away one that nobody registered/],
  ])('passes: %s', (_, evidence, reason) => {
    expect(judge(evidence)).toMatchObject({ verdict: 'pass', reason: expect.stringMatching(reason) });
  });

  it.each<[string, DicomEvidence]>([
    ['an empty archive', unsampled('not-tried', { archive: empty })],
    ['no queries offered', storescp],
  ])('does not apply: %s', (_, evidence) => {
    expect(judge(evidence)).toMatchObject({ verdict: 'not-applicable' });
  });

  it.each<[string, DicomEvidence, RegExp]>([
    ['switched off', unsampled('switched-off'), /as asked/],
    ['no record came', unsampled('no-answer'), /returned no record/],
    ['not looked at', unsampled('not-tried'), /was not looked at$/],
    ['not counted, not looked at', unsampled('not-tried', { archive: null }), /was not looked at$/],
    ['queries were not tried', notAsked, /no query was tried/],
    ['its title is asked for first', turnedAway(unknownTitle), /--called-ae/],
    ['a registered caller', asRegisteredCaller({ answer: 'accepted' }), /without --calling-ae/],
  ])('is unknown: %s', (_, evidence, reason) => {
    expect(judge(evidence)).toMatchObject({ verdict: 'unknown', reason: expect.stringMatching(reason) });
  });
});

const giving = (identifiers: Readonly<Record<string, ValueClass>>) => withDoors(door('dicomweb', 'open', { identifiers }));

describe('identifiers over the web', () => {
  it.each<[string, HttpEvidence, string, RegExp]>([
    ['a name', giving({ PatientName: 'real-looking', PatientID: 'pseudonymous' }), 'fail', /^anyone gets PatientName, which/],
    ['only what fits thousands', giving({ PatientSex: 'real-looking' }), 'fail', /PatientSex/],
    ['codes', giving({ PatientName: 'pseudonymous', PatientBirthDate: 'empty' }), 'pass', /placeholders/],
    ['a login first', withDoors(door('archive-api', 'forbidden')), 'pass', /credentials/],
    ['an empty archive', withDoors(door('archive-api', 'open', nothingInIt)), 'not-applicable', /no study/],
    ['a listing of files', withDoors(door('listing', 'open', { content: { dicom: 4 } })), 'not-applicable', /nothing that gives records/],
    ['nothing', site, 'not-applicable', /nothing that gives records/],
    ['no record was looked at', withDoors(door('dicomweb')), 'unknown', /not looked at/],
    ['an error', withDoors(door('dicomweb', 'unclear')), 'unknown', /error/],
    ['the requests ended before', cutShort, 'unknown', /used up/],
  ])('%s', (_, evidence, expected, reason) => {
    expect(verdictOn(patientIdentifiersExposed, evidence)).toMatchObject({ verdict: expected, reason: expect.stringMatching(reason) });
  });
});
