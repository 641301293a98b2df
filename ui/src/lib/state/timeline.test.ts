import type { TimelineCard } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture } from '$lib/bridge/fixture';
import { beforeEach, describe, expect, it } from 'vitest';
import { timeline } from './timeline.svelte';

let cards: TimelineCard[];
const card = (id: string): TimelineCard => ({
  id,
  day: '2026-03-14',
  kind: { kind: 'photos' },
  children: [],
  entry: null,
  photos: [],
});
const many = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => card(`c${from + at}`));
const shown = () => timeline.cards.map(({ id }) => id);

beforeEach(async () => {
  cards = many(0, 100);
  const family = fixture('family');
  family.commands.timeline = (query) => {
    // A cursor names the card it goes on after, as the store's does.
    const from = query.after ? cards.findIndex(({ id }) => id === query.after) + 1 : 0;
    const page = cards.slice(from, from + (query.limit ?? 50));
    const next = from + page.length < cards.length ? (page.at(-1)?.id ?? null) : null;
    return Promise.resolve({ status: 'ok', data: { cards: page, next } });
  };
  useTransport(family);
  timeline.forget();
  await timeline.start();
});

describe('the timeline while one reads', () => {
  it('reads on to the very end, each card once', async () => {
    while (!timeline.ends) await timeline.more();
    expect(shown()).toEqual(cards.map(({ id }) => id));
  });

  it('does not move when cards arrive, and counts them', async () => {
    const before = shown();
    cards = [card('new1'), card('new2'), ...cards];
    await timeline.refresh();
    expect(shown()).toEqual(before);
    expect(timeline.waiting).toBe(2);
  });

  it('shows what arrived when asked', async () => {
    cards = [card('new'), ...cards];
    await timeline.refresh();
    await timeline.refresh(true);
    expect(shown()[0]).toBe('new');
    expect(timeline.waiting).toBe(0);
    while (!timeline.ends) await timeline.more();
    expect(shown()).toEqual(cards.map(({ id }) => id));
  });

  it('grows at the end while older days arrive', async () => {
    while (!timeline.ends) await timeline.more();
    cards = [...cards, ...many(100, 60)];
    await timeline.refresh();
    while (!timeline.ends) await timeline.more();
    expect(shown()).toEqual(cards.map(({ id }) => id));
  });

  it('grows from a handful of cards, as a first sync brings them', async () => {
    cards = many(0, 3);
    await timeline.start();
    cards = many(0, 90);
    await timeline.refresh();
    while (!timeline.ends) await timeline.more();
    expect(shown()).toEqual(cards.map(({ id }) => id));
  });

  it('shows an edit where one looks', async () => {
    await timeline.more();
    timeline.inView = [50, 55];
    cards = cards.map((known) => (known.id === 'c52' ? { ...known, day: '2026-03-13' } : known));
    await timeline.refresh();
    expect(timeline.cards.find(({ id }) => id === 'c52')?.day).toBe('2026-03-13');
  });

  it('lets go of a card that was removed', async () => {
    cards = cards.filter(({ id }) => id !== 'c5');
    await timeline.refresh();
    expect(shown()).not.toContain('c5');
  });
});
