import type { CareLocation, OpeningHours } from '$lib/bindings';
import { dayAfter, weekdayOf } from '$lib/language/days';

const A_MONDAY = '2024-01-01';

export const weekdayName = (weekday: number) => weekdayOf(dayAfter(A_MONDAY, weekday - 1), 'long');

export interface HoursLine {
  first: number;
  last: number;
  hours: string[];
}

/** The week in lines, days that follow each other with the same hours on one. */
export function weekOf(opening: OpeningHours[]): HoursLine[] {
  const lines: HoursLine[] = [];
  for (let weekday = 1; weekday <= 7; weekday += 1) {
    const hours = opening
      .filter((one) => one.weekday === weekday)
      .map(({ opens, closes }) => `${opens} – ${closes}`);
    const before = lines.at(-1);
    if (before && before.hours.join() === hours.join()) before.last = weekday;
    else lines.push({ first: weekday, last: weekday, hours });
  }
  return lines;
}

export const routeLink = ({ street, town }: CareLocation) =>
  `https://www.openstreetmap.org/directions?to=${encodeURIComponent(`${street}, ${town}`)}`;
