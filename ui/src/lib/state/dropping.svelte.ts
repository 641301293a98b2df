import type { Dropped } from '$lib/bindings';
import type { DraftKeeper } from './drafts.svelte';

class Dropping {
  /** How many files are dragged over the window. */
  over = $state(0);
  /** Where they would go. */
  target = $state.raw<DraftKeeper | null>(null);

  hear({ phase, files }: Dropped) {
    this.over = phase === 'over' ? files : 0;
    if (phase === 'dropped') void this.target?.takeDropped(files);
  }

  /** From now on files go to this draft; the answer ends that. */
  aim(keeper: DraftKeeper): () => void {
    this.target = keeper;
    return () => {
      if (this.target === keeper) this.target = null;
    };
  }
}

/** Files dragged over the window. */
export const dropping = new Dropping();
