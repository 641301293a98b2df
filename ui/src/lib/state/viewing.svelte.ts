import type { PhotoId } from '$lib/bindings';

class Viewing {
  /** A photo fills the screen. */
  open = $state(false);
  /** Which of the series. */
  index = $state(0);
  /** What a key asked for. */
  command = $state.raw<{ save: PhotoId } | { copy: PhotoId } | null>(null);
  /** Ends it, when something else is to be shown. */
  close: () => void = () => {};
}

/** What the full-screen viewer shows. */
export const viewing = new Viewing();
