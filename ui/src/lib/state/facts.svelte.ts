import type { AppError, Fact, FactKind } from '$lib/bindings';
import { ask, bridge, troubleOf } from '$lib/bridge';

type Is<K extends Fact['fact']> = Extract<Fact, { fact: K }>['is'];

/** A piece of what the portal tells, as it is here. */
export class Told<K extends Fact['fact']> {
  is = $state.raw<Is<K> | null>(null);
  /** Whether the portal tells it; nothing while that is not known. */
  offered = $state<boolean | null>(null);
  freshAt = $state<string | null>(null);
  /** Why it could not be read, from here or from the portal. */
  trouble = $state.raw<AppError | null>(null);
  /** Whether it was read from this device. */
  read = $state(false);
  /** The portal was asked anew, and did not answer yet. */
  asking = $state(false);
  #turn = 0;
  #life = 0;
  readonly #kind: FactKind;

  constructor(kind: FactKind & { fact: K }) {
    this.#kind = kind;
  }

  async load() {
    const turn = ++this.#turn;
    try {
      const answer = await ask(bridge.commands.fact(this.#kind));
      if (turn !== this.#turn) return;
      this.is = answer.fact ? (answer.fact.is as Is<K>) : null;
      this.offered = answer.offered;
      this.freshAt = answer.freshAt;
      this.trouble = answer.trouble;
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.trouble = troubleOf(thrown);
    }
    this.read = true;
  }

  /** Reads what is here, and asks the portal for what was never read: that is not nothing. */
  async open() {
    await this.load();
    if (!this.is && this.offered) await this.refresh();
  }

  /** Asks the portal anew; what is here stays when it cannot be reached. */
  async refresh() {
    if (this.asking) return;
    const life = this.#life;
    this.asking = true;
    const answer = await bridge.commands.refreshFact(this.#kind);
    if (life !== this.#life) return;
    await this.load();
    if (life !== this.#life) return;
    this.asking = false;
    if (answer.status === 'error') this.trouble ??= answer.error;
  }

  forget() {
    this.#turn += 1;
    this.#life += 1;
    this.asking = false;
    this.is = null;
    this.offered = null;
    this.freshAt = null;
    this.trouble = null;
    this.read = false;
  }
}

export const ownDetails = new Told({ fact: 'ownDetails' });
export const childDetails = new Told({ fact: 'children' });
export const consents = new Told({ fact: 'consents' });
export const observations = new Told({ fact: 'observations' });
export const portalNotices = new Told({ fact: 'notices' });

const ALL = [ownDetails, childDetails, consents, observations, portalNotices];

/** Reads again what somebody looked at. */
export const loadFacts = () => Promise.all(ALL.map((told) => (told.read ? told.load() : null)));

export const forgetFacts = () => ALL.forEach((told) => told.forget());
