import { bridge } from '$lib/bridge';

class UnreadCounts {
  /** Conversations with something unread. */
  messages = $state(0);
  /** News items and newsletters that were not read. */
  location = $state(0);
  #asked = 0;

  async load() {
    const asked = ++this.#asked;
    const answer = await bridge.commands.unread();
    if (answer.status === 'error' || asked !== this.#asked) return;
    this.messages = answer.data.messages;
    this.location = answer.data.news + answer.data.newsletters;
  }

  forget() {
    this.#asked += 1;
    this.messages = 0;
    this.location = 0;
  }
}

/** What is new, for the menu. */
export const unread = new UnreadCounts();
