import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultPorts, PortsError, parsePorts } from './ports.js';

describe('a list of ports', () => {
  it.each([
    ['104', [104]],
    ['11112,104', [104, 11112]],
    ['104, 11112, 4000-4002', [104, 4000, 4001, 4002, 11112]],
    ['4001,4000-4002,4001', [4000, 4001, 4002]],
    ['65535', [65535]],
    ['dicom', [104, 2761, 2762, 4242, 11112]],
    ['dicom,105,104', [104, 105, 2761, 2762, 4242, 11112]],
  ])('%s', (text, ports) => {
    expect(parsePorts(text)).toEqual(ports);
  });

  it.each([
    ['', /empty/],
    [' ', /empty/],
    ['104,', /"" is not a port/],
    ['0', /1 to 65535/],
    ['65536', /1 to 65535/],
    ['ftp', /"ftp" is not a port.*dicom or web/],
    ['constructor', /not a port/],
    ['1.5', /not a port/],
    ['-5', /not a port/],
    ['4010-4000', /backwards/],
    ['1-2-3', /not a range/],
    ['0x68', /not a port/],
  ])('%j is refused', (text, reason) => {
    expect(() => parsePorts(text)).toThrow(PortsError);
    expect(() => parsePorts(text)).toThrow(reason);
  });

  it('comes back ascending, each port once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 65535 }), { minLength: 1 }), (ports) => {
        expect(parsePorts(ports.join(','))).toEqual([...new Set(ports)].sort((a, b) => a - b));
      }),
    );
  });

  it('is short by default and reads as itself', () => {
    expect(parsePorts(defaultPorts.join(','))).toEqual(defaultPorts);
    expect(parsePorts('dicom,web,nas')).toEqual(defaultPorts);
    expect(defaultPorts.length).toBeLessThanOrEqual(20);
  });
});
