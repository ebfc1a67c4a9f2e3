/**
 * The SMB conversation: what is negotiated, who is let in without an account, which shares there are, and what may be done in them.
 * At touch `handshake` it negotiates only. Never writes, creates, renames, locks or deletes: the commands for that do not exist
 * in `wire/`. Sends no password. Judges nothing.
 */
import { defineProbe, type ProbeTarget } from '../../model/probe.js';
import { touchAllows } from '../../model/touch.js';
import { type SmbEvidence, smb } from './evidence.js';
import { askSmb1, Door, type Greeted, greetFully, isExpected, oldestDialect } from './hello.js';
import { identifySmbProduct } from './products.js';
import { smb1Tongue } from './smb1-tongue.js';
import { smb2Tongue } from './smb2-tongue.js';
import { type Mutable, Visitor } from './visit.js';
import type { NegotiateResponse } from './wire/negotiate.js';
import type { NtlmChallenge } from './wire/ntlm.js';

export const smbProbe = defineProbe<SmbEvidence>({
  id: 'smb',
  produces: smb,
  ports: [445, 139],
  tried: 'own-ports',
  touch: 'handshake',
  transports: ['plain'],
  async run(target, dial) {
    const door = new Door(dial, target);
    const anonymous = touchAllows(target.settings.touch, 'anonymous');
    const isTwin = await door.hasTwin();
    const greeted = await greetFully(door).catch((error: unknown) => new Ungreeted(error));
    const evidence = blank(door.over, isTwin);
    const challenge = greeted instanceof Ungreeted || greeted === 'refused' ? undefined : await converse(door, greeted, evidence, target);
    const { smb1, serverTime, said } = await askSmb1(door, anonymous);
    if (greeted instanceof Ungreeted && smb1.answer !== 'accepted') throw greeted.reason;
    evidence.smb1 = smb1;
    evidence.serverTime ??= serverTime;
    if (evidence.dialect === null) {
      ofSmb1Alone(evidence, smb1);
      if (anonymous && !isTwin) await visitWith(new Visitor(smb1Tongue(door, said.nativeLanMan), undefined, target.settings), evidence, target);
    }
    if (evidence.dialect !== null) evidence.oldestDialect = await oldestDialect(door, evidence.dialect);
    evidence.product = identifySmbProduct({ ntlmVersion: challenge?.version ?? null, ...said });
    return evidence;
  },
});

/** No answer to SMB 2; an SMB 1 server may be behind it, and hangs up or is silent. */
class Ungreeted {
  readonly reason: unknown;

  constructor(reason: unknown) {
    if (!isExpected(reason)) throw reason;
    this.reason = reason;
  }
}

function blank(over: SmbEvidence['over'], isTwin: boolean): Mutable<SmbEvidence> {
  return {
    over,
    isTwin,
    product: null,
    smb1: { answer: 'not-tried', signing: 'unknown', session: 'not-tried' },
    dialect: null,
    oldestDialect: 'not-tried',
    signing: 'unknown',
    signingAlgorithm: null,
    encryption: { capable: false, cipher: null, required: 'unknown' },
    compression: 'unknown',
    hasServerGuid: false,
    serverTime: null,
    ntlm: null,
    ntlmV1: 'unknown',
    nullSession: { answer: 'not-tried' },
    guestSession: { answer: 'not-tried' },
    shareList: { answer: 'not-tried', by: null },
    shares: [],
    farewell: 'not-tried',
  };
}

function ofSmb1Alone(evidence: Mutable<SmbEvidence>, smb1: SmbEvidence['smb1']): void {
  evidence.signing = smb1.signing === 'disabled' ? 'off' : smb1.signing;
  evidence.encryption = { capable: false, cipher: null, required: 'no' }; // MS-CIFS has no encryption
  evidence.compression = 'none';
}

function noteNegotiation(evidence: Mutable<SmbEvidence>, response: NegotiateResponse): void {
  evidence.dialect = response.dialect;
  evidence.signing = response.signingRequired ? 'required' : response.signingEnabled ? 'enabled' : 'off';
  evidence.signingAlgorithm = response.signingAlgorithm;
  evidence.encryption = { capable: response.encryptionCapable, cipher: response.cipher, required: response.encryptionCapable ? 'unknown' : 'no' };
  evidence.compression = response.compression === null || response.compression.length === 0 ? 'none' : 'offered';
  evidence.hasServerGuid = response.hasServerGuid;
  evidence.serverTime = response.systemTime;
}

/** Everything over SMB 2 and 3; fills the evidence as it goes, so that what was learnt stays when the peer hangs up. */
async function converse(door: Door, greeted: Greeted, evidence: Mutable<SmbEvidence>, target: ProbeTarget): Promise<NtlmChallenge | undefined> {
  noteNegotiation(evidence, greeted.response);
  const { settings } = target;
  const asksMore = touchAllows(settings.touch, 'anonymous') && !evidence.isTwin;
  const goesOn = asksMore && evidence.compression !== 'offered'; // what follows might come compressed, which is not read here
  if (!goesOn) greeted.conversation.close();
  if (!asksMore) return undefined;
  const visitor = new Visitor(smb2Tongue(door), goesOn ? greeted.conversation : undefined, settings);
  await visitWith(visitor, evidence, target);
  return visitor.challenge;
}

/** What was learnt before the peer broke off stays. */
async function visitWith(visitor: Pick<Visitor<never, never>, 'visit' | 'close'>, evidence: Mutable<SmbEvidence>, target: ProbeTarget): Promise<void> {
  try {
    await visitor.visit(evidence, target.endpoint.address);
  } catch (error) {
    if (!isExpected(error)) throw error;
    evidence.farewell = 'cut-off';
  } finally {
    visitor.close();
  }
}
