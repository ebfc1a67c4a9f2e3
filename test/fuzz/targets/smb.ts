/** SMB: frames, messages of SMB 2 and SMB 1, and what they carry: NTLM, DCE/RPC and the list of shares. */
import { decodeCreateResponse } from '../../../src/protocols/smb/wire/create.js';
import { decodeFragment } from '../../../src/protocols/smb/wire/dcerpc.js';
import { decodeFrame } from '../../../src/protocols/smb/wire/frame.js';
import { decodeMessages, type Message } from '../../../src/protocols/smb/wire/message.js';
import { decodeNegotiateResponse } from '../../../src/protocols/smb/wire/negotiate.js';
import { decodeChallenge } from '../../../src/protocols/smb/wire/ntlm.js';
import { decodePipeTransceiveResponse } from '../../../src/protocols/smb/wire/pipe.js';
import { decodeDirectoryEntries, decodeQueryDirectoryResponse } from '../../../src/protocols/smb/wire/query-directory.js';
import { decodeReadResponse } from '../../../src/protocols/smb/wire/read.js';
import { decodeSessionSetupResponse } from '../../../src/protocols/smb/wire/session-setup.js';
import { decodeShareEnum } from '../../../src/protocols/smb/wire/share-enum.js';
import { decodeSmb1NegotiateResponse, decodeSmb1SessionSetupResponse } from '../../../src/protocols/smb/wire/smb1.js';
import { decodeSmb1CreateResponse } from '../../../src/protocols/smb/wire/smb1-create.js';
import { decodeSmb1Message, type Smb1Message, smb1Commands } from '../../../src/protocols/smb/wire/smb1-message.js';
import { decodeSmb1ReadResponse } from '../../../src/protocols/smb/wire/smb1-read.js';
import { decodeSmb1Found, decodeSmb1TransactionResponse } from '../../../src/protocols/smb/wire/smb1-transaction.js';
import { decodeSmb1TreeConnectResponse } from '../../../src/protocols/smb/wire/smb1-tree.js';
import { decodeTreeConnectResponse } from '../../../src/protocols/smb/wire/tree-connect.js';
import { heard, streamed, type Target, whole } from '../target.js';

const payloads = (): readonly Uint8Array[] =>
  heard('smb').flatMap((bytes) => {
    const frame = decodeFrame(bytes)?.message;
    return frame && 'payload' in frame ? [frame.payload] : [];
  });
const messages = (): readonly Uint8Array[] =>
  payloads()
    .filter((payload) => payload[0] === 0xfe)
    .flatMap((payload) => decodeMessages(payload).map(({ bytes }) => bytes));

/** What begins with these bytes, to the end of its message. */
const from = (mark: readonly number[]) => () =>
  messages().flatMap((bytes) => {
    const at = Buffer.from(bytes).indexOf(Uint8Array.from(mark));
    return at < 0 ? [] : [bytes.slice(at)];
  });
const ntlmTokens = from([...'NTLMSSP\0'].map((character) => character.charCodeAt(0)));
/** Version 5.0; the stub lies 24 bytes on in a response (C706 section 12.6.4.10). */
const fragments = from([5, 0]);
const stubs = () => fragments().map((bytes) => bytes.slice(24));

const olderPayloads = () => payloads().filter((payload) => payload[0] === 0xff);
const ofOlder = (name: string, decode: (message: Smb1Message) => unknown): Target => whole(name, olderPayloads, (bytes) => decode(decodeSmb1Message(bytes)));
/** Of the listings of folders. */
const olderParts = (which: 'parameters' | 'data') => () =>
  olderPayloads().flatMap((bytes) => {
    const message = decodeSmb1Message(bytes);
    return message.command === smb1Commands.transaction2 && message.words.length > 0 ? [decodeSmb1TransactionResponse(message, 'transaction2')[which]] : [];
  });

const ofMessage = (name: string, decode: (message: Pick<Message, 'bytes'>) => unknown): Target => whole(name, messages, (bytes) => decode({ bytes }));

export const smbTargets: readonly Target[] = [
  streamed(
    'smb/frame.decodeFrame',
    () => heard('smb'),
    (bytes) => decodeFrame(bytes),
  ),
  whole('smb/message.decodeMessages', payloads, decodeMessages),
  ofMessage('smb/negotiate.decodeNegotiateResponse', decodeNegotiateResponse),
  ofMessage('smb/session-setup.decodeSessionSetupResponse', decodeSessionSetupResponse),
  ofMessage('smb/tree-connect.decodeTreeConnectResponse', decodeTreeConnectResponse),
  ofMessage('smb/create.decodeCreateResponse', decodeCreateResponse),
  ofMessage('smb/read.decodeReadResponse', decodeReadResponse),
  ofMessage('smb/query-directory.decodeQueryDirectoryResponse', decodeQueryDirectoryResponse),
  ofMessage('smb/pipe.decodePipeTransceiveResponse', decodePipeTransceiveResponse),
  whole('smb/ntlm.decodeChallenge', ntlmTokens, (token) => decodeChallenge(token, () => '')),
  streamed('smb/dcerpc.decodeFragment', fragments, (bytes) => {
    const decoded = decodeFragment(bytes);
    return decoded && { message: decoded.fragment, consumed: decoded.consumed };
  }),
  whole('smb/share-enum.decodeShareEnum', stubs, decodeShareEnum),
  whole('smb/smb1.decodeSmb1NegotiateResponse', payloads, decodeSmb1NegotiateResponse),
  whole('smb/smb1.decodeSmb1SessionSetupResponse', payloads, decodeSmb1SessionSetupResponse),
  whole('smb/smb1-message.decodeSmb1Message', olderPayloads, decodeSmb1Message),
  ofOlder('smb/smb1-tree.decodeSmb1TreeConnectResponse', decodeSmb1TreeConnectResponse),
  ofOlder('smb/smb1-create.decodeSmb1CreateResponse', decodeSmb1CreateResponse),
  ofOlder('smb/smb1-read.decodeSmb1ReadResponse', decodeSmb1ReadResponse),
  ofOlder('smb/smb1-transaction.decodeSmb1TransactionResponse', (message) => decodeSmb1TransactionResponse(message, 'transaction2')),
  whole('smb/smb1-transaction.decodeSmb1Found', olderParts('parameters'), (bytes) => decodeSmb1Found(bytes, true)),
  whole('smb/query-directory.decodeDirectoryEntries', olderParts('data'), decodeDirectoryEntries),
];
