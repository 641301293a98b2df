const SECOND_MS = 1000;

/** Counts down to an instant, in whole seconds; 0 when it has passed. */
export function countDown(until: string, tell: (seconds: number) => void): () => void {
  const left = () => Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / SECOND_MS));
  tell(left());
  const timer = setInterval(() => {
    tell(left());
    if (left() === 0) clearInterval(timer);
  }, SECOND_MS);
  return () => clearInterval(timer);
}
