import type { Attachment } from 'svelte/attachments';

const ENOUGH_PX = 84;
const MOST_PX = 120;

/** Pulling the page down at its very top, by touch. `moved` tells how far; `pulled` that it was let go. */
export function pull(
  scroller: () => HTMLElement | undefined,
  moved: (distance: number, enough: boolean) => void,
  pulled: () => void,
): Attachment<HTMLElement> {
  return (element) => {
    let from: number | null = null;
    let distance = 0;

    const begin = (event: TouchEvent) => {
      const atTop = (scroller()?.scrollTop ?? 0) <= 0;
      from = atTop && event.touches.length === 1 ? (event.touches[0]?.clientY ?? null) : null;
      distance = 0;
    };
    const move = (event: TouchEvent) => {
      const finger = event.touches[0];
      if (from === null || !finger) return;
      const way = finger.clientY - from;
      if (way <= 0) {
        if (distance > 0) moved((distance = 0), false);
        return;
      }
      if (event.cancelable) event.preventDefault();
      distance = Math.min(MOST_PX, way * 0.55);
      moved(distance, distance >= ENOUGH_PX);
    };
    const end = () => {
      if (from === null) return;
      if (distance >= ENOUGH_PX) pulled();
      leave();
    };
    // The system took the finger over: nobody let go.
    const leave = () => {
      from = null;
      if (distance > 0) moved(0, false);
      distance = 0;
    };

    element.addEventListener('touchstart', begin, { passive: true });
    element.addEventListener('touchmove', move, { passive: false });
    element.addEventListener('touchend', end);
    element.addEventListener('touchcancel', leave);
    return () => {
      element.removeEventListener('touchstart', begin);
      element.removeEventListener('touchmove', move);
      element.removeEventListener('touchend', end);
      element.removeEventListener('touchcancel', leave);
    };
  };
}
