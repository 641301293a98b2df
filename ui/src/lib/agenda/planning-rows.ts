import type { AgendaDay } from '$lib/bindings';
import { mondayOf } from '$lib/language/weeks';

/** A day in the list, and the Monday of its week when it is the first of that week. */
export interface PlanningRow {
  day: AgendaDay;
  week: string | null;
}

/** The days worth a row: something is planned, the organisation is closed, or it is today. */
export function planningRows(days: AgendaDay[], today: string): PlanningRow[] {
  const worth = days.filter(
    ({ day, slots, mark }) => slots.length > 0 || mark?.closed || day === today,
  );
  if (!worth.some(({ day }) => day === today)) {
    worth.push({ day: today, mark: null, slots: [] });
    worth.sort((a, b) => a.day.localeCompare(b.day));
  }
  let before = '';
  return worth.map((day) => {
    const monday = mondayOf(day.day);
    const week = monday === before ? null : monday;
    before = monday;
    return { day, week };
  });
}
