import type { Photo, PhotoId } from '$lib/bindings';
import { SvelteSet } from 'svelte/reactivity';

/** How the media protocol answers about a picture that cannot be read. */
const UNREADABLE = 422;
const PATIENCE_MS = 1500;

class Pictures {
  /** Goes up when pictures arrived: those that failed to show try once more. */
  arrivals = $state(0);
  /** Those that turned out broken after their card was read. */
  #broken = new SvelteSet<PhotoId>();
  #last = 0;
  #later: ReturnType<typeof setTimeout> | null = null;

  isBroken(photo: Photo): boolean {
    return photo.cached === 'broken' || this.#broken.has(photo.id);
  }

  /** A picture did not show: finds out whether it is broken or merely not here. */
  async askWhy(photo: Photo, url: string) {
    if (this.isBroken(photo)) return;
    const answer = await fetch(url).catch(() => null);
    if (answer?.status === UNREADABLE) this.#broken.add(photo.id);
  }

  arrived() {
    if (this.#later !== null) return;
    const wait = Math.max(0, this.#last + PATIENCE_MS - Date.now());
    this.#later = setTimeout(() => {
      this.#later = null;
      this.#last = Date.now();
      this.arrivals += 1;
    }, wait);
  }
}

/** Pictures that were not here before. */
export const pictures = new Pictures();
