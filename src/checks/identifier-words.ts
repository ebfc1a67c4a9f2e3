/** Which attributes of a record read like a person's own, as reasons word them. Knows classes, no values. */
import type { ValueClass } from '../model/exposure.js';
import { listed } from './amount-words.js';

/** These fit thousands of people, or nobody in particular: alone they name no patient. */
const indirect: ReadonlySet<string> = new Set(['PatientSex', 'InstitutionName', 'ReferringPhysicianName']);

/** `named` is empty where none does; `isDirect`: one of them alone points at a patient. */
export function realLooking(identifiers: Readonly<Record<string, ValueClass>>): { readonly named: string; readonly isDirect: boolean } {
  const real = Object.entries(identifiers).flatMap(([keyword, valueClass]) => (valueClass === 'real-looking' ? [keyword] : []));
  const direct = real.filter((keyword) => !indirect.has(keyword));
  return { named: listed([...direct, ...real.filter((keyword) => indirect.has(keyword))]), isDirect: direct.length > 0 };
}
