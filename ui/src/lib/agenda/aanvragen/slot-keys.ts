import type { CareSlot, ChildId, ChildSlots, Expected, SlotRef } from '$lib/bindings';

/** Slots that were chosen, each named by its child and when it begins. */
export type SlotKeys = ReadonlySet<string>;

/** No slot at all. */
export const NO_SLOTS: SlotKeys = new Set();

/** What a slot is chosen by: the portal gives it no identity. */
export const slotKey = (child: ChildId, { startsAt }: Pick<SlotRef, 'startsAt'>) =>
  `${child} ${Date.parse(startsAt)}`;

/** The keys of slots that were named to the portal before. */
export const keysOf = (lines: ChildSlots[]): SlotKeys =>
  new Set(lines.flatMap(({ child, slots }) => slots.map((slot) => slotKey(child, slot))));

/** The chosen slots as the portal is told of them, child by child. */
export function chosenSlots(expected: Expected[], chosen: SlotKeys): ChildSlots[] {
  return expected
    .map(({ child, slots }) => ({
      child: child.id,
      slots: slots.filter((slot) => chosen.has(slotKey(child.id, slot))).map(refOf),
    }))
    .filter(({ slots }) => slots.length > 0);
}

/** With some slots chosen more, or no longer. */
export function toggled(chosen: SlotKeys, keys: string[], on: boolean): SlotKeys {
  const after = new Set(chosen);
  for (const key of keys) {
    if (on) after.add(key);
    else after.delete(key);
  }
  return after;
}

const refOf = ({ day, startsAt, endsAt }: CareSlot): SlotRef => ({ day, startsAt, endsAt });
