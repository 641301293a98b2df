import type { AppError, Location } from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';
import { wordsFor } from '$lib/language/trouble';
import { notice } from './notice.svelte';

class LocationBoard {
  shown = $state.raw<Location | null>(null);
  /** Why what is here could not be read. */
  trouble = $state.raw<AppError | null>(null);
  /** The parent asked for news and waits for it. */
  asking = $state(false);
  /** Goes up with each change: lists that are open are read again. */
  count = $state(0);
  #generation = 0;

  async load() {
    const generation = ++this.#generation;
    try {
      const shown = await ask(bridge.commands.location());
      if (generation !== this.#generation) return;
      this.shown = shown;
      this.trouble = null;
    } catch (thrown) {
      if (generation !== this.#generation) return;
      this.trouble = troubleOf(thrown);
    }
    this.count += 1;
  }

  /** Asks the portal what is new. */
  async refresh() {
    if (this.asking) return;
    this.asking = true;
    const answer = await bridge.commands.refreshLocation();
    this.asking = false;
    // Without a network it is said above the list how fresh things are.
    if (answer.status === 'error' && answer.error.code !== 'offline')
      notice.say(wordsFor(answer.error));
    await this.load();
  }

  forget() {
    this.#generation += 1;
    this.shown = null;
    this.trouble = null;
  }
}

/** "Mijn locatie": the newest news and newsletters. */
export const location = new LocationBoard();
