import type { AppError, Found, SearchQuery } from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';

const PAGE = 40;
/** So long after the last key the search begins. */
export const SEARCH_AFTER_MS = 180;

type Filters = Pick<Required<SearchQuery>, 'children' | 'kinds' | 'from' | 'until'>;
const NONE: Filters = { children: [], kinds: [], from: null, until: null };

class Search {
  words = $state('');
  filters = $state.raw<Filters>(NONE);
  found = $state.raw<Found[]>([]);
  /** The words the finds are about; nothing while none were looked for. */
  answered = $state.raw<string | null>(null);
  trouble = $state.raw<AppError | null>(null);
  /** Where the reader was in the list, to come back to. */
  offset = 0;
  #next = $state.raw<string | null>(null);
  #turn = 0;
  #loadingMore = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Whether everything found is shown. */
  get ends(): boolean {
    return this.#next === null;
  }

  get filtered(): boolean {
    const { children, kinds, from, until } = this.filters;
    return children.length > 0 || kinds.length > 0 || from !== null || until !== null;
  }

  type(words: string) {
    this.words = words;
    this.#turn += 1;
    clearTimeout(this.#timer);
    if (words.trim() === '') return this.#clear();
    this.#timer = setTimeout(() => void this.look(), SEARCH_AFTER_MS);
  }

  filter(part: Partial<Filters>) {
    this.filters = { ...this.filters, ...part };
    void this.look();
  }

  everywhere() {
    this.filters = NONE;
    void this.look();
  }

  async look() {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    const words = this.words;
    if (words.trim() === '') return;
    try {
      const page = await ask(bridge.commands.search(this.#query(words, null)));
      // An answer about words that are no longer there is no answer.
      if (turn !== this.#turn) return;
      this.found = page.found;
      this.#next = page.next;
      this.answered = words;
      this.trouble = null;
      this.offset = 0;
    } catch (thrown) {
      if (turn === this.#turn) this.trouble = troubleOf(thrown);
    }
  }

  async more() {
    if (this.#next === null || this.#loadingMore) return;
    const turn = this.#turn;
    this.#loadingMore = true;
    try {
      const page = await ask(bridge.commands.search(this.#query(this.words, this.#next)));
      if (turn !== this.#turn) return;
      this.found = [...this.found, ...page.found];
      this.#next = page.next;
    } catch (thrown) {
      if (turn === this.#turn) this.trouble = troubleOf(thrown);
    } finally {
      this.#loadingMore = false;
    }
  }

  forget() {
    this.#turn += 1;
    this.words = '';
    this.filters = NONE;
    this.#clear();
  }

  #clear() {
    this.found = [];
    this.answered = null;
    this.trouble = null;
    this.#next = null;
    this.offset = 0;
  }

  #query(words: string, after: string | null): SearchQuery {
    return { words, ...this.filters, after, limit: PAGE };
  }
}

/** What is looked for, and found. */
export const search = new Search();
