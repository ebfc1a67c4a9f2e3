/** The scope file's text → scope. Strict: what is not understood is refused, with its line, because a lost line may be an exclusion. Opens no file. */
import { type Touch, touchLevels } from '../model/touch.js';
import { AddressError, type HostBits, type Interval, isIpv4, networksOf, parseInterval, sizeOf } from './address.js';
import { PortsError, parsePorts } from './ports.js';
import { quote } from './quote.js';
import { rangeMap } from './range-map.js';
import { RangeSet } from './range-set.js';
import { type Exclusion, type Scope, type ScopeRange, scopeOf, type Validity } from './scope-shape.js';
import { type Day, days, isTimeZone, type TimeWindow } from './time-window.js';
import { readYaml, type YamlPlace } from './yaml-place.js';

const keys = ['authority', 'contact', 'timezone', 'valid', 'windows', 'ranges', 'exclude'] as const;
type Fields = ReadonlyMap<string, YamlPlace>;

const notPublic = new RangeSet([...networksOf('loopback'), ...networksOf('private')]);
const never = new RangeSet(networksOf('never'));

/** `name` stands in front of every error. Throws `ScopeError` as `name:line: what is wrong and what to do`. */
export function parseScope(name: string, text: string): Scope {
  const root = readYaml(name, text);
  const fields = root.fields('a scope file', keys);
  const timeZone = readTimeZone(fields);
  return scopeOf({
    name,
    authority: required(fields, root, 'authority', 'authority: "who authorised this, and where it is written"').text('authority'),
    contact: required(fields, root, 'contact', 'contact: "mail or telephone of whom to ask about this scan"').text('contact'),
    ranges: readRanges(required(fields, root, 'ranges', '"ranges:" and under it the networks that may be contacted')),
    exclude: fields.get('exclude')?.items('exclude').map(readExclusion) ?? [],
    timeZone,
    valid: readValidity(fields.get('valid')),
    windows: fields.get('windows')?.items('windows').map(readWindow) ?? [],
  });
}

function required(fields: Fields, place: YamlPlace, key: string, line: string): YamlPlace {
  return fields.get(key) ?? place.fail(`${key} is missing: add ${line}`);
}

function readTimeZone(fields: Fields): string | null {
  const place = fields.get('timezone');
  const zone = place?.text('timezone');
  if (zone !== undefined && !isTimeZone(zone)) place?.fail(`${quote(zone)} is not a time zone: write it as Europe/Berlin or UTC`);
  const needs = fields.get('windows') ?? fields.get('valid');
  if (zone === undefined && needs) needs.fail('dates and windows need a time zone: add "timezone: Europe/Berlin", or yours');
  return zone ?? null;
}

function readInterval(place: YamlPlace, what: string, hostBits: HostBits): Interval & { text: string } {
  const text = place.text(what);
  if (!/^[\d.]+(\s*-\s*[\d.]+)?$|[:/%]/.test(text)) place.fail(`${quote(text)} is a name, and names can be made to point elsewhere: write its addresses`);
  try {
    return { text, ...parseInterval(text, hostBits) };
  } catch (error) {
    if (error instanceof AddressError) place.fail(error.message);
    throw error;
  }
}

function readRanges(place: YamlPlace): readonly ScopeRange[] {
  const items = place.items('ranges');
  if (items.length === 0) place.fail('ranges is empty: name the networks that may be contacted');
  const placed = items.map((item) => ({ ...readRange(item), place: item }));
  const conflict = rangeMap(placed).conflict;
  if (conflict) {
    const later = placed.findLast((range) => conflict.includes(range));
    later?.place.fail(
      `${quote(conflict[0].text)} and ${quote(conflict[1].text)} overlap and neither lies within the other: it is not clear which counts, split them`,
    );
  }
  return placed.map(({ place: _, ...range }) => range);
}

/** A range is its address alone, or a block with touch, ports and the word that public addresses are meant. */
function readRange(item: YamlPlace): ScopeRange {
  const fields: Fields = item.isText ? new Map([['addresses', item]]) : item.fields('a range', ['addresses', 'touch', 'ports', 'public', 'note']);
  const addresses = required(fields, item, 'addresses', 'addresses: 10.20.0.0/16, or yours');
  const interval = readInterval(addresses, 'addresses', 'refused');
  fields.get('note')?.text('note');
  refuseUnfit(addresses, interval, fields.get('public')?.yesOrNo('public') ?? false);
  return { ...interval, touch: readTouch(fields.get('touch')), ports: readPorts(fields.get('ports')) };
}

/** No whole Internet: a range is at most a /8, or a /24 of IPv6; and public addresses are meant, never mistyped. */
function refuseUnfit(place: YamlPlace, range: Interval & { text: string }, isPublic: boolean): void {
  if (never.touches(range)) place.fail(`${quote(range.text)} holds multicast, reserved or unspecified addresses, which are never contacted: leave them out`);
  const ipv4 = isIpv4(range.first);
  if (sizeOf(range) > 1n << (ipv4 ? 24n : 104n))
    place.fail(`${quote(range.text)} is larger than ${ipv4 ? 'a /8' : 'a /24'}: name the networks that the authority covers`);
  if (!isPublic && !notPublic.covers(range))
    place.fail(`${quote(range.text)} holds public addresses: add "public: true" to the range if the authority covers them in writing`);
}

function readTouch(place: YamlPlace | undefined): Touch {
  if (!place) return 'anonymous';
  const text = place.text('touch');
  return touchLevels.find((level) => level === text) ?? place.fail(`${quote(text)} is not a touch: choose one of ${touchLevels.join(', ')}`);
}

function readPorts(place: YamlPlace | undefined): readonly number[] | null {
  if (!place) return null;
  try {
    return parsePorts((place.isList ? place.items('ports') : [place]).map((entry) => entry.textOrNumber('ports')).join(','));
  } catch (error) {
    if (error instanceof PortsError) place.fail(error.message);
    throw error;
  }
}

function readExclusion(item: YamlPlace): Exclusion {
  const fields: Fields = item.isText ? new Map([['addresses', item]]) : item.fields('an exclusion', ['addresses', 'why']);
  const addresses = required(fields, item, 'addresses', 'addresses: 10.20.7.31, or yours');
  return { ...readInterval(addresses, 'addresses', 'dropped'), why: fields.get('why')?.text('why') ?? null };
}

function readValidity(place: YamlPlace | undefined): Validity {
  const fields = place?.fields('valid', ['from', 'until']);
  const [from, until] = [fields?.get('from'), fields?.get('until')];
  const valid = { from: from ? readDate(from) : null, until: until ? readDate(until) : null };
  if (valid.from !== null && valid.until !== null && valid.until < valid.from) until?.fail('"until" is before "from": swap them');
  return valid;
}

function readDate(place: YamlPlace): string {
  const text = place.textOrNumber('a date');
  const moment = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  // 31 April does not parse in some engines and becomes 1 May in others
  if (Number.isNaN(moment) || new Date(moment).toISOString().slice(0, 10) !== text) place.fail(`${quote(text)} is not a date: write it as 2026-11-30`);
  return text;
}

function readWindow(item: YamlPlace): TimeWindow {
  const fields = item.fields('a window', ['days', 'from', 'to']);
  const from = readClock(required(fields, item, 'from', 'from: "22:00"'));
  const to = readClock(required(fields, item, 'to', 'to: "05:00"'));
  if (from === to || from === 1440) item.fail('a window must have a length: for the whole day write from: "00:00" and to: "24:00"');
  return { days: fields.get('days')?.items('days').map(readDay) ?? days, from, to };
}

function readDay(place: YamlPlace): Day {
  const text = place.text('a day');
  return days.find((day) => day === text.toLowerCase()) ?? place.fail(`${quote(text)} is not a day: write ${days.join(', ')}`);
}

function readClock(place: YamlPlace): number {
  const text = place.textOrNumber('a time');
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$|^24:00$/.exec(text) ?? place.fail(`${quote(text)} is not a time of day: write it as "22:00"`);
  return hours === undefined ? 1440 : Number(hours) * 60 + Number(minutes);
}
