import type { Attachment } from 'svelte/attachments';

const APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The key held with a number, as it is written on it. */
export const menuModifier = () => (APPLE ? '⌘' : 'Alt');

/** How the keys for the menu's items are told to a screen reader. */
export const menuKeys = (position: number) => (APPLE ? `Meta+${position}` : `Alt+${position}`);

/**
 * A list without an end has no way back by Tab alone: F6 goes from the content to the menu and
 * back, and Alt (on a Mac: Command) with a number opens that item of the menu.
 */
export const keysBetweenParts: Attachment<HTMLElement> = (house) => {
  function keyed(event: KeyboardEvent) {
    if (event.defaultPrevented || house.inert || inDialog()) return;
    const links = [...house.querySelectorAll<HTMLAnchorElement>('nav.menu a')];
    if (event.key === 'F6' && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      const menu = house.querySelector('nav.menu');
      const current = links.find((link) => link.hasAttribute('aria-current')) ?? links[0];
      if (menu?.contains(document.activeElement)) house.querySelector('main')?.focus();
      else current?.focus();
      return;
    }
    const held = APPLE ? event.metaKey && !event.altKey : event.altKey && !event.metaKey;
    if (!held || event.ctrlKey || event.shiftKey || !/^[1-9]$/.test(event.key)) return;
    const link = links[Number(event.key) - 1];
    if (!link) return;
    event.preventDefault();
    link.focus();
    link.click();
  }
  window.addEventListener('keydown', keyed);
  return () => window.removeEventListener('keydown', keyed);
};

const inDialog = () => document.activeElement?.closest('dialog, [role="dialog"]') != null;
