import type { AppError, PortalNotice } from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';
import { portalNotices } from './facts.svelte';

type Way = 'email' | 'push';
/** What a parent switched of an item. */
type Choice = Partial<Record<Way, boolean>>;
type Unsaved = { choice: Choice; trouble: AppError };

/** So often a switch is sent again when something else was changed first. */
const MOST_TRIES = 3;
const WAYS: Way[] = ['email', 'push'];

class NoticeSwitches {
  /** What the portal did not take, and why, by item. */
  unsaved = $state.raw<Record<string, Unsaved>>({});
  /** Items that were changed on another device while this parent switched. */
  elsewhere = $state.raw<string[]>([]);
  #wanted = $state.raw<Record<string, Choice>>({});
  #saving = false;
  #life = 0;

  /** What holds, and what was switched and is on its way to the portal. */
  get items(): PortalNotice[] {
    return this.#held.map((item) => ({ ...item, ...this.#wanted[item.id] }));
  }

  /** Switches at once; what the portal did not take goes back, and is said with the item. */
  async set(id: string, way: Way, on: boolean) {
    this.elsewhere = this.elsewhere.filter((one) => one !== id);
    this.#note(id, { ...this.unsaved[id]?.choice, [way]: undefined }, this.unsaved[id]?.trouble);
    await this.#want(id, { [way]: on });
  }

  /** Sends what was not taken of an item once more. */
  async again(id: string) {
    const { choice } = this.unsaved[id] ?? {};
    this.#note(id, {});
    if (choice) await this.#want(id, choice);
  }

  forget() {
    this.#life += 1;
    this.#saving = false;
    this.#wanted = {};
    this.unsaved = {};
    this.elsewhere = [];
  }

  get #held(): PortalNotice[] {
    return portalNotices.is?.items ?? [];
  }

  async #want(id: string, choice: Choice) {
    this.#wanted = { ...this.#wanted, [id]: { ...this.#wanted[id], ...choice } };
    if (this.#saving) return;
    this.#saving = true;
    const life = this.#life;
    let next = this.#next();
    while (next) {
      await this.#save(...next);
      if (life !== this.#life) return;
      next = this.#next();
    }
    this.#wanted = {};
    this.#saving = false;
  }

  #next(): [string, Choice] | undefined {
    const there = new Set(this.#held.map(({ id }) => id));
    return Object.entries(this.#wanted).find(([id]) => there.has(id));
  }

  // One item at a time: each change names the one before it, and one that is refused takes no
  // other along.
  async #save(id: string, choice: Choice) {
    const life = this.#life;
    let trouble: AppError | null = null;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const before = this.#held;
      trouble = await this.#send(id, choice);
      if (life !== this.#life) return;
      await portalNotices.load();
      if (life !== this.#life) return;
      if (trouble?.code !== 'changedMeanwhile' || this.#holds(id, choice)) break;
      this.#compare(before, id, choice);
    }
    const { [id]: latest, ...others } = this.#wanted;
    // Switched again meanwhile: that is sent next, and tells how it ends.
    if (latest !== choice) return;
    // What was not taken of it before was not taken yet.
    if (trouble && !this.#holds(id, choice))
      this.#note(id, { ...this.unsaved[id]?.choice, ...choice }, trouble);
    this.#wanted = others;
  }

  async #send(id: string, { email, push }: Choice): Promise<AppError | null> {
    const item = this.#held.find((one) => one.id === id);
    if (!portalNotices.is || !item) return null;
    const change = { ...item, email: email ?? null, push: push ?? null };
    try {
      await ask(bridge.commands.setPortalNotices(portalNotices.is.etag, [change]));
      return null;
    } catch (thrown) {
      return troubleOf(thrown);
    }
  }

  #holds(id: string, choice: Choice): boolean {
    const item = this.#held.find((one) => one.id === id);
    return !!item && WAYS.every((way) => choice[way] === undefined || item[way] === choice[way]);
  }

  /** Notes which items were changed elsewhere, but for what is being switched here. */
  #compare(before: PortalNotice[], id: string, choice: Choice) {
    const changed = this.#held.filter((item) => {
      const was = before.find((one) => one.id === item.id);
      const ours = (way: Way) => item.id === id && choice[way] !== undefined;
      return was && WAYS.some((way) => was[way] !== item[way] && !ours(way));
    });
    this.elsewhere = [...new Set([...this.elsewhere, ...changed.map((item) => item.id)])];
  }

  #note(id: string, choice: Choice, trouble?: AppError) {
    const others = Object.entries(this.unsaved).filter(([one]) => one !== id);
    const left = WAYS.some((way) => choice[way] !== undefined);
    const noted = left && trouble ? [[id, { choice, trouble }] as const] : [];
    this.unsaved = Object.fromEntries([...others, ...noted]);
  }
}

/** What the organisation tells of and in which way, as it is switched here. */
export const noticeSwitches = new NoticeSwitches();
