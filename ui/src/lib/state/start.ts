import type { AccountId, Tag } from '$lib/bindings';
import { ask, bridge } from '$lib/bridge';
import { absence } from './absence-form.svelte';
import { agenda } from './agenda.svelte';
import { atMostEvery } from './at-most-every';
import { children } from './children.svelte';
import { conversations } from './conversations.svelte';
import { detailsForms } from './details-form.svelte';
import { documents } from './documents.svelte';
import { drafts } from './drafts.svelte';
import { forgetFacts, loadFacts } from './facts.svelte';
import { dropping } from './dropping.svelte';
import { location } from './location.svelte';
import { lock } from './lock.svelte';
import { openForm } from './observations.svelte';
import { outbox } from './outbox.svelte';
import { pictures } from './pictures.svelte';
import { place } from './place.svelte';
import { noticeSwitches } from './portal-notices.svelte';
import { requestForms } from './request-form.svelte';
import { requests } from './requests.svelte';
import { saves } from './saves.svelte';
import { search } from './search.svelte';
import { session } from './session.svelte';
import { sync } from './sync.svelte';
import { thread } from './thread.svelte';
import { timeline } from './timeline.svelte';
import { together } from './together.svelte';
import { today } from './today.svelte';
import { unread } from './unread.svelte';
import { writing } from './writing.svelte';

/** Reads everything the first screen needs, all at once, and listens for changes. */
export async function start(): Promise<() => void> {
  const stops = [
    bridge.onChanged(({ tags }) => tags.forEach(readAgain)),
    bridge.onDropped((dropped) => dropping.hear(dropped)),
  ];
  // The first card waits for the account and its cards, and for nothing else.
  const first = Promise.all([session.load(), timeline.start()]);
  void today.load();
  void children.load();
  void sync.load();
  void saves.load();
  void agenda.loadState();
  void loadWhatIsWritten();
  await first;
  session.shown = session.account?.id ?? null;
  if (session.account?.session === 'signedIn') void sync.now(false);
  return () => stops.forEach((stop) => stop());
}

/** Uses another account; what was typed is kept first. */
export async function switchTo(account: AccountId) {
  await Promise.all([drafts.keep(), requestForms.keep()]);
  await ask(bridge.commands.switchAccount(account));
  await startOver();
}

/** Shows the account in use now; what was shown before may be somebody else's. */
export async function startOver() {
  await session.load();
  together.forgetGone();
  detailsForms.forgetGone();
  const id = session.account?.id ?? null;
  // Signing in tells of the change as well: once is enough.
  if (id === session.shown) return;
  timeline.forget();
  children.forget();
  sync.forget();
  conversations.forget();
  location.forget();
  place.forget();
  forgetFacts();
  openForm.forget();
  noticeSwitches.forget();
  thread.close();
  drafts.forget();
  outbox.forget();
  unread.forget();
  writing.forget();
  search.forget();
  agenda.forget();
  absence.forget();
  requestForms.forget();
  requests.forget();
  documents.forget();
  today.forget();
  session.shown = id;
  void saves.startOver();
  if (!session.account) return;
  await Promise.all([
    timeline.start(),
    today.load(),
    children.load(),
    sync.load(),
    loadWhatIsWritten(),
    agenda.loadState(),
  ]);
  if (session.account.session === 'signedIn') void sync.now(true);
}

const loadWhatIsWritten = () =>
  Promise.all([unread.load(), outbox.load(), writing.load(), conversations.load()]);

// A first sync tells of changes many times a second; eyes are slower than that.
const readTimeline = atMostEvery(800, () => timeline.refresh());
const readSync = atMostEvery(400, async () => {
  const wasCutOff = sync.trouble !== null;
  await sync.load();
  // What could not be read of an open conversation is read now.
  if (wasCutOff && !sync.trouble) await thread.reload();
});
// What a portal takes is first known while a sync is under way.
const readWriting = atMostEvery(4000, () => writing.load());
const readMessages = atMostEvery(400, () =>
  Promise.all([unread.load(), conversations.load(), thread.reload()]),
);
const readOutbox = atMostEvery(250, () =>
  Promise.all([outbox.load(), thread.reload(), drafts.look()]),
);

// Until somebody looks, only what is unread of it is shown.
const readLocation = atMostEvery(400, () =>
  Promise.all([unread.load(), location.shown ? location.load() : null]),
);

const readToday = atMostEvery(800, () => today.load());
const readAgenda = atMostEvery(400, () =>
  Promise.all([agenda.refresh(), requests.read ? requests.load() : null]),
);

// Whoever does not look at them reads none.
const readDocuments = atMostEvery(400, () =>
  documents.read ? documents.load() : Promise.resolve(),
);

const readFacts = atMostEvery(400, () =>
  Promise.all([place.read ? place.load() : null, loadFacts(), openForm.load()]),
);

// Tags do not say of which account something changed, so all are read together again.
const readTogether = atMostEvery(800, () => together.refresh());
const OF_ALL = new Set<Tag>([
  'accounts',
  'timeline',
  'children',
  'sync',
  'messages',
  'location',
  'outbox',
  'agenda',
  'news',
]);

function readAgain(tag: Tag) {
  if (OF_ALL.has(tag)) readTogether();
  switch (tag) {
    case 'accounts':
      return void startOver();
    case 'settings':
      return void session.load();
    case 'timeline':
      readToday();
      return readTimeline();
    case 'children':
      return void children.load();
    case 'media':
      return pictures.arrived();
    case 'sync':
      readWriting();
      return readSync();
    case 'saves':
      return void saves.load();
    case 'messages':
      return readMessages();
    case 'location':
      return readLocation();
    case 'outbox':
      readToday();
      return readOutbox();
    case 'agenda':
      readToday();
      return readAgenda();
    case 'documents':
      return readDocuments();
    case 'lock':
      return void lock.load();
    case 'facts':
      return readFacts();
  }
}
