import { tick } from 'svelte';

/** Whoever's button went away with what it did goes on in the page, and not before its beginning. */
export async function resume() {
  await tick();
  const lost = document.activeElement === null || document.activeElement === document.body;
  const asked = document.querySelector('[role="dialog"], [role="alertdialog"]');
  if (lost && !asked) document.querySelector('main')?.focus({ preventScroll: true });
}
