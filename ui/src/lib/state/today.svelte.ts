import type { Today } from '$lib/bindings';
import { bridge } from '$lib/bridge';

class TodayHere {
  current = $state.raw<Today | null>(null);
  /** Whether the first answer came, whatever it was. */
  read = $state(false);
  #asked = 0;

  async load() {
    const asked = ++this.#asked;
    const answer = await bridge.commands.today();
    if (asked !== this.#asked) return;
    if (answer.status === 'ok') this.current = answer.data;
    this.read = true;
  }

  forget() {
    this.#asked += 1;
    this.current = null;
    this.read = false;
  }
}

/** The day at a glance. */
export const today = new TodayHere();
