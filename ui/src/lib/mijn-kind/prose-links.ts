import { openLink } from '$lib/state/outside';
import type { Attachment } from 'svelte/attachments';

/** Links in a text from the portal open outside the app, never in its window. */
export const openOutside: Attachment<HTMLElement> = (element) => {
  const pressed = (event: MouseEvent) => {
    const link = (event.target as Element).closest('a');
    if (!link) return;
    event.preventDefault();
    void openLink(link.href);
  };
  element.addEventListener('click', pressed);
  element.addEventListener('auxclick', pressed);
  return () => {
    element.removeEventListener('click', pressed);
    element.removeEventListener('auxclick', pressed);
  };
};

/** A click on the text opens it whole; a link or button in it and a selection are something else. */
export function openWhole(open: () => void): Attachment<HTMLElement> {
  return (element) => {
    const pressed = (event: MouseEvent) => {
      const selecting = String(window.getSelection() ?? '') !== '';
      if (selecting || (event.target as Element).closest('a, button')) return;
      open();
    };
    element.addEventListener('click', pressed);
    return () => element.removeEventListener('click', pressed);
  };
}
