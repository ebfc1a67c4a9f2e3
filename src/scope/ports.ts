/** Port lists: which are asked by default, and `--ports`. */
import { quote } from './quote.js';

/**
 * Short lists, because each port costs each device a connection; others are one `--ports` away.
 * `dicom`: 104 and 11112 (IANA acr-nema, dicom), 2761 (ISCL) and 2762 (TLS), all four recommended by PS3.8 section 9.1.1 or PS3.15 annex B; 4242 is
 * Orthanc's. `web`: 80 and 443; 8042 (Orthanc), 8080 and 8443 (dcm4chee-arc, Tomcat), 3000 (viewers), 5000 and 5001 (Synology), 8000, 8088 and 9090.
 * `nas`: 21 (FTP), 445 (SMB), 873 (rsync), 2049 (NFS).
 */
export const portGroups: Readonly<Record<string, readonly number[]>> = {
  dicom: [104, 2761, 2762, 4242, 11112],
  web: [80, 443, 3000, 5000, 5001, 8000, 8042, 8080, 8088, 8443, 9090],
  nas: [21, 445, 873, 2049],
};

const ascending = (ports: readonly number[]): readonly number[] => [...new Set(ports)].sort((a, b) => a - b);

/** Asked where the user names none. */
export const defaultPorts: readonly number[] = ascending(Object.values(portGroups).flat());

/** A port list that cannot be read; one line. */
export class PortsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PortsError';
  }
}

export const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65535;

function portNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text) || !isPort(Number(text)))
    throw new PortsError(
      `${quote(text)} is not a port: ports are 1 to 65535, as in 104,11112,4000-4010, or ${Object.keys(portGroups).join(' or ')} for the usual ones`,
    );
  return Number(text);
}

function portsOf(part: string): readonly number[] {
  const group = Object.hasOwn(portGroups, part) ? portGroups[part] : undefined;
  if (group) return group;
  const [from = '', to, more] = part.split('-').map((piece) => piece.trim());
  if (more !== undefined) throw new PortsError(`${quote(part)} is not a range of ports: write it as 4000-4010`);
  const first = portNumber(from);
  const last = to === undefined ? first : portNumber(to);
  if (last < first) throw new PortsError(`${quote(part)} runs backwards: write the lower port first`);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** `dicom,8080,4000-4010` → ascending, each once. Throws `PortsError`. */
export function parsePorts(text: string): readonly number[] {
  if (text.trim() === '') throw new PortsError('the list of ports is empty: write it as 104,11112,4000-4010');
  return ascending(text.split(',').flatMap((part) => portsOf(part.trim())));
}
