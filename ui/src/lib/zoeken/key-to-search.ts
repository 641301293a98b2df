import { goto } from '$app/navigation';
import type { Attachment } from 'svelte/attachments';

/** Ctrl or Command with F, or a slash where nobody types, leads to searching. */
export const keyToSearch: Attachment<HTMLElement> = (house) => {
  function keyed(event: KeyboardEvent) {
    if (event.defaultPrevented || house.inert) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest('dialog, [role="dialog"]')) return;
    const find = event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey);
    const typing = target?.closest('input, textarea, [contenteditable], [role="spinbutton"]');
    const slash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !typing;
    if ((!find && !slash) || event.shiftKey) return;
    event.preventDefault();
    const field = house.querySelector<HTMLInputElement>('[data-search-field]');
    if (field) field.select();
    else void goto('/zoeken');
  }
  window.addEventListener('keydown', keyed);
  return () => window.removeEventListener('keydown', keyed);
};
