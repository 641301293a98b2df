import { dayAfter, daysBetween } from './days';

/** The weekday as a number: Monday is 1, Sunday 7. */
export function isoWeekday(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** The Monday of the week a day lies in. */
export function mondayOf(day: string): string {
  return dayAfter(day, 1 - isoWeekday(day));
}

/** The number of the week a day lies in (ISO 8601): week 1 has the year's first Thursday. */
export function isoWeek(day: string): number {
  const thursday = dayAfter(mondayOf(day), 3);
  const first = `${thursday.slice(0, 4)}-01-01`;
  return Math.floor(daysFrom(first, thursday) / 7) + 1;
}

/** The seven days of the week a day lies in. */
export function weekOf(day: string): string[] {
  const monday = mondayOf(day);
  return daysBetween(monday, dayAfter(monday, 6));
}

/** Whole weeks that hold the month a day lies in. */
export function weeksOfMonth(day: string): string[][] {
  const month = day.slice(0, 7);
  const weeks: string[][] = [];
  for (let monday = mondayOf(`${month}-01`); ; monday = dayAfter(monday, 7)) {
    if (weeks.length > 0 && monday.slice(0, 7) !== month) return weeks;
    weeks.push(weekOf(monday));
  }
}

/** The same day so many months on, or the last of that month where it has no such day. */
export function monthAfter(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + count, 0));
  last.setUTCDate(Math.min(date, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}

function daysFrom(first: string, last: string): number {
  return Math.round((Date.parse(`${last}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / 86400e3);
}
