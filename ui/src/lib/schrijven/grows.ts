import type { Attachment } from 'svelte/attachments';

/** Makes a field as high as what was typed in it, within what its style allows. */
export function grows(text: string): Attachment<HTMLTextAreaElement> {
  return (field) => {
    void text;
    field.style.height = 'auto';
    // What is not laid out yet has no height to take.
    if (field.scrollHeight > 0)
      field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
  };
}
