import type { Language } from '$lib/bindings';
import { overwriteGetLocale } from '$lib/paraglide/runtime';

// Dutch unless the system says English.
const guess: Language = navigator.language.toLowerCase().startsWith('en') ? 'en' : 'nl';

class Spoken {
  current = $state<Language>(guess);

  /** The tag `Intl` wants. */
  get tag() {
    return this.current === 'nl' ? 'nl-NL' : 'en-GB';
  }

  speak(language: Language) {
    this.current = language;
    document.documentElement.lang = language;
  }
}

/** The language of the interface. */
export const spoken = new Spoken();

// Messages read the language from here, so a change redraws what shows them.
overwriteGetLocale(() => spoken.current);
document.documentElement.lang = guess;
