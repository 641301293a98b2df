const LONG_ENOUGH_MS = 5000;

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
    if (copy === null) this.#timer = setTimeout(() => this.close(), LONG_ENOUGH_MS);
  }

  close() {
    clearTimeout(this.#timer);
    this.text = null;
    this.copy = null;
  }
}

export const notice = new Notice();
