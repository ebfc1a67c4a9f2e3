/** Runs the DICOM probe against a scripted peer, with limits small enough for tests. */
import type { Dial, Traffic } from '../../src/model/connection.js';
import type { ProbeSettings } from '../../src/model/probe.js';
import { createDial, StopSwitch } from '../../src/net/dial.js';
import type { DialLimits } from '../../src/net/limits.js';
import type { DicomEvidence } from '../../src/protocols/dicom/evidence.js';
import { dicomProbe } from '../../src/protocols/dicom/probe.js';
import { type Archive, archiveScript } from './scripted-archive.js';
import { type Script, type ScriptedPeer, scriptedPeer } from './scripted-peer.js';

export const patientLimits: DialLimits = { connectMs: 5_000, answerMs: 5_000, totalMs: 10_000, receiveBytes: 8 * 1024 * 1024 };

export const strangerSettings: ProbeSettings = {
  touch: 'anonymous',
  callingAeTitle: null,
  calledAeTitle: null,
  implementationVersionName: 'DOSIMETER_TEST',
  nonce: 'ABC123',
  responseBudget: 100,
  entryBudget: 5_000,
  seed: 1,
  sample: true,
};

export const noTraffic = (): Traffic => ({ connections: 0, messagesSent: 0, bytesSent: 0, bytesReceived: 0 });

/** A dial to the peer that does not wait between two tries. */
export function dialTo(peer: ScriptedPeer, limits: DialLimits = patientLimits, traffic: Traffic = noTraffic()): Dial {
  const dial = createDial(peer.endpoint, { permit: () => undefined, limits, stop: new StopSwitch() }, traffic);
  return { ...dial, pause: async () => undefined };
}

export interface Probed {
  readonly evidence: DicomEvidence;
  readonly peer: ScriptedPeer;
}

/** Evidence of one probe; every socket is closed before this returns. */
export async function probeScript(script: Script, settings: Partial<ProbeSettings> = {}, limits: DialLimits = patientLimits): Promise<Probed> {
  const peer = await scriptedPeer(script);
  try {
    const target = { endpoint: peer.endpoint, transport: 'plain' as const, settings: { ...strangerSettings, ...settings } };
    const evidence = await dicomProbe.run(target, dialTo(peer, limits));
    await peer.allClosed();
    return { evidence, peer };
  } finally {
    await peer.stop();
  }
}

export const probeArchive = (archive: Archive, settings: Partial<ProbeSettings> = {}, limits: DialLimits = patientLimits): Promise<Probed> =>
  probeScript(archiveScript(archive), settings, limits);
