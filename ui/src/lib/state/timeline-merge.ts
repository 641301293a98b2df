import type { TimelineCard } from '$lib/bindings';

/** A page read again, laid over what is known. */
export interface Laid {
  cards: TimelineCard[];
  /** The page did not reach back to anything known: what lay below was let go. */
  cut: boolean;
}

/**
 * Lays a page over the known cards from `start` on. The page is complete for the stretch it covers,
 * so a card that is missing from it is gone; `ends` says that nothing follows it.
 */
export function layPage(
  known: TimelineCard[],
  page: TimelineCard[],
  start: number,
  ends: boolean,
): Laid {
  const above = known.slice(0, start);
  const inPage = new Set(page.map((card) => card.id));
  const clean = above.filter((card) => !inPage.has(card.id));
  if (ends) return { cards: [...clean, ...page], cut: false };
  const last = page.at(-1);
  if (!last) return { cards: known, cut: false };
  const reached = known.findIndex((card, at) => at >= start && card.id === last.id);
  if (reached < 0) return { cards: [...clean, ...page], cut: known.length > start };
  const below = known.slice(reached + 1).filter((card) => !inPage.has(card.id));
  return { cards: [...clean, ...page, ...below], cut: false };
}

/** The page with every card that did not change as the very object known before: nothing is redrawn. */
export function keepSame(known: TimelineCard[], page: TimelineCard[]): TimelineCard[] {
  const before = new Map(known.map((card) => [card.id, card]));
  return page.map((card) => {
    const old = before.get(card.id);
    return old && JSON.stringify(old) === JSON.stringify(card) ? old : card;
  });
}

/**
 * Parts the cards nobody has seen yet, above the last known one, from the rest of a page. What this
 * parent wrote is no news to them: it takes the place of its echo at once.
 */
export function holdBack(known: TimelineCard[], page: TimelineCard[], parent: string | null) {
  const ids = new Set(known.map((card) => card.id));
  const lastKnown = page.findLastIndex((card) => ids.has(card.id));
  const own = ({ entry }: TimelineCard) =>
    parent !== null && entry?.authorKind === 'parent' && entry.author === parent;
  const fresh = page.filter((card, at) => at < lastKnown && !ids.has(card.id) && !own(card));
  const held = new Set(fresh.map((card) => card.id));
  return { fresh: fresh.length, rest: page.filter((card) => !held.has(card.id)) };
}
