import * as m from '$lib/paraglide/messages';
import { spoken } from './language.svelte';

const NURSERY = 'Europe/Amsterdam';

/** The calendar day it is at the nursery, as `YYYY-MM-DD`. */
export function nurseryDay(now: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: NURSERY }).format(now);
}

/** The day before a `YYYY-MM-DD`, by the calendar and not by hours. */
export function dayBefore(day: string): string {
  const date = calendar(day);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

/** So many days after a `YYYY-MM-DD`; before it when less than none. */
export function dayAfter(day: string, count: number): string {
  const date = calendar(day);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** Every day from the first to the last, both included. */
export function daysBetween(from: string, until: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= until; day = dayAfter(day, 1)) days.push(day);
  return days;
}

// A day has no clock time. Midnight in UTC, shown in UTC, keeps it the same day everywhere.
function calendar(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

function format(day: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(spoken.tag, { ...options, timeZone: 'UTC' }).format(calendar(day));
}

/** "dinsdag 14 maart 2026". */
export function longDay(day: string): string {
  const whole = format(day, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  return whole.replace(',', '');
}

/** "14 maart 2026". */
export function shortDay(day: string): string {
  return format(day, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** "di 24 nov": a day in as few words as fit on a card, with the year when it is another one. */
export function cardDay(day: string, now: Date): string {
  const sameYear = nurseryDay(now).slice(0, 4) === day.slice(0, 4);
  const year = sameYear ? {} : { year: 'numeric' as const };
  return format(day, { weekday: 'short', day: 'numeric', month: 'short', ...year }).replace(
    /[.,]/g,
    '',
  );
}

/** "november 2026". */
export function monthOf(day: string): string {
  return format(day, { month: 'long', year: 'numeric' });
}

/** "ma", and whole: "maandag". */
export function weekdayOf(day: string, length: 'short' | 'long' = 'short'): string {
  return format(day, { weekday: length }).replace('.', '');
}

/** "Vandaag", "Gisteren", or the whole day. */
export function dayHeading(day: string, now: Date): string {
  const today = nurseryDay(now);
  if (day === today) return m.today();
  if (day === dayBefore(today)) return m.yesterday();
  return longDay(day);
}

/** A day in the pieces that stand in the margin: "14", "mrt", "dinsdag". */
export function marginDay(day: string, now: Date) {
  const thisYear = nurseryDay(now).slice(0, 4) === day.slice(0, 4);
  return {
    number: format(day, { day: 'numeric' }),
    month: format(day, { month: 'short' }).replace('.', ''),
    year: thisYear ? null : day.slice(0, 4),
    weekday: format(day, { weekday: 'long' }),
  };
}

/** "14:32", on the clock where the parent is. */
export function localTime(instant: string): string {
  return new Intl.DateTimeFormat(spoken.tag, { hour: '2-digit', minute: '2-digit' }).format(
    new Date(instant),
  );
}

/** "08:00", on the clock at the nursery: when somebody is brought does not move with the parent. */
export function nurseryTime(instant: string): string {
  return new Intl.DateTimeFormat(spoken.tag, {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: NURSERY,
  }).format(new Date(instant));
}

function localDay(instant: Date): string {
  return new Intl.DateTimeFormat('sv-SE').format(instant);
}

/** When something happened, as the tail of a sentence: "om 14:32", "gisteren 18:05". */
export function moment(instant: string, now: Date): string {
  const day = localDay(new Date(instant));
  const today = localDay(now);
  const time = localTime(instant);
  if (day === today) return m.when_today({ time });
  if (day === dayBefore(today)) return m.when_yesterday({ time });
  return m.when_date({ date: shortDay(day), time });
}

/** How old a conversation is, in as few words as fit in a list: "14:32", "Gisteren", "12 mrt". */
export function briefMoment(instant: string, now: Date): string {
  const day = localDay(new Date(instant));
  const today = localDay(now);
  if (day === today) return localTime(instant);
  if (day === dayBefore(today)) return m.yesterday();
  const sameYear = day.slice(0, 4) === today.slice(0, 4);
  const brief = format(day, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
  return brief.replace('.', '');
}

/** Day and time, whole: "dinsdag 24 november 2026 om 14:32". */
export function wholeMoment(instant: string): string {
  const day = longDay(localDay(new Date(instant)));
  return m.day_and_time({ day, time: localTime(instant) });
}

/** Day and time as they stand above a message: "Vandaag 14:32", "24 november 2026 14:32". */
export function messageMoment(instant: string, now: Date): string {
  const day = localDay(new Date(instant));
  const today = localDay(now);
  const time = localTime(instant);
  if (day === today) return `${m.today()} ${time}`;
  if (day === dayBefore(today)) return `${m.yesterday()} ${time}`;
  return m.when_date({ date: shortDay(day), time });
}

/** The time, and the day with it when it is not today. */
export function timeAndDay(instant: string, now: Date): string {
  const day = localDay(new Date(instant));
  const time = localTime(instant);
  return day === localDay(now) ? time : m.when_date({ date: shortDay(day), time });
}
