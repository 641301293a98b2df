import { bridge } from '.';

/** Puts words on the clipboard; answers whether they are there. */
export async function copyWords(words: string): Promise<boolean> {
  // The system's clipboard first: a web view may refuse, and a phone has only the web view's.
  const answer = await bridge.commands.copyText(words);
  if (answer.status === 'ok') return true;
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return false;
  }
}
