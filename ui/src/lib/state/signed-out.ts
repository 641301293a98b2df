import type { AppError, Result } from '$lib/bindings';
import { ask, troubleOf } from '$lib/bridge';
import { adviceFor, wordsFor } from '$lib/language/trouble';
import { notice } from './notice.svelte';

/** Waits until the parent is signed out. A key that stays behind is told, and keeps nobody in. */
export async function signedOut(answer: Promise<Result<null, AppError>>): Promise<void> {
  try {
    await ask(answer);
  } catch (thrown) {
    const trouble = troubleOf(thrown);
    if (trouble.code !== 'keyLeft') throw thrown;
    notice.say(`${wordsFor(trouble)} ${adviceFor(trouble, new Date())}`);
  }
}
