import type { AppError, PortalNotice } from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';
import { portalNotices } from './facts.svelte';

type Way = 'email' | 'push';

class NoticeSwitches {
  /** Why what was switched last was not saved. */
  trouble = $state.raw<AppError | null>(null);
  /** Which item that is about. */
  troubled = $state<string | null>(null);
  #wanted = $state.raw<Record<string, PortalNotice>>({});
  #saving = false;
  #life = 0;

  /** What holds, and what was switched and is on its way to the portal. */
  get items(): PortalNotice[] {
    return (portalNotices.is?.items ?? []).map((item) => this.#wanted[item.id] ?? item);
  }

  /** Switches at once; what the portal did not take goes back. */
  async set(id: string, way: Way, on: boolean) {
    const item = this.items.find((one) => one.id === id);
    if (!item) return;
    this.trouble = null;
    this.troubled = null;
    this.#wanted = { ...this.#wanted, [id]: { ...item, [way]: on } };
    if (!this.#saving) await this.#save();
  }

  // One change at a time: each names what it changes, and the next has to name what came of it.
  async #save() {
    const life = this.#life;
    this.#saving = true;
    let sent = Object.values(this.#wanted);
    while (sent.length > 0 && portalNotices.is) {
      const failed = await ask(bridge.commands.setPortalNotices(portalNotices.is.etag, sent)).then(
        () => null,
        (thrown: unknown) => troubleOf(thrown),
      );
      if (life !== this.#life) return;
      await portalNotices.load();
      if (life !== this.#life) return;
      const done = sent;
      const left = failed
        ? []
        : Object.entries(this.#wanted).filter(([, one]) => !done.includes(one));
      if (failed) {
        this.trouble = failed;
        this.troubled = done.at(-1)?.id ?? null;
      }
      this.#wanted = Object.fromEntries(left);
      sent = left.map(([, one]) => one);
    }
    this.#saving = false;
  }

  forget() {
    this.#life += 1;
    this.#saving = false;
    this.#wanted = {};
    this.trouble = null;
    this.troubled = null;
  }
}

/** What the organisation tells of and in which way, as it is switched here. */
export const noticeSwitches = new NoticeSwitches();
