/** DIMSE responses → PDUs that are no longer than the requestor allows (PS3.7 section 9.3, PS3.8 annex E). Opens no sockets. */
import { commandFields, type DimseCommand, encodeCommand } from '../protocols/dicom/wire/dimse-command.js';
import { encodePdu } from '../protocols/dicom/wire/encode-pdu.js';

export interface ResponseTo {
  readonly request: DimseCommand;
  readonly contextId: number;
  /** Longest PDU body that the requestor takes, bytes; 0 means any. */
  readonly maximumLength: number;
}

/** Length and header of a presentation data value, PS3.8 section 9.3.5.1. */
const valueHead = 6;
/** For a requestor without a limit, and for one whose limit leaves no room. */
const usualLength = 16_384;

/** One response, with the data set of a row where there is one. */
export function response(to: ResponseTo, status: number, dataSet?: Uint8Array): Uint8Array {
  const command: DimseCommand = {
    commandField: to.request.commandField | (commandFields['echo-response'] & 0x8000),
    affectedSopClassUid: to.request.affectedSopClassUid,
    messageId: null,
    messageIdBeingRespondedTo: to.request.messageId,
    hasDataSet: dataSet !== undefined,
    status,
  };
  const parts = [...fragments(to, encodeCommand(command), true), ...(dataSet ? fragments(to, dataSet, false) : [])];
  return Buffer.concat(parts);
}

/** Fragments are of even length, as some toolkits insist (PS3.8 annex E.1 asks it of the whole only). */
function fragments({ contextId, maximumLength }: ResponseTo, whole: Uint8Array, isCommand: boolean): readonly Uint8Array[] {
  const room = (maximumLength >= 128 ? maximumLength : usualLength) - valueHead;
  const size = room - (room % 2);
  const count = Math.max(1, Math.ceil(whole.length / size));
  return Array.from({ length: count }, (_, nth) => {
    const data = whole.subarray(nth * size, (nth + 1) * size);
    return encodePdu({ type: 'data-transfer', values: [{ contextId, isCommand, isLast: nth === count - 1, data }] });
  });
}
