import { goto } from '$app/navigation';
import type { OpenWhat, PhotoId } from '$lib/bindings';
import { bridge, troubleOf } from '$lib/bridge';
import { wordsFor } from '$lib/language/trouble';
import { lock } from './lock.svelte';
import { notice } from './notice.svelte';
import { session } from './session.svelte';
import { switchTo } from './start';
import { viewing } from './viewing.svelte';

/** Goes to what a notification that was clicked is about, now and before anybody listened. */
export function goWhereAsked(): () => void {
  const stop = bridge.onOpened(({ what }) => void show(what));
  void bridge.commands.takeOpened().then((answer) => {
    if (answer.status === 'ok' && answer.data) void show(answer.data);
  });
  return stop;
}

/** Goes to something of an account, which is used from then on; `photo` of a card at once. */
export async function show(what: OpenWhat, photo?: PhotoId) {
  await lock.opened();
  try {
    if (what.account !== session.account?.id) await switchTo(what.account);
    if (viewing.open) await leaveViewer();
    await goto(placeOf(what) + (photo ? `?foto=${encodeURIComponent(photo)}` : ''));
  } catch (thrown) {
    notice.say(wordsFor(troubleOf(thrown)));
  }
}

// A photo that fills the screen would hide what was asked for. On a phone it goes back a step.
function leaveViewer(): Promise<void> {
  return new Promise((done) => {
    if (bridge.desktop) done();
    else window.addEventListener('popstate', () => done(), { once: true });
    viewing.close();
  });
}

function placeOf(what: OpenWhat): string {
  switch (what.what) {
    case 'timeline':
      return '/mijn-kind';
    case 'card':
      return `/mijn-kind/${encodeURIComponent(what.id)}`;
    case 'conversations':
      return '/berichten';
    case 'conversation':
      return `/berichten/${encodeURIComponent(what.id)}`;
    case 'location':
      return '/mijn-locatie';
    case 'article':
      return `/mijn-locatie/nieuws/${encodeURIComponent(what.id)}`;
    case 'newsletter':
      return `/mijn-locatie/nieuwsbrieven/${encodeURIComponent(what.id)}`;
    case 'requests':
      return '/agenda/aanvragen';
    case 'consents':
      return what.child === null
        ? '/overig/account'
        : `/overig/account/${encodeURIComponent(what.child)}`;
    case 'observations':
      return '/overig/observaties';
    case 'observation':
      return `/overig/observaties/${encodeURIComponent(what.id)}`;
    case 'form':
      return what.write
        ? `/agenda/opnieuw/${encodeURIComponent(what.write)}`
        : `/agenda/wens/${encodeURIComponent(what.wish ?? '')}`;
  }
}
