import type { AppError, Conversation, ConversationPage } from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';
import { wordsFor } from '$lib/language/trouble';
import { looksOn } from './looks-on';
import { notice } from './notice.svelte';

const PAGE = 50;

class Conversations {
  all = $state.raw<Conversation[]>([]);
  /** Whether anything has been read yet. */
  read = $state(false);
  trouble = $state.raw<AppError | null>(null);
  /** The parent asked for news and waits for it. */
  asking = $state(false);
  #next = $state.raw<string | null>(null);
  #generation = 0;
  #loadingMore = false;

  /** Whether the last page known is shown. */
  get ends(): boolean {
    return this.#next === null;
  }

  /** Reads again as far as was read: a conversation that is written in moves to the top. */
  async load() {
    const generation = ++this.#generation;
    try {
      let found: Conversation[] = [];
      let page: ConversationPage;
      let after: string | null = null;
      do {
        page = await ask(bridge.commands.conversations(after, PAGE));
        if (generation !== this.#generation) return;
        found = lay(found, page.conversations);
        after = page.next;
      } while (after !== null && found.length < this.all.length);
      this.all = keepSame(this.all, found);
      this.#next = after;
      this.trouble = null;
    } catch (thrown) {
      if (generation !== this.#generation) return;
      this.trouble = troubleOf(thrown);
    }
    this.read = true;
  }

  /** The list is on the screen: where somebody looks, that is told. */
  async saw() {
    if (looksOn() && this.all.length > 0) await bridge.commands.sawConversations();
  }

  /** Asks the portal what is new. */
  async refresh() {
    if (this.asking) return;
    this.asking = true;
    const answer = await bridge.commands.refreshConversations();
    this.asking = false;
    // Without a network it is said above the list how fresh things are.
    if (answer.status === 'error' && answer.error.code !== 'offline')
      notice.say(wordsFor(answer.error));
    await this.load();
  }

  /** Reads the page below the last one. */
  async more() {
    if (this.#next === null || this.#loadingMore) return;
    const generation = this.#generation;
    this.#loadingMore = true;
    try {
      const page = await ask(bridge.commands.conversations(this.#next, PAGE));
      if (generation !== this.#generation) return;
      this.all = lay(this.all, page.conversations);
      this.#next = page.next;
    } catch (thrown) {
      this.trouble = troubleOf(thrown);
    } finally {
      this.#loadingMore = false;
    }
  }

  forget() {
    this.#generation += 1;
    this.all = [];
    this.#next = null;
    this.read = false;
    this.trouble = null;
  }
}

/** A page under what is known, each conversation once. */
function lay(known: Conversation[], page: Conversation[]): Conversation[] {
  const ids = new Set(known.map(({ id }) => id));
  return [...known, ...page.filter(({ id }) => !ids.has(id))];
}

/** What did not change stays the very object it was: nothing is redrawn. */
function keepSame(known: Conversation[], found: Conversation[]): Conversation[] {
  const before = new Map(known.map((one) => [one.id, one]));
  return found.map((one) => {
    const old = before.get(one.id);
    return old && JSON.stringify(old) === JSON.stringify(one) ? old : one;
  });
}

/** The conversations as far as they have been read. */
export const conversations = new Conversations();
