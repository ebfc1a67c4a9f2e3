// npm run docs: writes the parts of docs/ that come from the code. With --check it only says whether they are up to date.
// Needs the build (dist/).
import { readFileSync, writeFileSync } from 'node:fs';

const { checks } = await import('../dist/checks/index.js');
const { associateRequest, namedIdentity } = await import('../dist/protocols/dicom/requests.js');
const { contextNames, abstractSyntaxes } = await import('../dist/protocols/dicom/wire/contexts.js');
const { commandFields, encodeCommand } = await import('../dist/protocols/dicom/wire/dimse-command.js');
const { encodePdu } = await import('../dist/protocols/dicom/wire/encode-pdu.js');

const root = new URL('../', import.meta.url);
const file = (path) => new URL(path, root);

function hex(bytes) {
  const lines = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.subarray(at, at + 16)];
    const text = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(
      `${at.toString(16).padStart(4, '0')}  ${row
        .map((byte) => byte.toString(16).padStart(2, '0'))
        .join(' ')
        .padEnd(47)}  ${text}`,
    );
  }
  return ['```', ...lines, '```'].join('\n');
}

const settings = {
  touch: 'anonymous',
  callingAeTitle: null,
  calledAeTitle: null,
  implementationVersionName: 'DOSIMETER_0.1.0',
  nonce: '7Q2X9A',
  responseBudget: 5000,
  sample: true,
};
const command = (fields) => ({ affectedSopClassUid: null, messageId: null, messageIdBeingRespondedTo: null, hasDataSet: false, status: null, ...fields });
const inPdu = (contextId, fields) =>
  encodePdu({ type: 'data-transfer', values: [{ contextId, isCommand: true, isLast: true, data: encodeCommand(command(fields)) }] });

const wire = [
  '### A-ASSOCIATE-RQ (touch `handshake` and above)',
  '',
  `One association that proposes ${contextNames.length} presentation contexts with two transfer syntaxes each, and a user name without a passcode. The six characters after \`DOSIMETER_\` and \`UNKNOWN-\` differ with every scan.`,
  '',
  hex(encodePdu(associateRequest(settings, contextNames, namedIdentity))),
  '',
  '| context | abstract syntax |',
  '|---|---|',
  ...contextNames.map((name) => `| ${name} | \`${abstractSyntaxes[name]}\` |`),
  '',
  '### C-ECHO-RQ (touch `anonymous`)',
  '',
  hex(inPdu(1, { commandField: commandFields['echo-request'], affectedSopClassUid: abstractSyntaxes.verification, messageId: 1 })),
  '',
  '### C-CANCEL-RQ (when the response budget is reached)',
  '',
  hex(inPdu(5, { commandField: commandFields['cancel-request'], messageIdBeingRespondedTo: 3 })),
  '',
  '### A-RELEASE-RQ (always)',
  '',
  hex(encodePdu({ type: 'release-request' })),
].join('\n');

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const links = (references) => references.map(({ id, title, url }) => `[${id}](${url}) ${title}`).join('; ');

function section(check) {
  const products = check.remedy.products.map(({ name, where, lines, rollback, note }) =>
    [`**${name}**, in ${where}:`, '', '```', ...lines, '```', `To take it back: ${rollback}${note === undefined ? '' : ` Note: ${note}`}`, ''].join('\n'),
  );
  return [
    `## ${check.id}`,
    '',
    `**${check.title}** (${check.severity})`,
    '',
    check.why,
    '',
    check.remedy.text,
    '',
    ...products,
    `Show that it is closed: \`${check.remedy.prove}\``,
    '',
    `Requirement: ${links(check.references.requirement)}  `,
    `Target: ${links(check.references.target)}  `,
    `Weakness: ${links(check.references.weakness)}`,
    '',
  ].join('\n');
}

const reference = [
  '# Checks',
  '',
  '<!-- Written by "npm run docs" from src/checks. Do not edit. -->',
  '',
  '| check | severity | what it says when it fails |',
  '|---|---|---|',
  ...checks.map((check) => `| [${check.id}](#${check.id}) | ${check.severity} | ${cell(check.title)} |`),
  '',
  ...checks.map(section),
].join('\n');

function between(path, mark, content) {
  const text = readFileSync(file(path), 'utf8');
  const [start, end] = [`<!-- ${mark}: written by "npm run docs" -->`, `<!-- end of ${mark} -->`];
  const [before, rest] = [text.slice(0, text.indexOf(start)), text.slice(text.indexOf(end))];
  return `${before}${start}\n${content}\n${rest}`;
}

const wanted = { 'docs/checks.md': reference, 'docs/safety.md': between('docs/safety.md', 'bytes', wire) };
const read = (path) => {
  try {
    return readFileSync(file(path), 'utf8');
  } catch {
    return '';
  }
};
const stale = Object.entries(wanted).filter(([path, text]) => read(path) !== text);
if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`${path} is not up to date: run "npm run docs"`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else for (const [path, text] of stale) writeFileSync(file(path), text);
