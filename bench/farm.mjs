// Many small DICOM responders in one process, for the benchmarks: they take any association, answer every command as if
// it were C-ECHO, and release. Usage: node bench/farm.mjs 127.9.10 104,4242,11112 [mute-every-nth] [ms-before-each-answer]
// With the prefix 127 one listener a port answers on every loopback address: a million endpoints without a million sockets.
import net from 'node:net';
import { decodePdu } from '../dist/protocols/dicom/wire/decode-pdu.js';
import { decodeCommand, encodeCommand } from '../dist/protocols/dicom/wire/dimse-command.js';
import { encodePdu } from '../dist/protocols/dicom/wire/encode-pdu.js';

const [prefix = '127.9.10', portList = '104,4242,11112', muteEvery = '0', delayMs = '0'] = process.argv.slice(2);
if (!/^127(?:\.|$)/.test(prefix)) throw new Error('loopback only');
const userInformation = {
  maximumLength: 16384,
  implementationClassUid: '2.25.1',
  implementationVersionName: 'BENCH_FARM',
  userIdentity: null,
  userIdentityAnswered: false,
};

function answerLater(pdu, socket) {
  if (delayMs === '0') answer(pdu, socket);
  else setTimeout(() => socket.destroyed || answer(pdu, socket), Number(delayMs));
}

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
    if (!socket.localAddress?.startsWith('127.')) return socket.destroy(); // a wildcard listener is no service for the network
    if (mute) return socket.resume();
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      for (let decoded = decodePdu(pending, 1_000_000); decoded; decoded = decodePdu(pending, 1_000_000)) {
        pending = pending.subarray(decoded.consumed);
        answerLater(decoded.message, socket);
      }
    });
  };
}

const listening = [];
const hosts = prefix === '127' ? ['0.0.0.0'] : Array.from({ length: 250 }, (_, index) => `${prefix}.${index + 1}`);
for (const [index, host] of hosts.entries()) {
  const mute = Number(muteEvery) > 0 && (index + 1) % Number(muteEvery) === 0;
  for (const port of portList.split(',')) {
    listening.push(
      new Promise((resolve, reject) =>
        net
          .createServer(serve(mute))
          .listen({ host, port: Number(port), backlog: 511 }, resolve)
          .on('error', reject),
      ),
    );
  }
}
await Promise.all(listening);
console.log(`${listening.length} responders`);
