import type { CareSlot, RhythmMoment, TodayAsked } from '$lib/bindings';
import { names } from '$lib/language/amounts';
import { cardDay, nurseryDay, nurseryTime } from '$lib/language/days';
import * as m from '$lib/paraglide/messages';
import { slotStatus } from './slot-words';

// The clock of a day rhythm is that of the nursery already.
const clock = (time: string) => time.slice(0, 5);

/** "laatste fles 15:05 (130 cc)". */
export function bottleWords({ start, entries }: RhythmMoment): string {
  const [drunk] = entries;
  const time = start ? clock(start) : '';
  return drunk ? m.today_bottle_with({ time, amount: drunk }) : m.today_bottle({ time });
}

/** "geslapen 13:30 – 14:15", "slaapt sinds 13:30". */
export function sleepWords({ start, end }: RhythmMoment): string {
  const from = start ? clock(start) : '';
  return end ? m.today_slept({ from, until: clock(end) }) : m.today_sleeps({ from });
}

/** "De afwezigheid van Noortje kun je annuleren tot vr 27 nov 08:00". */
export function cancelEnds(
  { kind, childNames, until }: Extract<TodayAsked, { what: 'cancelEnds' }>,
  now: Date,
): string {
  const end = new Date(until);
  const told = {
    names: names(childNames),
    until: `${cardDay(nurseryDay(end), now)} ${nurseryTime(until)}`,
  };
  if (kind === 'absence') return m.today_cancel_absence(told);
  return kind === 'swap' ? m.today_cancel_swap(told) : m.today_cancel_extra(told);
}

/** Morning and afternoon as one stay, where a child simply goes on: what counts is until when. */
export function joined(slots: CareSlot[]): CareSlot[] {
  const stays: CareSlot[] = [];
  for (const slot of slots) {
    const before = stays.findIndex((stay) => goesOn(stay, slot));
    const stay = stays[before];
    if (stay) stays[before] = { ...stay, endsAt: slot.endsAt };
    else stays.push(slot);
  }
  return stays;
}

const goesOn = (stay: CareSlot, slot: CareSlot) =>
  stay.child === slot.child &&
  stay.endsAt === slot.startsAt &&
  stay.group === slot.group &&
  stay.attendance === slot.attendance &&
  slotStatus(stay) === slotStatus(slot);
