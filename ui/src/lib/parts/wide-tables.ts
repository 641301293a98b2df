import type { Attachment } from 'svelte/attachments';

/** A table that scrolls sideways can be reached, and so scrolled, by the keyboard. */
export const wideTables: Attachment<HTMLElement> = (element) => {
  const look = () => {
    for (const table of element.querySelectorAll('table')) {
      if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
      else table.removeAttribute('tabindex');
    }
  };
  const sizes = new ResizeObserver(look);
  sizes.observe(element);
  return () => sizes.disconnect();
};
