import { lock } from '$lib/state/lock.svelte';

/** Ctrl+L locks the app, where it has a PIN. */
export function keyToLock(node: HTMLElement) {
  const pressed = (event: KeyboardEvent) => {
    const wanted = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!wanted || event.key.toLowerCase() !== 'l' || !lock.state.set) return;
    event.preventDefault();
    void lock.now();
  };
  node.ownerDocument.addEventListener('keydown', pressed);
  return () => node.ownerDocument.removeEventListener('keydown', pressed);
}
