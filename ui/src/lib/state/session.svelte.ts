import type { Account, AccountId, AppError, Overview, Settings } from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';
import { spoken } from '$lib/language/language.svelte';
import { wordsFor } from '$lib/language/trouble';
import { applyLooks } from './looks';
import { notice } from './notice.svelte';

class Session {
  overview = $state.raw<Overview | null>(null);
  /** Whose things are shown: what was read of another account is forgotten. */
  shown = $state<AccountId | null>(null);
  /** What keeps the app from starting at all, such as a read-only folder. */
  trouble = $state.raw<AppError | null>(null);

  /** The account in use. */
  get account(): Account | null {
    return this.overview?.account ?? null;
  }

  async load() {
    try {
      this.overview = await ask(bridge.commands.overview());
      this.trouble = null;
    } catch (thrown) {
      const trouble = troubleOf(thrown);
      // The lock stands before everything; it is read again when that opens.
      if (trouble.code !== 'locked') this.trouble = trouble;
    }
    this.speak();
    // Before it is known what was chosen, it is as the window began.
    if (this.overview) applyLooks(this.overview.settings);
  }

  /** Speaks the language that was chosen, else the system’s. */
  speak() {
    const chosen = this.overview?.settings.language;
    if (chosen) return spoken.speak(chosen);
    // The first picture does not wait for this: the guess is nearly always right.
    void bridge.commands.resolveLanguage().then((resolved) => {
      const still = !this.overview?.settings.language;
      if (resolved.status === 'ok' && still) spoken.speak(resolved.data);
    });
  }

  async change(settings: Partial<Settings>) {
    if (!this.overview) return;
    const wanted = { ...this.overview.settings, ...settings };
    const answer = await bridge.commands.setSettings(wanted);
    if (answer.status === 'error') return notice.say(wordsFor(answer.error));
    this.overview = { ...this.overview, settings: answer.data };
    // Which folder holds by default is for the app to say.
    if (settings.folder !== undefined) return this.load();
    this.speak();
    applyLooks(answer.data);
  }
}

/** Who is signed in, and the settings of this device. */
export const session = new Session();
