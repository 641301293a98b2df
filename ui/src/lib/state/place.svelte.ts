import type { AppError } from '$lib/bindings';
import { Told } from './facts.svelte';
import { sync } from './sync.svelte';
import { where, type Where } from './where';

class Place {
  /** The organisation and its locations. */
  readonly contact = new Told({ fact: 'places' });
  readonly team = new Told({ fact: 'team' });
  readonly pages = new Told({ fact: 'pages' });
  /** Which news items it is about, is for the portal to say. */
  readonly #about = new Told({ fact: 'newsAbout', id: [] });
  readonly #shown = [this.contact, this.team, this.pages];

  /** Whether all of it was read from this device. */
  get read(): boolean {
    return [...this.#shown, this.#about].every(({ read }) => read);
  }

  /** Where each stands; nothing while nobody knows. */
  get stands(): Record<'contact' | 'team' | 'pages', Where | null> {
    return {
      contact: where(this.contact.offered, 'always'),
      team: where(this.team.offered, 'always'),
      pages: where(this.pages.offered, 'perhaps'),
    };
  }

  /** Why something of it was never read. */
  get trouble(): AppError | null {
    const missing = this.#shown.filter(({ is, offered }) => !is && offered !== false);
    return sync.trouble ?? missing.find(({ trouble }) => trouble)?.trouble ?? null;
  }

  async load() {
    await Promise.all([...this.#shown, this.#about].map((told) => told.load()));
  }

  /** How many files come with a news item, as far as that is known. */
  filesOf(article: string | undefined): number {
    return this.#about.is?.find(({ id }) => id === article)?.files ?? 0;
  }

  /** Asks the portal anew for what it tells. */
  async refresh() {
    const told = this.#shown.filter(({ offered }) => offered !== false);
    await Promise.all(told.map((one) => one.refresh()));
  }

  forget() {
    for (const told of [...this.#shown, this.#about]) told.forget();
  }
}

/** Where the children go: the organisation, its locations, who works there, and its pages. */
export const place = new Place();
