import type { Photo, TimelineCard } from '$lib/bindings';
import { contentOf, type Content } from '$lib/language/amounts';
import { photosOf } from './card-words';

/** A card as a row of the list; the first of a day carries the day. */
export interface Row {
  card: TimelineCard;
  day: string | null;
  /** How many photos the day's cards hold, where the day is named and has several cards with photos. */
  dayPhotos: number;
  /** What those are. */
  dayContent: Content;
}

/** The rows of the timeline, in the order of the cards. */
export function rowsOf(cards: TimelineCard[]): Row[] {
  const withPhotos = new Map<string, number>();
  const photos = new Map<string, Photo[]>();
  for (const card of cards) {
    const some = photosOf(card);
    if (some.length === 0) continue;
    withPhotos.set(card.day, (withPhotos.get(card.day) ?? 0) + 1);
    photos.set(card.day, [...(photos.get(card.day) ?? []), ...some]);
  }
  return cards.map((card, at) => {
    const first = at === 0 || cards[at - 1]?.day !== card.day;
    const several = first && (withPhotos.get(card.day) ?? 0) > 1;
    const shown = several ? (photos.get(card.day) ?? []) : [];
    return {
      card,
      day: first ? card.day : null,
      dayPhotos: shown.length,
      dayContent: contentOf(shown),
    };
  });
}
