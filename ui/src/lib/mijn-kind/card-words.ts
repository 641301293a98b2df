import type { Photo, TimelineCard } from '$lib/bindings';
import { longDay } from '$lib/language/days';
import { names } from '$lib/language/amounts';
import * as m from '$lib/paraglide/messages';

/** "Noortje en Ties", or nothing when the card is about nobody in particular. */
export function whom(card: TimelineCard): string {
  return names(card.children.map((child) => child.firstName));
}

/** What a card is, in a few words: "Dagverslag van Noortje". */
export function cardTitle(card: TimelineCard): string {
  const who = whom(card);
  if (card.kind.kind === 'trigger') return m.trigger_title();
  if (card.kind.kind === 'unsupported') return m.unsupported_title();
  if (card.kind.kind === 'photos') return who ? m.photos_of({ names: who }) : m.photos_of_group();
  if (card.entry?.authorKind === 'parent' && who) return m.written_by_parent({ names: who });
  return who ? m.report_of({ names: who }) : m.report_of_group();
}

/** Group, author, and whether it was changed: "Hamsters · door Marieke". */
export function cardSource(card: TimelineCard): string {
  const groups = [...new Set(card.children.flatMap((child) => child.group ?? []))];
  const parts = [groups.join(', ')];
  if (card.entry?.author) parts.push(m.by_author({ author: card.entry.author }));
  else if (card.entry?.authorKind === 'employee') parts.push(m.by_group());
  if (card.entry?.edited) parts.push(m.edited());
  return parts.filter(Boolean).join(' · ');
}

/** Every photo of a card: of the card itself and of its entry. */
export function photosOf(card: TimelineCard): Photo[] {
  return [...(card.entry?.photos ?? []), ...card.photos];
}

/** What a screen reader says of a photo: the caption, else the machine's words, else who and when. */
export function altText(photo: Photo, who: string[]): string {
  const words = photo.caption ?? photo.machineDescription;
  const video = photo.kind === 'video';
  if (words) return video ? m.video_prefix({ text: words }) : words;
  const day = longDay(photo.day);
  if (who.length === 0) return video ? m.video_alt_group({ day }) : m.photo_alt_group({ day });
  const named = { names: names(who), day };
  return video ? m.video_alt(named) : m.photo_alt(named);
}
