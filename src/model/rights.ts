/**
 * `yes`: the operation itself was granted, without effect. `negotiated`: only the capability was offered.
 * `no`: refused. `unknown`: not asked, or not answered.
 */
export type Right = 'yes' | 'negotiated' | 'no' | 'unknown';

/** What a caller without any credentials may do. */
export interface Rights {
  readonly read: Right;
  readonly create: Right;
  readonly edit: Right;
  readonly delete: Right;
}

export const unknownRights: Rights = { read: 'unknown', create: 'unknown', edit: 'unknown', delete: 'unknown' };
export const rightNames = ['read', 'create', 'edit', 'delete'] as const satisfies readonly (keyof Rights)[];

/** For each right, in our words, what was seen that it rests on: `C-FIND with a key that matches nothing was answered 0000H`. */
export type RightsFrom = { readonly [Name in keyof Rights]: readonly string[] };

/** One of the ways into an endpoint (an interface, a share): what it grants, and what that is read off. */
export interface DoorRights {
  /** `share 2`; empty where the grounds name the door. */
  readonly door: string;
  readonly rights: Rights;
  readonly from: { readonly [Name in keyof Rights]: string };
}

/** From the most generous on. What one door refuses and another keeps silent about is not known: `no` is said only where every door says it. */
const rank: readonly Right[] = ['yes', 'negotiated', 'unknown', 'no'];

/** What a caller may do who can choose the door. No door: nothing is known. */
export function widestRights(doors: readonly Rights[]): Rights {
  const of = (name: keyof Rights): Right => rank.find((right) => doors.some((rights) => rights[name] === right)) ?? 'unknown';
  return { read: of('read'), create: of('create'), edit: of('edit'), delete: of('delete') };
}

/** Grounds that one right is shown with. */
const mostGrounds = 4;

/** What `widestRights` of the same doors rests on: the grounds of the doors that decided, equal ones once. */
export function groundsOf(doors: readonly DoorRights[]): RightsFrom {
  const widest = widestRights(doors.map(({ rights }) => rights));
  const of = (name: keyof Rights): readonly string[] => {
    const deciding = doors.filter(({ rights }) => rights[name] === widest[name]);
    const byText = new Map<string, string[]>();
    for (const { door, from } of deciding) byText.set(from[name], [...(byText.get(from[name]) ?? []), door]);
    const texts = [...byText].map(([text, names]) => (doors.length === 1 || names[0] === '' ? text : `${placesIn(names)}: ${text}`));
    return texts.length <= mostGrounds ? texts : [...texts.slice(0, mostGrounds - 1), `and ${texts.length - mostGrounds + 1} more`];
  };
  return { read: of('read'), create: of('create'), edit: of('edit'), delete: of('delete') };
}

const placesIn = (names: readonly string[]): string => (names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`);
