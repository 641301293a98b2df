const LONG_ENOUGH_MS = 5000;
/** Of a word that is not so short. */
const TO_READ_A_LETTER_MS = 80;

class Notice {
  /** A short word of what just happened; read aloud, too. */
  text = $state<string | null>(null);
  /** What of it can be copied. */
  copy = $state<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Says it for a moment, or until it is closed where something of it can be copied. */
  say(text: string, copy: string | null = null) {
    clearTimeout(this.#timer);
    this.text = text;
    this.copy = copy;
    const time = Math.max(LONG_ENOUGH_MS, text.length * TO_READ_A_LETTER_MS);
    if (copy === null) this.#timer = setTimeout(() => this.close(), time);
  }

  close() {
    clearTimeout(this.#timer);
    this.text = null;
    this.copy = null;
  }
}

export const notice = new Notice();
