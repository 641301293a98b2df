import { bridge } from '$lib/bridge';

class UnreadCounts {
  /** Conversations with something unread. */
  messages = $state(0);
  #asked = 0;

  async load() {
    const asked = ++this.#asked;
    const answer = await bridge.commands.unread();
    if (answer.status === 'error' || asked !== this.#asked) return;
    this.messages = answer.data.messages;
  }

  forget() {
    this.#asked += 1;
    this.messages = 0;
  }
}

/** What is new, for the menu. */
export const unread = new UnreadCounts();
