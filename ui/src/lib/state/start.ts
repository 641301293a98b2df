import type { AccountId, Tag } from '$lib/bindings';
import { bridge } from '$lib/bridge';
import { atMostEvery } from './at-most-every';
import { children } from './children.svelte';
import { pictures } from './pictures.svelte';
import { saves } from './saves.svelte';
import { session } from './session.svelte';
import { sync } from './sync.svelte';
import { timeline } from './timeline.svelte';

/** Whose cards are shown. */
let shownFor: AccountId | null = null;

/** Reads everything the first screen needs, all at once, and listens for changes. */
export async function start(): Promise<() => void> {
  const stop = bridge.onChanged(({ tags }) => tags.forEach(readAgain));
  // The first card waits for the account and its cards, and for nothing else.
  const first = Promise.all([session.load(), timeline.start()]);
  void children.load();
  void sync.load();
  void saves.load();
  await first;
  shownFor = session.account?.id ?? null;
  if (session.account?.session === 'signedIn') void sync.now(false);
  return stop;
}

/** Shows the account in use now; what was shown before may be somebody else's. */
export async function startOver() {
  await session.load();
  const id = session.account?.id ?? null;
  // Signing in tells of the change as well: once is enough.
  if (id === shownFor) return;
  shownFor = id;
  timeline.forget();
  children.forget();
  sync.forget();
  if (!session.account) return;
  await Promise.all([timeline.start(), children.load(), sync.load()]);
  if (session.account.session === 'signedIn') void sync.now(true);
}

// A first sync tells of changes many times a second; eyes are slower than that.
const readTimeline = atMostEvery(800, () => timeline.refresh());
const readSync = atMostEvery(400, () => sync.load());

function readAgain(tag: Tag) {
  switch (tag) {
    case 'accounts':
      return void startOver();
    case 'settings':
      return void session.load();
    case 'timeline':
      return readTimeline();
    case 'children':
      return void children.load();
    case 'media':
      return pictures.arrived();
    case 'sync':
      return readSync();
    case 'saves':
      return void saves.load();
  }
}
