import type { Photo } from '$lib/bindings';
import { bridge } from '$lib/bridge';
import { wordsFor } from '$lib/language/trouble';
import * as m from '$lib/paraglide/messages';
import { notice } from '$lib/state/notice.svelte';

/** Drags a photo out of the window as a file, as long as the button is held. Answers whether it began. */
export async function dragOut(photo: Photo): Promise<boolean> {
  if (photo.saveable.answer === 'no') {
    notice.say(m.not_saveable_why({ reason: photo.saveable.reason }));
    return false;
  }
  const letGo = () => void bridge.commands.letGoOfDrag();
  window.addEventListener('pointerup', letGo, { once: true });
  const answer = await bridge.commands.startDrag([photo.id]);
  window.removeEventListener('pointerup', letGo);
  if (answer.status === 'error') notice.say(wordsFor(answer.error));
  else if (!answer.data) notice.say(m.drag_ready());
  return answer.status === 'ok' && answer.data;
}
