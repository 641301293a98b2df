import type { DraftKeeper } from '$lib/state/drafts.svelte';
import type { Attachment } from 'svelte/attachments';

/** Photos that are pasted anywhere in a form go along with what is written in it. */
export function pastesInto(keeper: DraftKeeper): Attachment<HTMLElement> {
  return (form) => {
    const pasted = (event: ClipboardEvent) => {
      const files = filesIn(event.clipboardData);
      if (files.length === 0) return;
      event.preventDefault();
      void keeper.addFiles(files);
    };
    form.addEventListener('paste', pasted);
    return () => form.removeEventListener('paste', pasted);
  };
}

function filesIn(data: DataTransfer | null): File[] {
  if (!data) return [];
  // A text from a word processor comes with a picture of itself; the text is meant.
  if (data.types.includes('text/plain') && data.types.includes('text/html')) return [];
  if (data.files.length > 0) return [...data.files];
  return [...data.items].flatMap((item) => item.getAsFile() ?? []);
}
