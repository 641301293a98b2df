import type { CareSlot, DayMark } from '$lib/bindings';
import { nurseryTime } from '$lib/language/days';
import * as m from '$lib/paraglide/messages';

/** "08:00 – 18:00", on the clock at the nursery. */
export function slotTimes({ startsAt, endsAt }: Pick<CareSlot, 'startsAt' | 'endsAt'>): string {
  return `${nurseryTime(startsAt)} – ${nurseryTime(endsAt)}`;
}

/** What is to be known about a slot beyond its times; nothing when the child simply comes. */
export function slotStatus({ attendance, extraInfo, toConfirm }: CareSlot): string | null {
  if (attendance === 'absent') return m.agenda_absent();
  if (attendance === 'tentative') return extraInfo ?? m.agenda_tentative();
  if (attendance === 'unknown') return extraInfo ?? m.agenda_unknown();
  return toConfirm ? m.agenda_to_confirm() : extraInfo;
}

/** Where a slot comes from. */
export function slotKind({ kind }: CareSlot): string | null {
  if (kind === null) return null;
  const words = { contract: m.agenda_contract, extra: m.agenda_extra, swap: m.agenda_swap };
  return words[kind]();
}

/** What is special about a day: "Gesloten: Koningsdag", "Herfstvakantie". */
export function markWords(mark: DayMark | null): string[] {
  if (!mark) return [];
  const closed = mark.closed ? [m.agenda_closed({ reason: mark.closed })] : [];
  return mark.schoolHoliday ? [...closed, mark.schoolHoliday] : closed;
}
