import type {
  AppError,
  TogetherAccount,
  TogetherCard,
  TogetherOverview,
  TogetherPage,
} from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';
import type { VirtualizerHandle } from 'virtua/svelte';
import { session } from './session.svelte';

const PAGE = 40;

/** Where a reader was, and the heights the cards had. */
interface Place {
  offset: number;
  cards: number;
  heights: ReturnType<VirtualizerHandle['getCache']>;
}

class Together {
  overview = $state.raw<TogetherOverview | null>(null);
  #unknown = $state.raw<AppError | null>(null);
  #unread = $state.raw<AppError | null>(null);
  cards = $state.raw<TogetherCard[]>([]);
  /** Whether any cards were asked for yet. */
  read = $state(false);
  /** Whether the last page known is shown. */
  ends = $state(false);
  /** New cards held back, so that what is being read stays where it is. */
  waiting = $state(0);
  /** Why accounts that are open could not be read. */
  notRead = $state.raw<AppError[]>([]);
  /** Where the reader was, to come back to. */
  place: Place | null = null;
  /** The cards in view. */
  inView: [first: number, last: number] = [0, 0];
  /** Whether the page is on the screen. */
  shown = false;

  #next: string | null = null;
  #turn = 0;
  #asked = 0;
  #loadingMore = false;

  /** Whether there is more than one account, and so anything to switch between. */
  get several(): boolean {
    return (session.overview?.accounts.length ?? 0) > 1;
  }

  /** Why nothing could be read, of what is new or of the cards. */
  get trouble(): AppError | null {
    return this.#unknown ?? this.#unread;
  }

  /** Why accounts are missing: those that cannot be opened, and those that cannot be read. */
  get missing(): AppError[] {
    return [...(this.overview?.notOpened ?? []), ...this.notRead];
  }

  /** What is new at each account. */
  async load() {
    const asked = ++this.#asked;
    try {
      const overview = await ask(bridge.commands.togetherOverview());
      if (asked !== this.#asked) return;
      this.overview = overview;
      this.#unknown = null;
    } catch (thrown) {
      if (asked === this.#asked) this.#unknown = troubleOf(thrown);
    }
  }

  /** Reads the newest page, and only that. Everything held back is shown. */
  async start() {
    this.inView = [0, 0];
    await this.#readDown(0);
  }

  /** Reads the page below the last one. */
  async more() {
    if (this.#next === null || this.#loadingMore) return;
    const turn = this.#turn;
    this.#loadingMore = true;
    try {
      const page = await this.#page(this.#next, PAGE);
      if (turn !== this.#turn) return;
      this.cards = [...this.cards, ...page.cards];
      this.#endAt(page);
    } catch (thrown) {
      if (turn === this.#turn) this.#unread = troubleOf(thrown);
    } finally {
      this.#loadingMore = false;
    }
  }

  /** Something changed at one of them: reads again what somebody may look at. */
  async refresh() {
    if (!this.several) return;
    await Promise.all([this.load(), this.shown ? this.#readDown(this.inView[0]) : null]);
  }

  /** Reads again from the top to below what is in view; new cards above `first` are held back. */
  async #readDown(first: number) {
    const turn = ++this.#turn;
    const known = new Map(this.cards.map((one) => [keyOf(one), one]));
    const top = this.cards[first];
    const wanted = this.inView[1] + PAGE;
    try {
      let cards: TogetherCard[] = [];
      let page: TogetherPage | null = null;
      do {
        page = await this.#page(page?.next ?? null, Math.min(wanted - cards.length, 200));
        if (turn !== this.#turn) return;
        cards = [...cards, ...page.cards];
      } while (page.next !== null && cards.length < wanted);
      const at = first > 0 && top ? cards.findIndex((one) => keyOf(one) === keyOf(top)) : 0;
      const held = cards.filter((one, index) => index < at && !known.has(keyOf(one)));
      this.waiting = held.length;
      const shown = cards.filter((one) => !held.includes(one));
      this.cards = shown.map((one) => same(known.get(keyOf(one)), one));
      this.#endAt(page);
      this.#unread = null;
    } catch (thrown) {
      if (turn === this.#turn) this.#unread = troubleOf(thrown);
    }
    this.read = true;
  }

  #endAt(page: TogetherPage) {
    this.#next = page.next;
    this.ends = page.next === null;
    this.notRead = page.notRead;
  }

  #page(after: string | null, limit: number): Promise<TogetherPage> {
    return ask(bridge.commands.togetherTimeline(after, limit));
  }

  /** Lets go of everything when an account it tells of is gone. */
  forgetGone() {
    const here = new Set(session.overview?.accounts.map(({ id }) => id));
    const told = this.overview?.accounts.map(({ account }) => account.id) ?? [];
    const all = [...told, ...this.cards.map(({ account }) => account)];
    if (all.some((id) => !here.has(id))) this.forget();
  }

  /** Forgets everything, as when nothing was asked yet. */
  forget() {
    this.#turn += 1;
    this.#asked += 1;
    this.#next = null;
    this.overview = null;
    this.#unknown = null;
    this.#unread = null;
    this.cards = [];
    this.notRead = [];
    this.read = false;
    this.ends = false;
    this.waiting = 0;
    this.place = null;
    this.inView = [0, 0];
  }
}

/** What a card is known by among those of all accounts. */
export const keyOf = ({ account, card }: TogetherCard) => `${account} ${card.id}`;

/** Everything that is new at an account. */
export const newsOf = ({ newCards, unread }: TogetherAccount) =>
  newCards + unread.messages + unread.news + unread.newsletters;

// A card that did not change stays the very object it was: nothing is redrawn.
const same = (old: TogetherCard | undefined, read: TogetherCard) =>
  old && JSON.stringify(old) === JSON.stringify(read) ? old : read;

/** All accounts together. */
export const together = new Together();
