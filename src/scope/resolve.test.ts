import { describe, expect, it } from 'vitest';
import { resolveTargets } from './resolve.js';
import { TargetError } from './target.js';

const zone: Record<string, string[]> = {
  'pacs.example.org': ['10.0.0.5', '2001:db8::5'],
  'alias.example.org': ['10.0.0.5'],
  'mapped.example.org': ['::ffff:10.0.0.6', '10.0.0.6'],
  'zoned.example.org': ['fe80::1%eth0'],
};

/** A name server that counts. */
function names() {
  const asked: string[] = [];
  const lookup = (name: string): Promise<readonly string[]> => {
    asked.push(name);
    const found = zone[name];
    return found ? Promise.resolve(found) : Promise.reject(new Error('ENOTFOUND'));
  };
  return { asked, lookup };
}

const walk = async (...texts: string[]) =>
  (await resolveTargets(texts, names().lookup)).map((target) => ({ host: target.hostName, ports: target.ports, addresses: [...target.addresses()] }));

describe('resolving targets', () => {
  it('keeps the order, the names and the ports that were given', async () => {
    expect(await walk('10.0.0.0/31', 'pacs.example.org:104', '[::1]:4242')).toEqual([
      { host: null, ports: null, addresses: ['10.0.0.0', '10.0.0.1'] },
      { host: 'pacs.example.org', ports: [104], addresses: ['10.0.0.5', '2001:db8::5'] },
      { host: null, ports: [4242], addresses: ['::1'] },
    ]);
  });

  it('asks for each name once', async () => {
    const { asked, lookup } = names();
    const targets = await resolveTargets(['pacs.example.org', 'PACS.example.org:104', '10.0.0.1'], lookup);
    for (const target of targets) [...target.addresses(), ...target.addresses()];
    expect(asked).toEqual(['pacs.example.org']);
  });

  it('reads every target before it asks for a name', async () => {
    const { asked, lookup } = names();
    await expect(resolveTargets(['pacs.example.org', '10.0.0.999'], lookup)).rejects.toThrow(TargetError);
    expect(asked).toEqual([]);
  });

  it('gives an IPv4-mapped answer as the IPv4 address it is', async () => {
    expect(await walk('mapped.example.org')).toEqual([{ host: 'mapped.example.org', ports: null, addresses: ['10.0.0.6'] }]);
  });

  it.each(['nowhere.example.org', 'zoned.example.org'])('%s cannot be resolved', async (name) => {
    await expect(walk(name)).rejects.toThrow(new TargetError(`cannot resolve "${name}": check the name`));
  });

  it('gives one device once, under its name', async () => {
    const addresses = (await walk('10.0.0.4-6', 'pacs.example.org', 'alias.example.org', '10.0.0.5', '10.0.0.6', '10.0.0.0/29', '10.0.0.5:104')).map(
      (target) => target.addresses,
    );
    expect(addresses).toEqual([
      ['10.0.0.4', '10.0.0.6'],
      ['10.0.0.5', '2001:db8::5'],
      [],
      [],
      [],
      ['10.0.0.0', '10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.7'],
      ['10.0.0.5'],
    ]);
  });

  it('says which target is a network', async () => {
    const targets = await resolveTargets(['10.0.0.0/30', '10.0.0.9', '10.0.0.8/32', 'pacs.example.org'], names().lookup);
    expect(targets.map((target) => target.isNetwork)).toEqual([true, false, false, false]);
  });

  it('makes no list of a large network', async () => {
    const [target] = await resolveTargets(['2001:db8::/96'], names().lookup);
    const walkOnce = target?.addresses()[Symbol.iterator]();
    expect([walkOnce?.next().value, walkOnce?.next().value]).toEqual(['2001:db8::', '2001:db8::1']);
  });
});
