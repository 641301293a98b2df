import { bridge } from '$lib/bridge';

let marked = false;

/** Notes, once, when the first card stood on the screen: how long a parent waits. */
export function mark() {
  if (marked) return;
  marked = true;
  // The frame after the next one begins when the card has been painted.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      performance.mark('first-card');
      void bridge.commands.benchMark('first-card');
      document.documentElement.dataset.firstCard = String(Math.round(performance.now()));
    }),
  );
}
