import type { TimelineCard } from '$lib/bindings';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdBack, keepSame, layPage } from './timeline-merge';

const card = (id: string, day = '2026-03-14'): TimelineCard => ({
  id,
  day,
  kind: { kind: 'photos' },
  children: [],
  entry: null,
  photos: [],
});
const list = (ids: string) => [...ids].map((id) => card(id));
const ids = (cards: TimelineCard[]) => cards.map(({ id }) => id).join('');

describe('a page laid over what is known', () => {
  it('shows news above, and keeps what lies below', () => {
    expect(ids(layPage(list('bcdef'), list('abcd'), 0, false).cards)).toBe('abcdef');
  });

  it('lets go of a card that is gone from the page', () => {
    expect(ids(layPage(list('abcdef'), list('abd'), 0, false).cards)).toBe('abdef');
  });

  it('ends where the last page ends', () => {
    expect(ids(layPage(list('abcdef'), list('def'), 3, true).cards)).toBe('abcdef');
    expect(ids(layPage(list('abcdef'), list('d'), 3, true).cards)).toBe('abcd');
  });

  it('says so when the page does not reach what was known', () => {
    expect(layPage(list('xyz'), list('abc'), 0, false).cut).toBe(true);
  });

  it('never shows a card twice, and always shows the page as it is', () => {
    const some = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { minLength: 1 });
    fc.assert(
      fc.property(some, some, fc.nat(10), fc.boolean(), (known, page, start, ends) => {
        const from = Math.min(start, known.length);
        const laid = layPage(
          known.map((id) => card(id)),
          page.map((id) => card(id)),
          from,
          ends,
        );
        const shown = laid.cards.map(({ id }) => id);
        expect(new Set(shown).size).toBe(shown.length);
        expect(shown.join('')).toContain(page.join(''));
      }),
    );
  });
});

describe('a page read again', () => {
  it('keeps the cards that did not change, and only those', () => {
    const known = [card('a'), card('b')];
    const again = keepSame(known, [card('a'), card('b', '2026-03-13'), card('c')]);
    expect(again[0]).toBe(known[0]);
    expect(again[1]?.day).toBe('2026-03-13');
    expect(again).toHaveLength(3);
  });
});

describe('cards nobody has seen yet', () => {
  it('are held back above what is being read, and counted', () => {
    const { fresh, rest } = holdBack(list('cde'), list('abcde'), null);
    expect(fresh).toBe(2);
    expect(ids(rest)).toBe('cde');
  });

  it('are not held back below it', () => {
    const { fresh, rest } = holdBack(list('ab'), list('abcd'), null);
    expect(fresh).toBe(0);
    expect(ids(rest)).toBe('abcd');
  });

  it('are shown at once when this parent wrote them', () => {
    const written = (id: string, author: string): TimelineCard => ({
      ...card(id),
      kind: { kind: 'journal' },
      entry: {
        id,
        author,
        authorKind: 'parent',
        html: '',
        text: '',
        rhythm: [],
        photos: [],
        attachments: [],
        edited: false,
      },
    });
    const page = [written('x', 'Sanne'), written('y', 'Bram'), ...list('ab')];
    const { fresh, rest } = holdBack(list('ab'), page, 'Sanne');
    expect(fresh).toBe(1);
    expect(ids(rest)).toBe('xab');
  });
});
