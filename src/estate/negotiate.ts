/** How a device answers an association request, by its policy (PS3.8 section 9.3, PS3.7 annex D.3.3). Opens no sockets. */
import { abstractSyntaxes, type ContextName } from '../protocols/dicom/wire/contexts.js';
import type { AssociateAccept, AssociateReject, AssociateRequest, ContextReply, ProposedContext } from '../protocols/dicom/wire/pdu.js';
import { explicitVrLittleEndian, implicitVrLittleEndian } from '../protocols/dicom/wire/uids.js';
import type { DicomBehaviour, TitlePolicy } from './behaviour.js';

const rejection = (result: number, source: number, reason: number): AssociateReject => ({ type: 'associate-reject', result, source, reason });

const admits = (policy: TitlePolicy | undefined, title: string): boolean => policy === undefined || policy === 'anybody' || policy.includes(title);

/** `earlier`: association requests that came before this one. */
export function answerAssociation(request: AssociateRequest, behaviour: DicomBehaviour, earlier: number): AssociateAccept | AssociateReject {
  if (earlier < (behaviour.busyFor ?? 0)) return rejection(2, 3, 2);
  if (!admits(behaviour.calledTitles, request.calledAeTitle)) return rejection(1, 1, 7);
  if (!admits(behaviour.callers, request.callingAeTitle)) return rejection(1, 1, behaviour.blamesCalledTitle ? 7 : 3);
  const { userIdentity } = request.userInformation;
  if (behaviour.userIdentity === 'requires' || (behaviour.userIdentity === 'refuses' && userIdentity)) return rejection(1, 2, 1);
  return acceptance(request, behaviour);
}

function acceptance(request: AssociateRequest, behaviour: DicomBehaviour): AssociateAccept {
  return {
    type: 'associate-accept',
    calledAeTitle: sendable(request.calledAeTitle),
    callingAeTitle: sendable(request.callingAeTitle),
    contexts: request.contexts.map((context) => contextReply(context, behaviour)),
    userInformation: {
      maximumLength: behaviour.maximumLength ?? 16_384,
      implementationClassUid: behaviour.identity.classUid,
      implementationVersionName: behaviour.identity.versionName,
      userIdentity: null,
      userIdentityAnswered: behaviour.userIdentity === 'answers' && request.userInformation.userIdentity?.positiveResponseRequested === true,
    },
  };
}

/** The titles come back as they came (PS3.8 table 9-17); one that we could not have sent comes back as a dash. */
const sendable = (title: string): string => (/^[\x20-\x5b\x5d-\x7e]{1,16}$/.test(title) && title.trim() !== '' ? title : '-');

function contextReply(context: ProposedContext, behaviour: DicomBehaviour): ContextReply {
  const { id } = context;
  if (!takes(behaviour.contexts, context.abstractSyntax)) return { id, result: 3, transferSyntax: implicitVrLittleEndian };
  const transferSyntax = chosenTransferSyntax(context);
  return transferSyntax === undefined ? { id, result: 4, transferSyntax: implicitVrLittleEndian } : { id, result: 0, transferSyntax };
}

function takes(contexts: DicomBehaviour['contexts'], abstractSyntax: string): boolean {
  return contexts === 'everything' || contexts.some((name: ContextName) => abstractSyntaxes[name] === abstractSyntax);
}

/** The first of the two that the estate can write; what is stored is never read, but nothing is stored either. */
function chosenTransferSyntax({ transferSyntaxes }: ProposedContext): string | undefined {
  return transferSyntaxes.find((uid) => uid === implicitVrLittleEndian || uid === explicitVrLittleEndian);
}
