/** PDUs as other stacks send them, byte by byte, with a legend in plain words. All values are made up. */
import { describe, expect, it } from 'vitest';
import { readAttributes } from './data-set.js';
import { decodePdu } from './decode-pdu.js';
import { decodeCommand } from './dimse-command.js';
import { encodePdu } from './encode-pdu.js';
import { explicitVrLittleEndian, implicitVrLittleEndian } from './uids.js';

const limit = 131_072;

/** Words in double quotes are ASCII, everything else is hexadecimal; spaces and line ends do not count. */
function fixture(text: string): Uint8Array {
  const parts = text.match(/"[^"]*"|[0-9a-f]{2}/g) ?? [];
  return Uint8Array.from(
    parts.flatMap((part) => (part.startsWith('"') ? [...part.slice(1, -1)].map((letter) => letter.charCodeAt(0)) : [Number.parseInt(part, 16)])),
  );
}

const decode = (text: string) => {
  const bytes = fixture(text);
  const decoded = decodePdu(bytes, limit);
  expect(decoded?.consumed).toBe(bytes.length);
  return decoded?.message;
};

const zeros = (count: number) => '00 '.repeat(count);

/**
 * A-ASSOCIATE-AC as DCMTK 3.6.7 writes it.
 *   PDU type 02, reserved, length 196; protocol version 1; called and calling AE title, 16 characters each; 32 reserved bytes
 *   10 application context name
 *   21 context 1: result 0, accepted, implicit VR little endian
 *   21 context 3: result 3, abstract syntax not supported; DCMTK writes an empty transfer syntax there
 *   50 user information: 51 maximum length 16384, 52 implementation class UID, 55 implementation version name
 */
const dcmtkAccept = `
  02 00 000000c4 0001 0000 "ARCHIVE         " "DOSIMETER_ABC123" ${zeros(32)}
  10 00 0015 "1.2.840.10008.3.1.1.1"
  21 00 0019 01 00 00 00  40 00 0011 "1.2.840.10008.1.2"
  21 00 0008 03 00 03 00  40 00 0000
  50 00 003a  51 00 0004 00004000  52 00 001b "1.2.276.0.7230010.3.0.3.6.7"  55 00 000f "OFFIS_DCMTK_367"
`;

/**
 * A-ASSOCIATE-AC in the manner of dcm4che 5: more sub-items than we asked for.
 *   51 maximum length 16378
 *   52 implementation class UID
 *   53 asynchronous operations window: one invoked, one performed
 *   54 role selection for a storage class: SCU 1, SCP 0
 *   55 implementation version name
 *   56 extended negotiation of Study Root FIND: relational queries yes
 *   57 common extended negotiation, empty
 *   59 user identity response of two bytes: somebody looked at the identity
 */
const dcm4cheAccept = `
  02 00 00000109 0001 0000 "DCM4CHEE        " "DOSIMETER_ABC123" ${zeros(32)}
  10 00 0015 "1.2.840.10008.3.1.1.1"
  21 00 001b 05 00 00 00  40 00 0013 "1.2.840.10008.1.2.1"
  50 00 0089
    51 00 0004 00003ffa
    52 00 0013 "1.2.40.0.13.1.1.999"
    53 00 0004 0001 0001
    54 00 001d 0019 "1.2.840.10008.5.1.4.1.1.2" 01 00
    55 00 000d "dcm4che-5.0.0"
    56 00 0020 001b "1.2.840.10008.5.1.4.1.2.2.1" 01 00 00
    57 00 0000
    59 00 0004 0002 abcd
`;

/** A-ABORT: source 2 (service provider), reason 6 (invalid parameter value). */
const abort = '07 00 00000004 00 00 02 06';

/** A-RELEASE-RQ and A-RELEASE-RP. */
const releaseRequest = '05 00 00000004 00000000';
const releaseResponse = '06 00 00000004 00000000';

/**
 * C-FIND-RSP, pending, in implicit VR little endian; command and data set in one PDU.
 *   04 P-DATA-TF with two values, both of context 5
 *   first value, header 03: a command, the last of it
 *     (0000,0000) group length 96
 *     (0000,0002) affected SOP class: Study Root FIND, padded with NUL to 28
 *     (0000,0100) 8020H C-FIND-RSP   (0000,0120) answers message 1   (0000,0800) a data set follows
 *     (0000,0900) FF00H pending      (0000,0902) an error comment nobody asked for
 *   second value, header 02: data, the last of it
 *     (0008,0020) study date 20180304   (0008,0052) STUDY, padded   (0020,000d) study UID   (0020,1208) 12 instances
 */
const commandOfPending = `
  00000000 04000000 60000000
  00000200 1c000000 "1.2.840.10008.5.1.4.1.2.2.1" 00
  00000001 02000000 2080
  00002001 02000000 0100
  00000008 02000000 0000
  00000009 02000000 00ff
  00000209 0c000000 "only a test "
`;
const implicitRow = `
  0800 2000 08000000 "20180304"
  0800 5200 06000000 "STUDY "
  2000 0d00 0e000000 "2.25.123456789"
  2000 0812 02000000 "12"
`;
const findResponseImplicit = `04 00 000000b6  0000006e 05 03 ${commandOfPending}  00000040 05 02 ${implicitRow}`;

/**
 * The same row in explicit VR little endian, as Conquest likes it, with two things to step over:
 *   (0008,1115) SQ of undefined length with one item of undefined length, delimited by FFFE,E00D and FFFE,E0DD
 *   (0009,0010) UN with the long form of the length
 */
const explicitRow = `
  0800 2000 "DA" 0800 "20180304"
  0800 5200 "CS" 0600 "STUDY "
  0800 1511 "SQ" 0000 ffffffff  feff00e0 ffffffff  0800 1611 "UI" 0400 "1.2" 00  feff0de0 00000000  feffdde0 00000000
  0900 1000 "UN" 0000 04000000 deadbeef
  2000 0d00 "UI" 0e00 "2.25.123456789"
  2000 0812 "IS" 0200 "12"
`;

describe('A-ASSOCIATE-AC', () => {
  it('of DCMTK', () => {
    expect(decode(dcmtkAccept)).toEqual({
      type: 'associate-accept',
      calledAeTitle: 'ARCHIVE',
      callingAeTitle: 'DOSIMETER_ABC123',
      contexts: [
        { id: 1, result: 0, transferSyntax: '1.2.840.10008.1.2' },
        { id: 3, result: 3, transferSyntax: null },
      ],
      userInformation: {
        maximumLength: 16_384,
        implementationClassUid: '1.2.276.0.7230010.3.0.3.6.7',
        implementationVersionName: 'OFFIS_DCMTK_367',
        userIdentity: null,
        userIdentityAnswered: false,
      },
    });
  });

  it('is written as DCMTK writes it', () => {
    const message = decode(dcmtkAccept);
    expect(message && encodePdu(message)).toEqual(fixture(dcmtkAccept));
  });

  it('with the further sub-items of dcm4che', () => {
    expect(decode(dcm4cheAccept)).toEqual({
      type: 'associate-accept',
      calledAeTitle: 'DCM4CHEE',
      callingAeTitle: 'DOSIMETER_ABC123',
      contexts: [{ id: 5, result: 0, transferSyntax: '1.2.840.10008.1.2.1' }],
      userInformation: {
        maximumLength: 16_378,
        implementationClassUid: '1.2.40.0.13.1.1.999',
        implementationVersionName: 'dcm4che-5.0.0',
        userIdentity: null,
        userIdentityAnswered: true,
      },
    });
  });

  it('shows what a hostile peer puts into text as printable ASCII', () => {
    const bytes = fixture(dcmtkAccept.replace('"OFFIS_DCMTK_367"', '1b 5b 33 31 6d 0a 0d 00 07 ff 80 3c 62 3e 20'));
    expect(decodePdu(bytes, limit)?.message).toMatchObject({ userInformation: { implementationVersionName: '?[31m?? ???<b>' } });
  });
});

describe('A-ASSOCIATE-RJ', () => {
  /** Every row of PS3.8 table 9-21, permanent and transient, and one that nobody defined. */
  const codes = [1, 2].flatMap((result) =>
    [
      [1, 1],
      [1, 2],
      [1, 3],
      [1, 7],
      [2, 1],
      [2, 2],
      [3, 1],
      [3, 2],
      [9, 9],
    ].map(([source, reason]) => [result, source, reason] as const),
  );

  it.each(codes)('%i/%i/%i', (result, source = 0, reason = 0) => {
    const hex = [result, source, reason].map((code) => code.toString(16).padStart(2, '0')).join(' ');
    // type 03, reserved, length 4, reserved, result, source, reason
    expect(decode(`03 00 00000004 00 ${hex}`)).toEqual({ type: 'associate-reject', result, source, reason });
  });
});

describe('short PDUs', () => {
  it('A-ABORT', () => expect(decode(abort)).toEqual({ type: 'abort', source: 2, reason: 6 }));
  it('A-RELEASE-RQ', () => expect(decode(releaseRequest)).toEqual({ type: 'release-request' }));
  it('A-RELEASE-RP', () => expect(decode(releaseResponse)).toEqual({ type: 'release-response' }));
});

describe('C-FIND-RSP', () => {
  const wanted = new Set([0x00080020, 0x0020000d, 0x00201208]);
  const text = (values: ReadonlyMap<number, Uint8Array>) =>
    Object.fromEntries([...values].map(([tag, value]) => [tag.toString(16), String.fromCharCode(...value)]));
  const row = { '80020': '20180304', '20000d': '2.25.123456789', '201208': '12' };

  it('pending, in implicit VR', () => {
    const message = decode(findResponseImplicit);
    if (message?.type !== 'data-transfer') throw new Error('not a data transfer');
    const [command, data] = message.values;
    expect(message.values.map(({ contextId, isCommand, isLast }) => ({ contextId, isCommand, isLast }))).toEqual([
      { contextId: 5, isCommand: true, isLast: true },
      { contextId: 5, isCommand: false, isLast: true },
    ]);
    expect(decodeCommand(command?.data ?? new Uint8Array(0))).toEqual({
      commandField: 0x8020,
      affectedSopClassUid: '1.2.840.10008.5.1.4.1.2.2.1',
      messageId: null,
      messageIdBeingRespondedTo: 1,
      hasDataSet: true,
      status: 0xff00,
    });
    expect(text(readAttributes(data?.data ?? new Uint8Array(0), implicitVrLittleEndian, wanted))).toEqual(row);
  });

  it('the row in explicit VR, a sequence and an unknown VR stepped over', () => {
    expect(text(readAttributes(fixture(explicitRow), explicitVrLittleEndian, wanted))).toEqual(row);
  });
});
