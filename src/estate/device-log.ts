/** What a device of the estate was asked, in numbers, so that a test can say that nothing else was. Keeps no content. */

export interface DeviceLog {
  connections: number;
  /** A-ASSOCIATE-RQ received. */
  associations: number;
  accepted: number;
  rejected: number;
  /** DIMSE requests received, by kind. `other`: N-services and whatever is not known. */
  echo: number;
  find: number;
  cancel: number;
  store: number;
  get: number;
  move: number;
  other: number;
  /** C-FIND responses with a row, sent. */
  rows: number;
  /** How accepted associations ended: A-RELEASE-RQ or A-ABORT received, A-ABORT sent by the device, connection gone without either. */
  released: number;
  aborted: number;
  abortedByDevice: number;
  brokenOff: number;
  /** HTTP requests received. */
  requests: number;
  /** Calls of ONC RPC received. */
  calls: number;
  /** Commands of FTP and requests to an rsync daemon received. */
  commands: number;
  /** What no scan may send, in order: C-STORE, C-GET, C-MOVE, N-services; HTTP requests with a body, that change, or that fetch an image; NFS procedures that change, reads of more than 132 bytes; FTP commands that change or fetch a whole file; rsync uploads. */
  readonly violations: string[];
}

export function newDeviceLog(): DeviceLog {
  return {
    connections: 0,
    associations: 0,
    accepted: 0,
    rejected: 0,
    echo: 0,
    find: 0,
    cancel: 0,
    store: 0,
    get: 0,
    move: 0,
    other: 0,
    rows: 0,
    released: 0,
    aborted: 0,
    abortedByDevice: 0,
    brokenOff: 0,
    requests: 0,
    calls: 0,
    commands: 0,
    violations: [],
  };
}
