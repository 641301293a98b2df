import type { Found, Fragment, SearchPage, SearchQuery, TimelineCard } from '$lib/bindings';
import type { Exchange } from './fixture-messages';

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Looks for words in what the invented family has, without any cleverness. */
export function searchIn(
  cards: TimelineCard[],
  exchanges: Exchange[],
  query: SearchQuery,
): SearchPage {
  const words = fold(query.words ?? '')
    .split(/\s+/)
    .filter(Boolean);
  const all = [...inCards(cards, words), ...inMessages(exchanges, words)]
    .filter((found) => matches(found, query))
    .sort((a, b) => b.found.day.localeCompare(a.found.day));
  const from = Number(query.after ?? 0);
  const until = from + (query.limit ?? 50);
  return {
    found: all.slice(from, until).map(({ found }) => found),
    next: until < all.length ? String(until) : null,
  };
}

interface Hit {
  found: Found;
  children: string[];
}

function matches({ found, children }: Hit, query: SearchQuery): boolean {
  const { children: wanted = [], kinds = [], from, until } = query;
  return (
    (wanted.length === 0 || children.some((id) => wanted.includes(id))) &&
    (kinds.length === 0 || kinds.includes(found.kind)) &&
    (!from || found.day >= from) &&
    (!until || found.day <= until)
  );
}

function inCards(cards: TimelineCard[], words: string[]): Hit[] {
  return cards.flatMap((card) => {
    const children = card.children.map(({ id }) => id);
    const about = {
      day: card.day,
      childNames: card.children.map(({ firstName }) => firstName),
    };
    const hits: Hit[] = [];
    const fragments = card.entry && fragmentsOf(card.entry.text, words);
    if (fragments)
      hits.push({
        children,
        found: {
          ...about,
          kind: 'diary',
          place: { where: 'card', card: card.id },
          title: card.entry?.author ?? null,
          fragments,
        },
      });
    for (const photo of [...card.photos, ...(card.entry?.photos ?? [])]) {
      const under = photo.caption && fragmentsOf(photo.caption, words);
      if (under)
        hits.push({
          children,
          found: {
            ...about,
            kind: 'caption',
            place: { where: 'photo', card: card.id, photo: photo.id },
            title: null,
            fragments: under,
          },
        });
    }
    return hits;
  });
}

function inMessages(exchanges: Exchange[], words: string[]): Hit[] {
  return exchanges.flatMap(({ conversation, messages }) =>
    messages.flatMap((message): Hit[] => {
      const fragments = fragmentsOf(message.text, words);
      if (!fragments) return [];
      return [
        {
          children: conversation.children,
          found: {
            kind: 'message',
            place: { where: 'conversation', conversation: conversation.id, message: message.id },
            day: (message.at ?? conversation.lastWritten).slice(0, 10),
            title: conversation.subject || null,
            childNames: conversation.childNames,
            fragments,
          },
        },
      ];
    }),
  );
}

function fragmentsOf(text: string, words: string[]): Fragment[] | null {
  const pieces = text
    .replace(/\s+/g, ' ')
    .trim()
    .split(/(?<=\s)|(?=\s)/);
  const isHit = (piece: string) => words.some((word) => fold(piece).startsWith(word));
  const all = words.every((word) => pieces.some((piece) => fold(piece).startsWith(word)));
  const first = pieces.findIndex(isHit);
  if (!all || first < 0) return null;
  const from = Math.max(0, first - 16);
  const shown = pieces.slice(from, first + 26).map((text) => ({ text, hit: isHit(text) }));
  return from > 0 ? [{ text: '… ', hit: false }, ...shown] : shown;
}
