import type { Photo } from '$lib/bindings';
import * as m from '$lib/paraglide/messages';
import { spoken } from './language.svelte';

/** "1.240". */
export function amount(count: number): string {
  return new Intl.NumberFormat(spoken.tag).format(count);
}

export const cards = (count: number) => m.cards_count({ count, shown: amount(count) });

/** What a series, a day or a save holds. */
export type Content = 'photos' | 'videos' | 'both';

export function contentOf(series: Pick<Photo, 'kind'>[]): Content {
  const videos = series.filter(({ kind }) => kind === 'video').length;
  if (videos === 0) return 'photos';
  return videos === series.length ? 'videos' : 'both';
}

/** What a save can hold. */
export type Saved = Content | 'documents';

/** "12 foto’s", "1 video", "3 foto’s en video’s", "2 documenten". */
export function things(count: number, content: Saved): string {
  const words = {
    photos: m.photos_count,
    videos: m.videos_count,
    both: m.both_count,
    documents: m.documents_count,
  };
  return words[content]({ count, shown: amount(count) });
}

/** "1,2 GB". */
export function bytes(size: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  let at = 0;
  let rest = size;
  while (rest >= 1000 && at < units.length - 1) {
    rest /= 1000;
    at += 1;
  }
  return new Intl.NumberFormat(spoken.tag, {
    style: 'unit',
    unit: units[at],
    unitDisplay: 'short',
    maximumFractionDigits: rest < 10 && at > 1 ? 1 : 0,
  }).format(rest);
}

/** "nog ongeveer 3 minuten". */
export function timeLeft(seconds: number): string {
  if (seconds < 10) return m.seconds_left({ count: 1 });
  if (seconds < 55) return m.seconds_left({ count: Math.round(seconds / 5) * 5 });
  if (seconds < 3300) return m.minutes_left({ count: Math.max(1, Math.round(seconds / 60)) });
  return m.hours_left({ count: Math.max(1, Math.round(seconds / 3600)) });
}

/** "al 3 minuten bezig". */
export function timeTaken(seconds: number): string {
  if (seconds < 10) return m.seconds_taken({ count: 1 });
  if (seconds < 60) return m.seconds_taken({ count: Math.floor(seconds / 5) * 5 });
  if (seconds < 3600) return m.minutes_taken({ count: Math.floor(seconds / 60) });
  return m.hours_taken({ count: Math.floor(seconds / 3600) });
}

/** "1 u 20 min". */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return m.duration_minutes({ minutes: rest });
  if (rest === 0) return m.duration_hours({ hours });
  return m.duration_hours_minutes({ hours, minutes: rest });
}

/** "Noortje, Ties en Saar". */
export function names(list: string[]): string {
  return new Intl.ListFormat(spoken.tag, { type: 'conjunction' }).format(list);
}
