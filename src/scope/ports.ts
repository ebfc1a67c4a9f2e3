/** Port lists: which are asked by default, and `--ports`. */
import { quote } from './quote.js';

/**
 * Asked where the user names none. Short, because each port costs each device a connection: 104 and 11112 (IANA acr-nema, dicom), 2761 (ISCL) and
 * 2762 (TLS), all four recommended by PS3.8 section 9.1.1 or PS3.15 annex B; 4242 is Orthanc's default. Others are one `--ports` away.
 */
export const defaultDicomPorts: readonly number[] = [104, 2761, 2762, 4242, 11112];

/** A port list that cannot be read; one line. */
export class PortsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PortsError';
  }
}

export const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65535;

function portNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text) || !isPort(Number(text))) throw new PortsError(`${quote(text)} is not a port: ports are 1 to 65535, as in 104,11112,4000-4010`);
  return Number(text);
}

function portsOf(part: string): number[] {
  const [from = '', to, more] = part.split('-').map((piece) => piece.trim());
  if (more !== undefined) throw new PortsError(`${quote(part)} is not a range of ports: write it as 4000-4010`);
  const first = portNumber(from);
  const last = to === undefined ? first : portNumber(to);
  if (last < first) throw new PortsError(`${quote(part)} runs backwards: write the lower port first`);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** `104,11112,4000-4010` → ascending, each once. Throws `PortsError`. */
export function parsePorts(text: string): readonly number[] {
  if (text.trim() === '') throw new PortsError('the list of ports is empty: write it as 104,11112,4000-4010');
  return [...new Set(text.split(',').flatMap((part) => portsOf(part.trim())))].sort((a, b) => a - b);
}
