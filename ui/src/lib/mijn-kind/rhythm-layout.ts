import type { RhythmMoment } from '$lib/bindings';

/** A moment on the day's line; left and width are fractions of the line. */
export interface Placed {
  moment: RhythmMoment;
  left: number;
  width: number;
  /** A stretch of time, such as a nap, and not a single point. */
  bar: boolean;
  lane: number;
}

export interface DayLine {
  /** First and last full hour on the line. */
  from: number;
  until: number;
  /** Hours to write under it. */
  hours: number[];
  placed: Placed[];
  lanes: number;
}

const POINT_MINUTES = 5;

/** How many moments a card shows before it says how many more there are. */
const FEW = 6;

/** The moments a card shows: all, unless there are more than a few. */
export function shownOnCard(moments: RhythmMoment[]): RhythmMoment[] {
  return moments.length <= FEW + 1 ? moments : moments.slice(0, FEW);
}

/** Whether a card shows the whole rhythm; remarks are read in the report. */
export function wholeOnCard(moments: RhythmMoment[]): boolean {
  return shownOnCard(moments).length === moments.length && moments.every(({ remarks }) => !remarks);
}

/** What was noted about a moment, without the brackets some portals put around it. */
export function noted(moment: RhythmMoment): string[] {
  return [moment.subtitle ?? '', ...moment.entries]
    .map((note) => note.trim().replace(/^\((.*)\)$/s, '$1'))
    .filter(Boolean);
}

const PART = String.raw`\d+([.,]\d+)?\s*(m|min|minuut|minuten|minutes?|u|uur|uren|h|hours?)\.?`;
const DURATION = new RegExp(`^${PART}(\\s*(en|and)?\\s*${PART})?$`, 'i');

/**
 * How long a moment lasted, when that is worth telling, and its notes. The portal may have noted
 * the length as well, in words of its own; it is told once.
 */
export function told(moment: RhythmMoment): { long: number | null; notes: string[] } {
  const notes = noted(moment);
  const others = notes.filter((note) => !DURATION.test(note));
  const long = minutesLong(moment);
  if (long === null) return { long, notes };
  const worth = moment.kind === 'sleep' || others.length < notes.length;
  return { long: worth ? long : null, notes: others };
}

/** Minutes since midnight of "10:10:00"; nothing when it is no time. */
export function minutesOf(time: string | null): number | null {
  const found = /^(\d{1,2}):(\d{2})/.exec(time ?? '');
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
}

/** How long it took, when both ends are known and in order. */
export function minutesLong(moment: RhythmMoment): number | null {
  const start = minutesOf(moment.start);
  const end = minutesOf(moment.end);
  return start !== null && end !== null && end > start ? end - start : null;
}

/** Lays the moments that have a time on one line of the day; `pointWidth` is what an icon takes of it. */
export function dayLine(moments: RhythmMoment[], pointWidth: number): DayLine | null {
  const timed = moments.flatMap((moment) => {
    const start = minutesOf(moment.start) ?? minutesOf(moment.end);
    if (start === null) return [];
    return [{ moment, start, end: start + (minutesLong(moment) ?? 0) }];
  });
  if (timed.length === 0) return null;
  const from = Math.floor(Math.min(8 * 60, ...timed.map((t) => t.start)) / 60);
  const until = Math.min(24, Math.ceil(Math.max(17 * 60, ...timed.map((t) => t.end + 20)) / 60));
  const span = (until - from) * 60;
  const ends: number[] = [];
  const placed = timed
    .sort((a, b) => a.start - b.start)
    .map(({ moment, start, end }) => {
      const bar = end - start >= POINT_MINUTES;
      const left = (start - from * 60) / span;
      const width = bar ? (end - start) / span : 0;
      const takes = Math.max(width, pointWidth);
      const free = ends.findIndex((taken) => taken <= left + 1e-9);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = left + takes;
      return { moment, left, width, bar, lane };
    });
  return { from, until, hours: hoursOn(from, until), placed, lanes: ends.length };
}

function hoursOn(from: number, until: number): number[] {
  const step = until - from > 8 ? 2 : 1;
  const hours: number[] = [];
  for (let hour = from; hour <= until; hour += step) hours.push(hour);
  return hours;
}
