/** What a probe may do with the network. The only implementation that opens sockets is `net`. */
import type { Decode } from './wire.js';

export const failureOutcomes = ['unreachable', 'refused', 'timed-out', 'closed', 'not-this-protocol', 'over-limit', 'out-of-scope', 'crashed'] as const;

/** Why a probe has no evidence. `closed`: the port opened and the peer hung up before it said anything of use. */
export type FailureOutcome = (typeof failureOutcomes)[number];

/** What a peer turned out to speak, read off its first bytes. Never the bytes themselves: banners name people and places. */
export type ServiceHint = 'dicom' | 'tls' | 'http' | 'ftp' | 'ssh' | 'smtp' | 'smb' | 'nfs' | 'rsync' | 'vnc' | 'unknown';

/** The one error that `net` throws. `alert` is the TLS alert's name (RFC 8446 section 6) when that is what ended the connection. */
export class ConnectionFailure extends Error {
  readonly outcome: FailureOutcome;
  readonly alert: string | undefined;
  /** True once the TCP connection stood: the port is open, whatever came after. */
  readonly connected: boolean;
  /** True once the peer had sent at least one byte. */
  readonly spoke: boolean;

  constructor(outcome: FailureOutcome, detail: string, more: { alert?: string | undefined; connected?: boolean; spoke?: boolean } = {}) {
    super(detail);
    this.name = 'ConnectionFailure';
    this.outcome = outcome;
    this.alert = more.alert;
    this.connected = more.connected ?? false;
    this.spoke = more.spoke ?? false;
  }
}

/** Thrown by a probe whose peer speaks something else. */
export class NotThisProtocol extends Error {
  readonly heard: ServiceHint;

  constructor(heard: ServiceHint) {
    super(`the peer speaks ${heard === 'unknown' ? 'something else' : heard}`);
    this.name = 'NotThisProtocol';
    this.heard = heard;
  }
}

export type Transport = 'plain' | 'tls';

/** What a finished TLS handshake showed. `chain` is DER, leaf first. */
export interface SecureSession {
  readonly version: string;
  readonly cipherSuite: string;
  readonly chain: readonly Uint8Array[];
}

export interface Connection {
  /** Present when the connection was opened with transport `tls`. */
  readonly secure: SecureSession | undefined;
  send(bytes: Uint8Array): Promise<void>;
  /** Waits until `decode` has a whole message. Throws `ConnectionFailure` at the deadline (milliseconds) or at a byte limit, `WireError` on malformed bytes. */
  receive<Message>(decode: Decode<Message>, options?: { withinMs?: number }): Promise<Message>;
  /**
   * Starts TLS on a connection that was opened in the clear (RFC 4217 AUTH TLS, RFC 9289 STARTTLS). The connection returned takes
   * the place of this one; on failure the connection is over. Throws `ConnectionFailure`.
   */
  startTls(): Promise<Connection>;
  /** Flushes what was sent and closes. Safe to call twice. */
  close(): void;
}

/** Where else on the same address, or from where. */
export interface Beside {
  /** A port that the peer named for data (FTP) or for a program (rpcbind). Scope is asked for it too. */
  readonly port?: number;
  /** From a source port below 1024, which some servers of NFS believe in. Throws `unreachable` where this computer may not take one. */
  readonly reservedSourcePort?: true;
  /** TLS on it resumes the session that the peer gave last on this dial: FTP servers demand it of data connections, to know whose they are. */
  readonly resumes?: boolean;
}

/** Handed to a probe; bound to one endpoint, its limits, its exclusions and its recording. */
export interface Dial {
  open(transport: Transport, beside?: Beside): Promise<Connection>;
  /** Waits, for a peer that asked to be tried later. Replays do not wait. */
  pause(ms: number): Promise<void>;
}

/** Counted per probe, shown in the report: what the scan cost the device. */
export interface Traffic {
  connections: number;
  /** Requests, associations, hellos: each is sent in one piece. */
  messagesSent: number;
  bytesSent: number;
  bytesReceived: number;
}
