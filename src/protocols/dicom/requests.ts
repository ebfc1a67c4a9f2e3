/** The association requests that we make: who we say we are and what we ask for. Opens no sockets. */
import type { ProbeSettings } from '../../model/probe.js';
import { ownMaximumLength } from './association.js';
import { abstractSyntaxes, type ContextName, contextNames } from './wire/contexts.js';
import type { AssociateRequest, UserIdentityRequest } from './wire/pdu.js';
import { asciiBytes } from './wire/text.js';
import { explicitVrLittleEndian, implicitVrLittleEndian, ownImplementationClassUid } from './wire/uids.js';

/** Odd numbers in the order of the list (PS3.8 section 9.3.2.2). */
export function contextId(name: ContextName): number {
  return contextNames.indexOf(name) * 2 + 1;
}

/** A called AE title that no device has: who accepts it accepts any. */
export const calledTitle = (settings: ProbeSettings): string => settings.calledAeTitle ?? `UNKNOWN-${settings.nonce}`;

/** Unless the operator gives one: a calling AE title that no list holds, and that still says who calls. */
export const callingTitle = (settings: ProbeSettings): string => settings.callingAeTitle ?? `DOSIMETER_${settings.nonce}`;

export function associateRequest(settings: ProbeSettings, names: readonly ContextName[], userIdentity: UserIdentityRequest | null): AssociateRequest {
  return {
    type: 'associate-request',
    calledAeTitle: calledTitle(settings),
    callingAeTitle: callingTitle(settings),
    contexts: names.map((name) => ({
      id: contextId(name),
      abstractSyntax: abstractSyntaxes[name],
      transferSyntaxes: [implicitVrLittleEndian, explicitVrLittleEndian],
    })),
    userInformation: {
      maximumLength: ownMaximumLength,
      implementationClassUid: ownImplementationClassUid,
      implementationVersionName: settings.implementationVersionName,
      userIdentity,
      userIdentityAnswered: false,
    },
  };
}

/** User name only, no passcode: nothing that could log anyone in, and a positive response is asked for (PS3.7 section D.3.3.7.1). */
export const namedIdentity: UserIdentityRequest = {
  type: 1,
  positiveResponseRequested: true,
  primaryField: asciiBytes('DOSIMETER'),
  secondaryField: new Uint8Array(0),
};
