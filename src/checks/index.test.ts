import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checks } from './index.js';

const byId = checks.map((check) => [check.id, check] as const);

describe('the list of checks', () => {
  it('holds each once', () => {
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  });

  it.each(byId)('%s lies in the file of its name, with a test beside it', (id) => {
    expect(existsSync(new URL(`${id}.ts`, import.meta.url))).toBe(true);
    expect(existsSync(new URL(`${id}.test.ts`, import.meta.url))).toBe(true);
  });

  it.each(byId)('%s cites a requirement, a target and a weakness', (_, { references }) => {
    const whole = { id: expect.stringMatching(/\S/), title: expect.stringMatching(/\S/), url: expect.stringMatching(/^https:\/\//) };
    for (const list of [references.requirement, references.target, references.weakness]) {
      expect(list.length).toBeGreaterThan(0);
      for (const reference of list) expect(reference).toEqual(whole);
    }
  });

  it.each(byId)('%s says what to set in a product, how to prove it and how to take it back', (_, { remedy }) => {
    expect(remedy.products.length).toBeGreaterThan(0);
    for (const { lines, where, rollback } of remedy.products) expect([lines.length > 0, where !== '', rollback !== '']).toEqual([true, true, true]);
    expect(remedy.prove).toMatch(/\{url\}|\{host\}.*\{port\}|^dosimeter files PATH$/);
  });

  it.each(byId)('%s names each product once for a service', (_, { remedy }) => {
    const keys = remedy.products.flatMap(({ product, services = ['any'] }) => services.map((service) => `${product} ${service}`));
    expect(new Set(keys).size).toBe(keys.length);
  });

  const forDicom = checks.filter(({ needs }) => 'dicom' in needs || 'tls' in needs).map((check) => [check.id, check] as const);
  it.each(forDicom)('%s says what to set in the three archives that hospitals and laboratories run most', (_, { remedy }) => {
    expect(remedy.products.map(({ product }) => product)).toEqual(['orthanc', 'dcmtk', 'dcm4chee-arc']);
  });

  it.each(byId)('%s claims no breach of DICOM, which demands no authentication', (_, { title, why, references }) => {
    expect(`${title} ${why}`).not.toMatch(/violat/i);
    expect(references.requirement.filter(({ id }) => id.startsWith('PS3'))).toEqual([]);
  });
});
