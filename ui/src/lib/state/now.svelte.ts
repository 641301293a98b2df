class Now {
  /** The time, by the minute: "gisteren" must not stay "vandaag" overnight. */
  current = $state.raw(new Date());

  tick() {
    this.current = new Date();
  }
}

export const now = new Now();

/** Keeps the time going; the answer stops it. */
export function keepTime(): () => void {
  const timer = setInterval(() => now.tick(), 30_000);
  const woken = () => !document.hidden && now.tick();
  document.addEventListener('visibilitychange', woken);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', woken);
  };
}
