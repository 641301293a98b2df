import type { AppError, Writing } from '$lib/bindings';
import { bridge } from '$lib/bridge';
import { session } from './session.svelte';

class WritingHere {
  /** What the portal takes; nothing while that is not known. */
  known = $state.raw<Writing | null>(null);
  /** Why that could not be found out. */
  trouble = $state.raw<AppError | null>(null);
  #asked = 0;

  /** Whether this parent can still write at all: an account that has ended is an archive. */
  get open(): boolean {
    return session.account !== null && session.account.session !== 'ended';
  }

  async load() {
    const asked = ++this.#asked;
    const answer = await bridge.commands.writing();
    if (asked !== this.#asked) return;
    this.trouble = answer.status === 'error' ? answer.error : null;
    if (answer.status === 'ok') this.known = answer.data;
  }

  forget() {
    this.#asked += 1;
    this.known = null;
    this.trouble = null;
  }
}

/** What can be written at this portal. */
export const writing = new WritingHere();
