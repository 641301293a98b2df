import type { AppError, Found, Result, SearchPage, SearchQuery } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture } from '$lib/bridge/fixture';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { search, SEARCH_AFTER_MS } from './search.svelte';

let asked: SearchQuery[];
let answers: ((answer: Result<SearchPage, AppError>) => void)[];

const found = (text: string): Found => ({
  kind: 'diary',
  place: { where: 'card', card: text },
  day: '2026-11-24',
  title: null,
  childNames: [],
  fragments: [{ text, hit: true }],
});
const answer = (at: number, texts: string[], next: string | null = null) =>
  answers[at]?.({ status: 'ok', data: { found: texts.map(found), next } });
const shown = () => search.found.map(({ fragments }) => fragments[0]?.text);
const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  answers = [];
  const host = fixture('family');
  host.commands.search = (query) => {
    asked.push(query);
    return new Promise((answer) => answers.push(answer));
  };
  useTransport(host);
  search.forget();
});
afterEach(() => void vi.useRealTimers());

describe('searching as one types', () => {
  it('asks once for a word that is typed quickly', async () => {
    for (const words of ['z', 'za', 'zand']) search.type(words);
    await wait(SEARCH_AFTER_MS);
    expect(asked.map(({ words }) => words)).toEqual(['zand']);
  });

  it('drops an answer that was overtaken', async () => {
    search.type('zand');
    await wait(SEARCH_AFTER_MS);
    search.type('zandbak');
    await wait(SEARCH_AFTER_MS);
    answer(1, ['zandbak']);
    await wait(0);
    answer(0, ['zand']);
    await wait(0);
    expect(shown()).toEqual(['zandbak']);
    expect(search.answered).toBe('zandbak');
  });

  it('shows nothing of an answer that comes after everything was wiped', async () => {
    search.type('zand');
    await wait(SEARCH_AFTER_MS);
    search.type('');
    answer(0, ['zand']);
    await wait(0);
    expect(shown()).toEqual([]);
    expect(search.answered).toBeNull();
  });

  it('goes on where the last page ended, and not into another search', async () => {
    search.type('geit');
    await wait(SEARCH_AFTER_MS);
    answer(0, ['een'], 'verder');
    await wait(0);
    expect(search.ends).toBe(false);
    void search.more();
    void search.more();
    expect(asked).toHaveLength(2);
    expect(asked[1]?.after).toBe('verder');
    answer(1, ['twee']);
    await wait(0);
    expect(shown()).toEqual(['een', 'twee']);
    expect(search.ends).toBe(true);
  });

  it('asks again, at once, when the filters change', async () => {
    search.type('geit');
    await wait(SEARCH_AFTER_MS);
    search.filter({ kinds: ['message'], children: ['n'], from: '2026-01-01' });
    expect(asked[1]).toMatchObject({ kinds: ['message'], children: ['n'], from: '2026-01-01' });
    answer(0, ['overal']);
    answer(1, ['gefilterd']);
    await wait(0);
    expect(shown()).toEqual(['gefilterd']);
  });
});
