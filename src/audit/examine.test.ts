import { describe, expect, it } from 'vitest';
import { ConnectionFailure, NotThisProtocol, type Transport } from '../model/connection.js';
import { evidenceKind } from '../model/evidence.js';
import { type AnyProbe, defineProbe, type ProbeSettings } from '../model/probe.js';
import type { Touch } from '../model/touch.js';
import { examine } from './examine.js';

const endpoint = { host: '127.0.0.9', address: '127.0.0.9', port: 104 };
const silent = () => new ConnectionFailure('timed-out', 'no answer', { connected: true });
const closed = () => new ConnectionFailure('closed', 'closed', { connected: true });

type Behaviour = Readonly<Partial<Record<`${string} ${Transport}`, Error>>>;

/** A device is what each probe meets on it; what is not named answers. Notes what was asked, with which patience. */
function examined(behaviour: Behaviour, touch: Touch = 'anonymous', port = 104) {
  const asked: string[] = [];
  let patienceNow = 1;
  const probe = (id: string, ports: readonly number[] = [], tried: AnyProbe['tried'] = 'anywhere'): AnyProbe =>
    defineProbe({
      id,
      produces: evidenceKind(id, 1),
      ports,
      tried,
      touch: 'handshake',
      transports: ['plain', 'tls'],
      async run({ transport }) {
        asked.push(`${id} ${transport}${patienceNow === 1 ? '' : ` x${patienceNow}`}`);
        const error = behaviour[`${id} ${transport}`];
        if (error) throw error;
        return {};
      },
    });
  const instruments = { services: [probe('http', [80]), probe('dicom', [104]), probe('ftp', [21], 'own-ports')], port: probe('port'), tls: probe('tls') };
  const context = {
    now: () => 0,
    dial: (_target: unknown, _traffic: unknown, patience: number) => {
      patienceNow = patience;
      return { open: () => Promise.reject(new Error('not dialled here')), pause: async () => undefined };
    },
  };
  return examine({ ...endpoint, port }, { touch } as ProbeSettings, instruments, context).then((observations) => ({
    asked,
    outcomes: observations.map((observation) => observation.outcome),
  }));
}

describe('examine', () => {
  it('asks the likeliest service for the port first, and stops when it answers', async () => {
    expect(await examined({})).toEqual({ asked: ['dicom plain'], outcomes: ['observed'] });
  });

  it('asks the next service where something else speaks', async () => {
    expect((await examined({ 'dicom plain': new NotThisProtocol('http') })).asked).toEqual(['dicom plain', 'http plain']);
  });

  it('looks inside TLS where a peer hangs up on plain requests', async () => {
    expect((await examined({ 'dicom plain': closed(), 'http plain': closed() })).asked).toEqual(['dicom plain', 'http plain', 'tls plain', 'dicom tls']);
  });

  it('asks a service off its own ports only where a greeting named it', async () => {
    expect((await examined({ 'dicom plain': new NotThisProtocol('ftp') })).asked).toEqual(['dicom plain', 'ftp plain']);
    expect(
      (await examined({ 'http plain': new NotThisProtocol('unknown'), 'dicom plain': new NotThisProtocol('unknown') }, 'anonymous', 80)).asked,
    ).not.toContain('ftp plain');
  });

  it('asks every service on a port that is nobody’s', async () => {
    const wrong = new NotThisProtocol('unknown');
    expect((await examined({ 'http plain': wrong, 'dicom plain': wrong }, 'anonymous', 4444)).asked).toEqual(['http plain', 'dicom plain', 'ftp plain']);
  });

  it('leaves a closed port alone', async () => {
    expect(await examined({ 'dicom plain': new ConnectionFailure('refused', 'closed') })).toEqual({ asked: ['dicom plain'], outcomes: ['refused'] });
  });

  it('leaves a peer alone that speaks something known', async () => {
    expect((await examined({ 'dicom plain': new NotThisProtocol('ssh'), 'http plain': new NotThisProtocol('ssh') })).asked).toEqual([
      'dicom plain',
      'http plain',
    ]);
  });

  it('asks a silent port for TLS with a quarter of the patience, and nothing else', async () => {
    expect(await examined({ 'dicom plain': silent(), 'tls plain': silent() })).toEqual({
      asked: ['dicom plain', 'tls plain x0.25'],
      outcomes: ['timed-out', 'timed-out'],
    });
  });

  it('asks a peer that waited for a line of text in its own language, once the hello showed which that is', async () => {
    expect((await examined({ 'dicom plain': silent(), 'tls plain': new NotThisProtocol('http') })).asked).toEqual([
      'dicom plain',
      'tls plain x0.25',
      'http plain',
    ]);
    expect((await examined({ 'dicom plain': silent(), 'tls plain': new NotThisProtocol('smtp') })).asked).toEqual(['dicom plain', 'tls plain x0.25']);
  });

  it('asks nobody twice', async () => {
    const hangsUp = { 'dicom plain': closed(), 'http plain': closed(), 'tls plain': new NotThisProtocol('http') };
    expect((await examined(hangsUp)).asked).toEqual(['dicom plain', 'http plain', 'tls plain']);
  });

  it('only opens the port at touch connect', async () => {
    expect((await examined({}, 'connect')).asked).toEqual(['port plain']);
  });
});
