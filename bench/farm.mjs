// Many small DICOM responders in one process, for the benchmarks: they take any association, answer every command as if
// it were C-ECHO, and release. Usage: node bench/farm.mjs 127.9.10 104,4242,11112 [mute-every-nth]
import net from 'node:net';
import { decodePdu } from '../dist/protocols/dicom/wire/decode-pdu.js';
import { decodeCommand, encodeCommand } from '../dist/protocols/dicom/wire/dimse-command.js';
import { encodePdu } from '../dist/protocols/dicom/wire/encode-pdu.js';

const [prefix = '127.9.10', portList = '104,4242,11112', muteEvery = '0'] = process.argv.slice(2);
if (!prefix.startsWith('127.')) throw new Error('loopback only');
const userInformation = {
  maximumLength: 16384,
  implementationClassUid: '2.25.1',
  implementationVersionName: 'BENCH_FARM',
  userIdentity: null,
  userIdentityAnswered: false,
};

function answer(pdu, socket) {
  if (pdu.type === 'associate-request') {
    const contexts = pdu.contexts.map(({ id, transferSyntaxes }) => ({ id, result: 0, transferSyntax: transferSyntaxes[0] }));
    socket.write(encodePdu({ type: 'associate-accept', calledAeTitle: pdu.calledAeTitle, callingAeTitle: pdu.callingAeTitle, contexts, userInformation }));
  } else if (pdu.type === 'data-transfer') answerCommand(pdu.values[0], socket);
  else if (pdu.type === 'release-request') socket.end(encodePdu({ type: 'release-response' }));
  else socket.destroy();
}

function answerCommand(value, socket) {
  const { messageId } = decodeCommand(value.data);
  const response = {
    commandField: 0x8030,
    affectedSopClassUid: '1.2.840.10008.1.1',
    messageId: null,
    messageIdBeingRespondedTo: messageId,
    hasDataSet: false,
    status: 0,
  };
  socket.write(encodePdu({ type: 'data-transfer', values: [{ contextId: value.contextId, isCommand: true, isLast: true, data: encodeCommand(response) }] }));
}

function serve(mute) {
  return (socket) => {
    let pending = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    if (mute) return socket.resume();
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      for (let decoded = decodePdu(pending, 1_000_000); decoded; decoded = decodePdu(pending, 1_000_000)) {
        pending = pending.subarray(decoded.consumed);
        answer(decoded.message, socket);
      }
    });
  };
}

const listening = [];
for (let host = 1; host <= 250; host += 1) {
  const mute = Number(muteEvery) > 0 && host % Number(muteEvery) === 0;
  for (const port of portList.split(',')) {
    listening.push(
      new Promise((resolve, reject) =>
        net
          .createServer(serve(mute))
          .listen({ host: `${prefix}.${host}`, port: Number(port), backlog: 64 }, resolve)
          .on('error', reject),
      ),
    );
  }
}
await Promise.all(listening);
console.log(`${listening.length} responders`);
