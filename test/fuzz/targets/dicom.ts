/** DICOM: PDUs, commands and data sets. */
import { readAttributes } from '../../../src/protocols/dicom/wire/data-set.js';
import { decodePdu } from '../../../src/protocols/dicom/wire/decode-pdu.js';
import { decodeCommand } from '../../../src/protocols/dicom/wire/dimse-command.js';
import { explicitVrLittleEndian, implicitVrLittleEndian } from '../../../src/protocols/dicom/wire/uids.js';
import { heard, streamed, type Target, whole } from '../target.js';

const values = (isCommand: boolean): readonly Uint8Array[] =>
  heard('dicom').flatMap((bytes) => {
    const pdu = decodePdu(bytes, 1_000_000)?.message;
    return pdu?.type === 'data-transfer' ? pdu.values.filter((value) => value.isCommand === isCommand).map(({ data }) => data) : [];
  });
const wanted = new Set([0x0020_000d, 0x0010_0010, 0x0008_0020]);

export const dicomTargets: readonly Target[] = [
  streamed(
    'dicom/decode-pdu.decodePdu',
    () => heard('dicom'),
    (bytes) => decodePdu(bytes, 131_072),
  ),
  whole('dicom/dimse-command.decodeCommand', () => values(true), decodeCommand),
  ...[implicitVrLittleEndian, explicitVrLittleEndian].map((syntax) =>
    whole(
      `dicom/data-set.readAttributes ${syntax}`,
      () => values(false),
      (bytes) => readAttributes(bytes, syntax, wanted),
    ),
  ),
];
