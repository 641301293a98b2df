const LONG_ENOUGH_MS = 5000;

class Notice {
  /** A short word of what just happened; read aloud, too. */
  text = $state<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(text: string) {
    clearTimeout(this.#timer);
    this.text = text;
    this.#timer = setTimeout(() => (this.text = null), LONG_ENOUGH_MS);
  }
}

export const notice = new Notice();
