/** Compounds: what is asked, and every result that is read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireError } from '../../../model/wire.js';
import { takesAnything } from './any-bytes.js';
import { decodeCompound, encodeCompound, type Operation, operationNumbers } from './nfs4.js';
import { wantedAttributes } from './nfs4-attributes.js';
import { XdrWriter } from './xdr.js';

const handle = Uint8Array.of(1, 2, 3, 4, 5);
const session = new Uint8Array(16).fill(7);
const verifier = new Uint8Array(8).fill(3);

const attributes = (writer: XdrWriter): XdrWriter => {
  const values = new XdrWriter()
    .uint32(2)
    .uint64(4_096n)
    .uint64(1n)
    .uint64(2n)
    .uint32(0)
    .opaque(handle)
    .uint64(9n)
    .uint32(0o755)
    .text('1000')
    .text('100')
    .uint64(1n)
    .uint32(0);
  return writer.uint32(wantedAttributes.length, ...wantedAttributes).opaque(values.finish());
};
const read = { kind: 'folder', size: 4_096, fileSystem: '1.2', error: null, handle, fileId: '9', mode: 0o755, owner: 1_000, group: 100, modified: 1_000 };

/** Each operation with what a server says to it and what is made of that. */
const cases: readonly [Operation, (writer: XdrWriter) => XdrWriter, object][] = [
  [{ op: 'putrootfh' }, (writer) => writer, {}],
  [{ op: 'putfh', handle }, (writer) => writer, {}],
  [{ op: 'lookup', name: 'a' }, (writer) => writer, {}],
  [{ op: 'getfh' }, (writer) => writer.opaque(handle), { handle }],
  [{ op: 'getattr' }, attributes, { attributes: read }],
  [{ op: 'access', bits: 63 }, (writer) => writer.uint32(31, 3), { supported: 31, granted: 3 }],
  [
    { op: 'readdir', cookie: 0n, verifier, bytes: 4_096 },
    (writer) => attributes(writer.fixed(verifier).uint32(1).uint64(3n).text('a')).uint32(0, 1),
    { verifier, entries: [{ name: 'a', cookie: 3n, attributes: read }], isEnd: true },
  ],
  [{ op: 'read', count: 132 }, (writer) => writer.uint32(1).opaque(handle), { data: handle }],
  [
    { op: 'secinfo', name: 'a' },
    (writer) => writer.uint32(2, 1, 6).opaque(handle).uint32(0, 3),
    {
      flavours: [
        { flavour: 1, service: 0 },
        { flavour: 6, service: 3 },
      ],
    },
  ],
  [{ op: 'secinfo-no-name' }, (writer) => writer.uint32(1, 1), { flavours: [{ flavour: 1, service: 0 }] }],
  [
    { op: 'exchange-id', owner: 'a', verifier },
    (writer) => writer.uint64(5n).uint32(1, 0, 0).uint64(0n).text('owner').text('scope').uint32(1).text('domain').text('Linux 6').uint64(0n).uint32(0),
    { clientId: 5n, sequence: 1, implementation: 'Linux 6' },
  ],
  [
    { op: 'create-session', clientId: 5n, sequence: 1 },
    (writer) => writer.fixed(session).uint32(1, 0, 0, 1, 2, 3, 4, 5, 0, 0, 1, 2, 3, 4, 5, 1, 6),
    { session },
  ],
  [{ op: 'sequence', session, sequence: 1 }, (writer) => writer.fixed(session).uint32(1, 0, 0, 0, 0), {}],
  [{ op: 'destroy-session', session }, (writer) => writer, {}],
  [{ op: 'destroy-clientid', clientId: 5n }, (writer) => writer, {}],
];

const replyTo = (asked: readonly (typeof cases)[number][]): Uint8Array => {
  const writer = new XdrWriter().uint32(0).text('').uint32(asked.length);
  for (const [operation, write] of asked) {
    writer.uint32(operationNumbers[operation.op], 0);
    write(writer);
  }
  return writer.finish();
};

describe('a compound', () => {
  it.each(cases.map((each) => [each[0].op, each] as const))('%s', (_, each) => {
    const [operation, , result] = each;
    expect(decodeCompound(replyTo([each]), [operation])).toEqual({ status: 0, results: [{ op: operation.op, ...result }] });
  });

  it('is read whatever is asked together', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...cases), { maxLength: 6 }), (asked) => {
        const operations = asked.map(([operation]) => operation);
        expect(decodeCompound(replyTo(asked), operations).results.map(({ op }) => op)).toEqual(operations.map(({ op }) => op));
      }),
    );
  });

  it('ends at the operation that is refused', () => {
    const reply = new XdrWriter().uint32(2).text('').uint32(2, operationNumbers.putrootfh, 0, operationNumbers.lookup, 2).finish();
    expect(decodeCompound(reply, [{ op: 'putrootfh' }, { op: 'lookup', name: 'a' }, { op: 'getfh' }])).toEqual({ status: 2, results: [{ op: 'putrootfh' }] });
  });

  it.each<[string, readonly Operation[], XdrWriter]>([
    ['more results than operations', [], new XdrWriter().uint32(0).text('').uint32(1, operationNumbers.putrootfh, 0)],
    ['fewer results, and success', [{ op: 'putrootfh' }], new XdrWriter().uint32(0).text('').uint32(0)],
    ['another operation', [{ op: 'putrootfh' }], new XdrWriter().uint32(0).text('').uint32(1, operationNumbers.getfh, 0)],
    ['attributes that nobody asked for', [{ op: 'getattr' }], new XdrWriter().uint32(0).text('').uint32(1, operationNumbers.getattr, 0, 1, 1, 4, 0)],
    ['a bitmap of 4 GiB', [{ op: 'getattr' }], new XdrWriter().uint32(0).text('').uint32(1, operationNumbers.getattr, 0, 0xffffffff)],
  ])('%s: malformed', (_, asked, reply) => {
    expect(() => decodeCompound(reply.finish(), asked)).toThrow(WireError);
  });

  it.each(cases.map((each) => [each[0].op, each] as const))('%s takes any bytes', (_, each) => {
    takesAnything((bytes) => decodeCompound(bytes, [each[0]]), replyTo([each]));
  });

  it.each([
    ['1000', 1_000],
    ['root@hospital.example', 0],
    ['root', 0],
    ['somebody@hospital.example', null],
    ['4294967296000', null],
  ])('the owner %s is %s', (owner, number) => {
    const values = new XdrWriter().text(owner).finish();
    const reply = new XdrWriter()
      .uint32(0)
      .text('')
      .uint32(1, operationNumbers.getattr, 0, 2, 0, 1 << 4)
      .opaque(values)
      .finish();
    expect(decodeCompound(reply, [{ op: 'getattr' }]).results).toMatchObject([{ attributes: { owner: number } }]);
  });
});

describe('what is sent', () => {
  it('reads with the anonymous stateid', () => {
    const expected = new XdrWriter().uint32(0, 0, 1, 25).fixed(new Uint8Array(16)).uint64(0n).uint32(132).finish();
    expect(encodeCompound(0, [{ op: 'read', count: 132 }])).toEqual(expected);
  });

  it('is of the operations that read: no number of one that opens, locks, makes, changes or removes is known', () => {
    const changes = [6, 7, 11, 12, 17, 18, 20, 28, 29, 34, 38, 5, 35, 36, 40, 48, 59, 60, 62, 69, 71];
    expect(Object.values(operationNumbers).filter((number) => changes.includes(number))).toEqual([]);
  });

  it('every operation has its number in front', () => {
    for (const [operation] of cases) {
      const bytes = encodeCompound(1, [operation]);
      expect(new DataView(bytes.buffer).getUint32(12)).toBe(operationNumbers[operation.op]);
    }
  });
});
