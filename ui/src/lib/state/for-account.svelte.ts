import { untrack } from 'svelte';
import { session } from './session.svelte';

/** Reads at once, and again when another account is shown and what was read of the last is forgotten. */
export function forAccount(read: () => void) {
  $effect(() => {
    void session.shown;
    untrack(read);
  });
}
