import type { AccountId, AppError, DetailField, OwnDetails } from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';
import { wordsFor } from '$lib/language/trouble';
import * as m from '$lib/paraglide/messages';
import { SvelteMap } from 'svelte/reactivity';
import { ownDetails } from './facts.svelte';
import { notice } from './notice.svelte';
import { session } from './session.svelte';

type Values = Partial<Record<DetailField, string>>;

const valueOf = (of: OwnDetails, field: DetailField) =>
  of.fields.find((one) => one.field === field)?.value ?? '';

/** A parent's own details, as they are being changed. */
export class DetailsKeeper {
  /** What the parent began with: somebody else may change it meanwhile. */
  before: OwnDetails;
  typed: Values;
  /** What this parent had filled in where somebody else changed it first. */
  mine = $state.raw<Values>({});
  saving = $state(false);
  trouble = $state.raw<AppError | null>(null);
  /** The parent left it, and it was kept. */
  kept = $state(false);
  /** Whether it is on screen. */
  seen = false;

  readonly #account: AccountId;
  /** Ends it: it was saved, or nothing was changed. */
  readonly close: () => void;

  constructor(account: AccountId, details: OwnDetails, close: () => void) {
    this.#account = account;
    this.close = close;
    const values = details.fields.map(({ field, value }) => [field, value]);
    this.before = $state.raw(details);
    this.typed = $state(Object.fromEntries(values) as Values);
  }

  get changes() {
    return this.before.fields
      .filter(({ field, value, changeable }) => changeable && this.typed[field] !== value)
      .map(({ field }) => ({ field, value: this.typed[field] ?? '' }));
  }

  /** Answers whether nothing is left to be saved. */
  async save(): Promise<boolean> {
    if (this.saving) return false;
    if (this.changes.length === 0) {
      this.close();
      return true;
    }
    this.saving = true;
    this.trouble = null;
    try {
      await ask(bridge.commands.changeDetails(this.before.etag, this.changes));
      if (this.#inUse) await ownDetails.load();
      notice.say(m.details_saved());
      this.close();
      return true;
    } catch (thrown) {
      this.trouble = troubleOf(thrown);
      if (!this.seen) notice.say(m.details_not_saved({ why: wordsFor(this.trouble) }));
      if (this.trouble.code === 'changedMeanwhile' && this.#inUse) await this.#compare();
      return false;
    } finally {
      this.saving = false;
    }
  }

  get #inUse(): boolean {
    return session.account?.id === this.#account;
  }

  /** Shows beside what was typed what holds now; saving again means to insist. */
  async #compare() {
    await ownDetails.load();
    const now = ownDetails.is;
    // What was not told since says nothing of what holds.
    if (!now || now.etag === this.before.etag || !this.#inUse) return;
    const theirs = this.before.fields
      .map(({ field }) => field)
      .filter((field) => valueOf(now, field) !== valueOf(this.before, field));
    const mine: Values = {};
    for (const field of theirs) {
      if (this.typed[field] === valueOf(this.before, field))
        this.typed[field] = valueOf(now, field);
      else mine[field] = this.typed[field];
    }
    this.mine = mine;
    this.before = now;
  }
}

class DetailsForms {
  // What holds a name and an address goes to no disk but the account's own.
  #kept = new SvelteMap<AccountId, DetailsKeeper>();

  /** What is being changed in the account in use. */
  get current(): DetailsKeeper | null {
    return session.account && this.of(session.account.id);
  }

  of(account: AccountId): DetailsKeeper | null {
    return this.#kept.get(account) ?? null;
  }

  begin(details: OwnDetails) {
    const id = session.account?.id;
    if (!id || this.#kept.has(id)) return;
    this.#kept.set(id, new DetailsKeeper(id, details, () => this.#kept.delete(id)));
  }

  /** Throws away what was typed. */
  discard() {
    if (session.account) this.#kept.delete(session.account.id);
  }

  /** A form leaves the screen: what was typed stays, and what was only opened is closed. */
  leave(form: DetailsKeeper) {
    form.seen = false;
    form.kept = form.changes.length > 0;
    if (!form.kept && !form.saving) form.close();
  }

  /** Forgets what belongs to accounts that were signed out. */
  forgetGone() {
    const accounts = session.overview?.accounts ?? [];
    for (const id of [...this.#kept.keys()])
      if (!accounts.some((account) => account.id === id)) this.#kept.delete(id);
  }
}

/** Own details that are half changed, kept for each account until they are saved or thrown away. */
export const detailsForms = new DetailsForms();
