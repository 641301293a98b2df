import type { Attachment } from 'svelte/attachments';

/** Whoever comes to a page with a screen reader or a keyboard starts at its title. */
export const greet: Attachment<HTMLElement> = (element) => {
  element.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
};
