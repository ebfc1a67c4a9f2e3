import { describe, expect, it } from 'vitest';
import { abstractSyntaxes, contextNames } from '../protocols/dicom/wire/contexts.js';
import type { AssociateRequest } from '../protocols/dicom/wire/pdu.js';
import { explicitVrLittleEndian, implicitVrLittleEndian } from '../protocols/dicom/wire/uids.js';
import type { DicomBehaviour } from './behaviour.js';
import { contexts, dcmtk } from './identities.js';
import { answerAssociation } from './negotiate.js';

const behaviour: DicomBehaviour = { speaks: 'dicom', identity: dcmtk, contexts: contexts.queryOnly };
const bigEndian = '1.2.840.10008.1.2.2';

function request(more: Partial<AssociateRequest> = {}, withIdentity = false): AssociateRequest {
  const userIdentity = withIdentity
    ? { type: 1, positiveResponseRequested: true, primaryField: new Uint8Array([65]), secondaryField: new Uint8Array(0) }
    : null;
  return {
    type: 'associate-request',
    calledAeTitle: 'ARCHIVE',
    callingAeTitle: 'STRANGER',
    contexts: contextNames.map((name, index) => ({
      id: index * 2 + 1,
      abstractSyntax: abstractSyntaxes[name],
      transferSyntaxes: [bigEndian, explicitVrLittleEndian, implicitVrLittleEndian],
    })),
    userInformation: { maximumLength: 16_384, implementationClassUid: null, implementationVersionName: null, userIdentity, userIdentityAnswered: false },
    ...more,
  };
}

describe('answerAssociation', () => {
  it.each<[string, Partial<DicomBehaviour>, boolean, number, string]>([
    ['anybody', {}, false, 0, 'accept'],
    ['a caller in the list', { callers: ['STRANGER'] }, false, 0, 'accept'],
    ['a caller that is not', { callers: ['CT01'] }, false, 0, '1/1/3'],
    ['a caller that is not, at dcmqrscp', { callers: ['CT01'], blamesCalledTitle: true }, false, 0, '1/1/7'],
    ['the right called title', { calledTitles: ['ARCHIVE'] }, false, 0, 'accept'],
    ['a wrong called title', { calledTitles: ['OTHER'] }, false, 0, '1/1/7'],
    ['the first of two calls that find it busy', { busyFor: 2 }, false, 0, '2/3/2'],
    ['the second', { busyFor: 2 }, false, 1, '2/3/2'],
    ['the third', { busyFor: 2 }, false, 2, 'accept'],
    ['an identity that is refused', { userIdentity: 'refuses' }, true, 0, '1/2/1'],
    ['no identity where one is refused', { userIdentity: 'refuses' }, false, 0, 'accept'],
    ['no identity where one is required', { userIdentity: 'requires' }, false, 0, '1/2/1'],
    ['an identity that is ignored', { userIdentity: 'ignores' }, true, 0, 'accept'],
    ['an identity that is answered', { userIdentity: 'answers' }, true, 0, 'accept 59H'],
    ['no identity where one would be answered', { userIdentity: 'answers' }, false, 0, 'accept'],
  ])('%s', (_title, policy, withIdentity, earlier, expected) => {
    const answer = answerAssociation(request({}, withIdentity), { ...behaviour, ...policy }, earlier);
    if (answer.type === 'associate-reject') expect(`${answer.result}/${answer.source}/${answer.reason}`).toBe(expected);
    else expect(answer.userInformation.userIdentityAnswered ? 'accept 59H' : 'accept').toBe(expected);
  });

  it('takes the contexts that it knows, in the first transfer syntax that it can write', () => {
    const answer = answerAssociation(request(), behaviour, 0);
    if (answer.type !== 'associate-accept') throw new Error('rejected');
    const taken = answer.contexts.filter(({ result }) => result === 0);
    expect(taken.map(({ id }) => contextNames[(id - 1) / 2])).toEqual(['verification', 'patient-root-find', 'study-root-find']);
    expect(new Set(taken.map(({ transferSyntax }) => transferSyntax))).toEqual(new Set([explicitVrLittleEndian]));
    expect(answer.contexts.filter(({ result }) => result === 3)).toHaveLength(contextNames.length - 3);
    expect(answer.userInformation).toMatchObject({
      maximumLength: 16_384,
      implementationClassUid: dcmtk.classUid,
      implementationVersionName: dcmtk.versionName,
    });
  });

  it('takes what does not exist only where it takes everything', () => {
    const canary = [{ id: 1, abstractSyntax: abstractSyntaxes.canary, transferSyntaxes: [implicitVrLittleEndian] }];
    const result = (taken: DicomBehaviour['contexts']) => {
      const answer = answerAssociation(request({ contexts: canary }), { ...behaviour, contexts: taken }, 0);
      return answer.type === 'associate-accept' ? answer.contexts[0]?.result : undefined;
    };
    expect(result('everything')).toBe(0);
    expect(result(contexts.orthanc)).toBe(3);
  });

  it('says so where it knows none of the transfer syntaxes', () => {
    const contextsProposed = [{ id: 1, abstractSyntax: abstractSyntaxes.verification, transferSyntaxes: [bigEndian] }];
    expect(answerAssociation(request({ contexts: contextsProposed }), behaviour, 0)).toMatchObject({ contexts: [{ id: 1, result: 4 }] });
  });

  it('returns a title that it could not have sent as a dash', () => {
    expect(answerAssociation(request({ calledAeTitle: '', callingAeTitle: 'A\\B' }), behaviour, 0)).toMatchObject({ calledAeTitle: '-', callingAeTitle: '-' });
  });
});
