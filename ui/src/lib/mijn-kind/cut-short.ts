import type { Attachment } from 'svelte/attachments';

/** Tells whether an element shows less than it holds, now and whenever its size changes. */
export function cutShort(tell: (is: boolean) => void): Attachment<HTMLElement> {
  return (element) => {
    const look = () => tell(element.scrollHeight > element.clientHeight + 4);
    look();
    // In the next frame, so that what it changes does not count as a change of size within this one.
    let frame = 0;
    const watch = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(look);
    });
    watch.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      watch.disconnect();
    };
  };
}
