import type { AppError, CardId, ChildId, TimelineCard, TimelinePage } from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';
import type { VirtualizerHandle } from 'virtua/svelte';
import { looksOn } from './looks-on';
import { session } from './session.svelte';
import { holdBack, keepSame, layPage } from './timeline-merge';

const PAGE = 40;

/** Where a page begins: after this cursor, below this card. */
interface Mark {
  after: string;
  below: CardId;
}

/** Where a reader was, and the heights the cards had. */
interface Place {
  offset: number;
  /** The card at the top of the view. */
  card: CardId | undefined;
  cards: number;
  heights: ReturnType<VirtualizerHandle['getCache']>;
}

class Timeline {
  cards = $state.raw<TimelineCard[]>([]);
  /** Whether anything has been read yet; until then there is nothing to say about emptiness. */
  read = $state(false);
  /** Whether the last page known is shown. */
  ends = $state(false);
  /** New cards held back, so that what is being read stays where it is. */
  waiting = $state(0);
  trouble = $state.raw<AppError | null>(null);
  /** Only cards about these children; empty means every child. */
  children = $state.raw<ChildId[]>([]);
  /** Where the reader was, to come back to. */
  place: Place | null = null;
  /** The cards in view, so that an edit shows where somebody looks. */
  inView: [first: number, last: number] = [0, 0];
  /** How often the newest page was read, whether or not it said something else. */
  readings = $state(0);

  #next: string | null = null;
  #marks: Mark[] = [];
  #generation = 0;
  #loadingMore = false;
  #reading: Promise<void> | null = null;
  #again = false;

  /** Reads the newest page, and only that. Everything held back is shown. */
  async start() {
    const generation = ++this.#generation;
    try {
      const page = await this.#page(null);
      if (generation !== this.#generation) return;
      this.cards = page.cards;
      this.#marks = [];
      this.#endAt(page);
      this.waiting = 0;
      this.trouble = null;
      this.readings += 1;
    } catch (thrown) {
      if (generation !== this.#generation) return;
      this.trouble = troubleOf(thrown);
    }
    this.read = true;
  }

  /**
   * The cards are on the screen: where somebody looks, those in view are told, and the page below
   * them. What is held back is not among them, nor what came in above where one reads.
   */
  async saw() {
    const [first] = this.inView;
    const ids = this.cards.slice(first, first + PAGE).map(({ id }) => id);
    if (looksOn() && ids.length > 0) await bridge.commands.sawCards(ids);
  }

  /** Forgets everything, for another account. */
  forget() {
    this.#generation += 1;
    this.cards = [];
    this.children = [];
    this.#marks = [];
    this.#next = null;
    this.ends = false;
    this.read = false;
    this.waiting = 0;
    this.trouble = null;
    this.place = null;
    this.inView = [0, 0];
  }

  async filter(children: ChildId[]) {
    this.children = children;
    this.place = null;
    await this.start();
  }

  /** Reads the page below the last one. */
  async more() {
    if (this.#next === null || this.#loadingMore) return;
    const generation = this.#generation;
    const after = this.#next;
    const below = this.cards.at(-1)?.id;
    if (below === undefined) return;
    this.#loadingMore = true;
    try {
      const page = await this.#page(after);
      if (generation !== this.#generation || this.cards.at(-1)?.id !== below) return;
      this.#marks.push({ after, below });
      this.cards = layPage(this.cards, page.cards, this.cards.length, true).cards;
      this.#endAt(page);
    } catch (thrown) {
      this.trouble = troubleOf(thrown);
    } finally {
      this.#loadingMore = false;
    }
  }

  /** Something changed: reads again what is in view and at both ends. One reading at a time. */
  refresh(showNew = false): Promise<void> {
    if (this.#reading && !showNew) {
      this.#again = true;
      return this.#reading;
    }
    const earlier = this.#reading ?? Promise.resolve();
    const reading = earlier
      .then(() => this.#refresh(showNew))
      .finally(() => {
        if (this.#reading === reading) this.#reading = null;
        if (this.#again) {
          this.#again = false;
          void this.refresh();
        }
      });
    this.#reading = reading;
    return reading;
  }

  async #refresh(showNew: boolean) {
    if (!this.read || this.cards.length === 0) return this.start();
    const generation = this.#generation;
    try {
      await this.#refreshHead(generation, showNew || document.hidden);
      for (const mark of this.#marksWorthReading()) await this.#refreshFrom(mark, generation);
    } catch (thrown) {
      if (generation === this.#generation) this.trouble = troubleOf(thrown);
    }
  }

  async #refreshHead(generation: number, showNew: boolean) {
    const page = await this.#page(null);
    if (generation !== this.#generation) return;
    const ends = page.next === null;
    let cards = page.cards;
    if (!showNew) {
      const { fresh, rest } = holdBack(this.cards, page.cards, session.account?.parentName ?? null);
      // Nothing on the page is known: a whole page of news, or another timeline altogether.
      const allNew = !page.cards.some((card) => this.cards.some((known) => known.id === card.id));
      this.waiting = allNew ? page.cards.length : fresh;
      if (allNew && page.cards.length > 0) return;
      cards = rest;
    } else {
      this.waiting = 0;
    }
    const laid = layPage(this.cards, cards, 0, ends);
    this.#show(laid.cards);
    if (laid.cut || ends) this.#marks = [];
    // A first page that was the last one, too, may have grown beyond itself meanwhile.
    if (laid.cut || ends || this.#marks.length === 0) {
      const last = cards.at(-1)?.id;
      if (laid.cut || ends || this.cards.at(-1)?.id === last) this.#endAt(page);
    }
    this.readings += 1;
    this.trouble = null;
  }

  #marksWorthReading(): Mark[] {
    const [first, last] = this.inView;
    const places = new Map(this.cards.map((card, at) => [card.id, at]));
    return this.#marks.filter((mark, at) => {
      const begins = places.get(mark.below) ?? -1;
      const following = this.#marks[at + 1];
      const ends = following ? (places.get(following.below) ?? -1) : this.cards.length;
      const seen = begins <= last && ends >= first;
      return seen || (this.ends && following === undefined);
    });
  }

  async #refreshFrom(mark: Mark, generation: number) {
    const page = await this.#page(mark.after);
    if (generation !== this.#generation) return;
    const begins = this.cards.findIndex((card) => card.id === mark.below);
    if (begins < 0) return;
    const laid = layPage(this.cards, page.cards, begins + 1, page.next === null);
    this.#show(laid.cards);
    const isLast = this.#marks.at(-1) === mark;
    if (laid.cut) this.#marks = this.#marks.slice(0, this.#marks.indexOf(mark) + 1);
    if (laid.cut || isLast || page.next === null) this.#endAt(page);
  }

  #show(cards: TimelineCard[]) {
    const same =
      cards.length === this.cards.length && cards.every((card, at) => card === this.cards[at]);
    if (!same) this.cards = cards;
  }

  #endAt(page: TimelinePage) {
    this.#next = page.next;
    this.ends = page.next === null;
  }

  async #page(after: string | null): Promise<TimelinePage> {
    const query = { children: this.children, from: null, until: null, after, limit: PAGE };
    const page = await ask(bridge.commands.timeline(query));
    return { ...page, cards: keepSame(this.cards, page.cards) };
  }
}

/** The timeline as far as it has been read. */
export const timeline = new Timeline();
