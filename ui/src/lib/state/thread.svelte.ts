import type { AppError, ConversationId, Thread } from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';
import { looksOn } from './looks-on';
import { sync } from './sync.svelte';

const isOfTheLine = (trouble: AppError | null) =>
  trouble?.code === 'offline' || trouble?.code === 'timedOut';

class OpenThread {
  shown = $state.raw<Thread | null>(null);
  /** The newest is being read from the portal. */
  opening = $state(false);
  /** It could not be shown at all. */
  trouble = $state.raw<AppError | null>(null);
  #id: ConversationId | null = null;
  #turn = 0;
  /** Up to when it was marked read from here. */
  #readUntil: string | null = null;

  /** Shows what is here at once, then what the portal has, and marks that read. */
  async open(id: ConversationId) {
    const turn = ++this.#turn;
    this.#id = id;
    this.shown = null;
    this.trouble = null;
    this.#readUntil = null;
    const here = ask(bridge.commands.conversation(id)).then(
      (thread) => {
        if (turn === this.#turn && this.shown === null) this.shown = thread;
      },
      () => undefined,
    );
    await Promise.all([here, this.#fetch(id, turn)]);
  }

  /** Something changed: what is here is read again, and what is new in it marked read. */
  async reload() {
    const id = this.#id;
    const turn = this.#turn;
    if (id === null) return;
    const answer = await bridge.commands.conversation(id);
    if (answer.status === 'error' || turn !== this.#turn) return;
    if (this.opening) {
      // What was just written shows at once, however long the portal takes.
      if (this.shown) this.shown = { ...this.shown, writes: answer.data.writes };
      return;
    }
    const trouble = answer.data.trouble ?? this.shown?.trouble ?? null;
    this.shown = { ...answer.data, trouble };
    const { unread, lastWritten } = answer.data.conversation;
    const isNew = unread && looksOn() && lastWritten !== this.#readUntil;
    const backOnline = isOfTheLine(trouble ?? this.trouble) && !sync.trouble;
    if (isNew || backOnline) await this.#fetch(id, turn);
  }

  /** Asks the portal again. */
  async again() {
    if (this.#id !== null && !this.opening) await this.#fetch(this.#id, this.#turn);
  }

  /** Leaves what is open; when an exchange is named, only that one. */
  close(id?: ConversationId) {
    if (id !== undefined && id !== this.#id) return;
    this.#turn += 1;
    this.#id = null;
    this.shown = null;
    this.opening = false;
    this.trouble = null;
  }

  async #fetch(id: ConversationId, turn: number) {
    this.opening = true;
    const answer = await ask(bridge.commands.openConversation(id)).then(
      (thread) => ({ thread, trouble: null }),
      (thrown: unknown) => ({ thread: null, trouble: troubleOf(thrown) }),
    );
    if (turn !== this.#turn) return;
    this.opening = false;
    this.trouble = answer.trouble;
    if (!answer.thread) return;
    this.shown = answer.thread;
    if (!answer.thread.trouble) this.#readUntil = answer.thread.conversation.lastWritten;
  }
}

/** The conversation that is being read. */
export const thread = new OpenThread();
